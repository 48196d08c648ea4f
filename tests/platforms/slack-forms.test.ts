/** Forms on Slack: one modal each, and what was given is kept where the modal is gone. */
import { describe, expect, it } from 'vitest'
import { createPerson, labelsOf, readable, type SlackPerson } from '../../loopback/slack/people.js'
import { HOME, startSlack } from '../../loopback/slack/server.js'
import { startBot } from '../helpers/bot.js'
import { largePack } from '../helpers/large-pack.js'
import { until } from '../helpers/until.js'
import { ADA, answerTo, BEN, oneWorkspace, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

const stored = (here: SlackBot) =>
  here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel: STUDY })

async function opened(person: SlackPerson) {
  const before = person.modals().length
  await person.types('/team setup')
  return until(() => person.modals()[before])
}

interface Input {
  readonly block_id?: string
  readonly element?: {
    readonly option_groups?: readonly {
      readonly label: { readonly text: string }
      readonly options: readonly { readonly value: string }[]
    }[]
    readonly initial_option?: { readonly value: string }
    readonly initial_options?: readonly { readonly value: string }[]
    readonly initial_value?: string
  }
}
type View = Awaited<ReturnType<typeof opened>>
const inputOf = ({ view }: View, name: string) =>
  (view.blocks as Input[]).find((block) => block.block_id === name)?.element

describe('the setup with 270 topics', () => {
  it('offers them all by domain and section, and takes them all', { tags: ['slow'] }, async () => {
    const { content, slugs } = largePack(270)
    const here = await startSlackBot({ bot: await startBot({ content }) })
    await here.team({ pack: 'big', topics: ['t007', 't269'] })
    const form = await opened(here.ada)
    const groups = inputOf(form, 'topics')?.option_groups ?? []
    expect(groups.map((group) => group.label.text).slice(0, 2)).toEqual([
      'Domain 1, Part 1 of the notes',
      'Domain 1, Part 2 of the notes',
    ])
    expect(groups.flatMap((group) => group.options.map((option) => option.value)).sort()).toEqual(slugs)
    expect(inputOf(form, 'topics')?.initial_options?.map((option) => option.value)).toEqual(['t269', 't007'])
    expect(
      readable((await answerTo(here.ada, () => here.ada.submits(form, { topics: slugs }))).blocks),
    ).toContain('is set up')
    expect([...((await stored(here))?.topics ?? [])].sort()).toEqual(slugs)
  })
})

it('a mistake that is found after Slack has closed the form is told by the field, and put right in the form as it was sent', {
  tags: ['slow'],
}, async () => {
  const here = await startSlackBot()
  const form = await opened(here.ada)
  const { store } = here.bot
  const { formDraft } = store
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  store.formDraft = async (...asked) => {
    await held
    return formDraft(...asked)
  }
  // It is acknowledged after two seconds, with nothing wrong so far.
  expect((await here.ada.submits(form, { time: '25:99', name: 'Night owls' })).body).not.toMatchObject({
    response_action: 'errors',
  })
  const told = await answerTo(here.ada, async () => goOn())
  expect(readable(told.blocks)).toContain('Time of day')
  expect(labelsOf(told.blocks)).toEqual(['Fix it'])
  const before = here.ada.modals().length
  await here.ada.presses(told, 'Fix it')
  const again = await until(() => here.ada.modals()[before])
  expect([inputOf(again, 'name')?.initial_value, inputOf(again, 'time')?.initial_value]).toEqual([
    'Night owls',
    '25:99',
  ])
  await answerTo(here.ada, () => here.ada.submits(again, { time: '21:30' }))
  expect(await stored(here)).toMatchObject({ name: 'Night owls', minute: 1290 })
})

it('a form of which nothing came, since something broke, opens again as it was sent', {
  tags: ['slow'],
}, async () => {
  const here = await startSlackBot()
  const form = await opened(here.ada)
  const { saveTeam } = here.bot.store
  here.bot.store.saveTeam = () => Promise.reject(new Error('the database is away'))
  const told = await answerTo(here.ada, () => here.ada.submits(form, { name: 'Night owls', time: '21:30' }))
  here.bot.store.saveTeam = saveTeam
  expect(readable(told.blocks)).toContain('Something broke on our side')
  const before = here.ada.modals().length
  await here.ada.presses(told, 'Open the form again')
  const again = await until(() => here.ada.modals()[before])
  expect(inputOf(again, 'name')?.initial_value).toBe('Night owls')
  await answerTo(here.ada, () => here.ada.submits(again, {}))
  expect(await stored(here)).toMatchObject({ name: 'Night owls', minute: 1290 })
})

it('the later of two admins in the setup is told what changed since it was opened', {
  tags: ['slow'],
}, async () => {
  const server = await startSlack(
    oneWorkspace().map((one) => ({
      ...one,
      people: one.people.map((p) => (p.id === BEN.id ? { ...p, admin: true } : p)),
    })),
  )
  const here = await startSlackBot({ server })
  await here.team({ minute: 540 })
  const second = createPerson(here.server, here.deliver, BEN)
  const [mine, theirs] = [await opened(here.ada), await opened(second)]
  await answerTo(here.ada, () => here.ada.submits(mine, { time: '10:00' }))
  const told = readable((await answerTo(second, () => second.submits(theirs, { name: 'Owls' }))).blocks)
  expect(told).toContain('Changed by somebody else since you opened the form')
  expect(told).toContain('from 09:00 to 10:00. This was kept')
  expect(await stored(here)).toMatchObject({ minute: 600, name: 'Owls' })
  server.stop()
})

it('a form of version 0.2 that is still open is taken', async () => {
  const here = await startSlackBot()
  const form = await opened(here.ada)
  const { draft: _, ...metadata } = JSON.parse(String(form.view.private_metadata))
  const old = { ...form, view: { ...form.view, private_metadata: JSON.stringify(metadata) } }
  const told = readable((await answerTo(here.ada, () => here.ada.submits(old, { name: 'Owls' }))).blocks)
  expect(told).toContain('is set up')
  expect(await stored(here)).toMatchObject({ name: 'Owls' })
})

it('a message of one’s own becomes a question by its menu, and that of another once they say yes', async () => {
  const here = await startSlackBot()
  await here.team()
  here.ada.makesQuestion('Why is bark scraped?', ADA.id)
  const form = await until(() => here.ada.modals()[0])
  expect(readable(form.view.blocks as unknown[])).toContain('Options')
  expect(JSON.stringify(form.view.blocks)).toContain('Why is bark scraped?')
  const answer = await answerTo(here.ada, () => here.ada.makesQuestion('Why is bark scraped?', BEN.id))
  expect(readable(answer.blocks)).toContain('Its author is asked')
})
