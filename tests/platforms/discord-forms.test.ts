/** Forms of several steps on Discord: what was given waits in the store, whatever comes between. */
import { afterEach, describe, expect, it } from 'vitest'
import { componentsIn } from '../../loopback/discord/judge.js'
import { createPerson, type DiscordPerson, labelsOf, readable } from '../../loopback/discord/people.js'
import type { Json, Opened, Posted } from '../../loopback/discord/server.js'
import { startBot } from '../helpers/bot.js'
import { largePack } from '../helpers/large-pack.js'
import { until } from '../helpers/until.js'
import { ADA, answerTo, BEN, type DiscordBot, HOME, STUDY, startDiscordBot } from './discord-bot.js'

let here: DiscordBot
afterEach(async () => {
  expect(here.server.pinging).toEqual([])
  await here.stop()
})

const start = async (content?: string) => {
  here = await startDiscordBot({ bot: await startBot(content === undefined ? {} : { content }) })
}
const stored = () => here.bot.store.teamIn({ platform: 'discord', workspace: HOME, channel: STUDY })
const BIG = { ...ADA, id: '300000000000000005', username: 'bob_king', globalName: 'Bob' }

/** A second admin. */
function bob(): DiscordPerson {
  const people = here.server.place(HOME)?.people as (typeof BIG)[]
  people.push(BIG)
  return createPerson(here.server, BIG, HOME, STUDY)
}

async function formAfter(person: { modals(): Opened[] }, act: () => unknown): Promise<Opened> {
  const before = person.modals().length
  act()
  return until(() => person.modals()[before])
}

interface Menu {
  readonly custom_id: string
  readonly options: readonly {
    readonly value: string
    readonly description?: string
    readonly default?: boolean
  }[]
}

const menusOf = (modal: Opened, field = 'topics') =>
  componentsIn(modal.data.components as Json[]).filter((c) =>
    String(c.custom_id).startsWith(field),
  ) as unknown as Menu[]
const names = (modal: Opened) =>
  componentsIn(modal.data.components as Json[]).flatMap((c) => (c.custom_id ? [String(c.custom_id)] : []))

/** What Discord shows after a step, wherever it does. */
async function sent(
  person: DiscordPerson,
  modal: Opened,
  given: Readonly<Record<string, string | readonly string[]>>,
): Promise<Posted> {
  const shown = modal.message ? JSON.stringify(modal.message.components) : ''
  const before = person.told().length
  person.submits(modal, given)
  return until(() => {
    const message =
      modal.message && JSON.stringify(modal.message.components) !== shown
        ? modal.message
        : person.told()[before]
    return message
  })
}

/**
 * Goes through all steps and picks in each menu of topics what `pick` says; gives what was picked, and the
 * message at the end.
 */
async function throughAll(
  person: DiscordPerson,
  pick: (menu: Menu) => readonly string[],
): Promise<{ picked: string[]; end: Posted }> {
  const picked: string[] = []
  let modal = await formAfter(person, () => person.types('/team setup'))
  for (;;) {
    const given = Object.fromEntries(menusOf(modal).map((menu) => [menu.custom_id, pick(menu)]))
    picked.push(...Object.values(given).flat())
    const between = await sent(person, modal, given)
    if (!labelsOf(between).includes('Go on')) return { picked, end: between }
    modal = await formAfter(person, () => person.presses(between, 'Go on'))
  }
}

describe('the setup with the pack that ships', () => {
  it('saves the topics of every step, not of the last alone', { tags: ['slow'] }, async () => {
    await start('content')
    const { picked, end } = await throughAll(here.ada, (menu) => [
      menu.options[0]?.value ?? '',
      menu.options.at(-1)?.value ?? '',
    ])
    expect(readable(end)).toContain('is set up')
    expect(picked.length).toBeGreaterThan(4)
    expect([...((await stored())?.topics ?? [])].sort()).toEqual([...picked].sort())
  })

  it('opens with what the team had, and keeps it', async () => {
    await start('content')
    const bank = here.bot.deps.packs.first.bank
    const topics = bank.topics.map((t) => t.slug).filter((slug) => bank.questionsFor([slug]).length > 0)
    await here.team({ pack: 'mla-c01', topics: topics.slice(0, 60) })
    await throughAll(here.ada, (menu) => menu.options.filter((o) => o.default).map((o) => o.value))
    expect([...((await stored())?.topics ?? [])].sort()).toEqual(topics.slice(0, 60).sort())
  })
})

describe('the setup with 270 topics', () => {
  it('offers them all by domain and section, and takes them all', { tags: ['slow'] }, async () => {
    const { content, slugs } = largePack(270)
    await start(content)
    const groups: string[] = []
    const { picked, end } = await throughAll(here.ada, (menu) => {
      groups.push(...menu.options.map((o) => o.description ?? ''))
      return menu.options.map((o) => o.value)
    })
    expect(readable(end)).toContain('is set up')
    expect([...picked].sort()).toEqual(slugs)
    expect(groups).toEqual(
      [...groups].sort((a, b) => Number(/\d+/.exec(a)?.[0]) - Number(/\d+/.exec(b)?.[0])),
    )
    expect(groups[0]).toBe('Domain 1, Part 1 of the notes')
    expect([...((await stored())?.topics ?? [])].sort()).toEqual(slugs)
  })

  it('lets whole domains and sections be picked, without a walk through all of them', {
    tags: ['slow'],
  }, async () => {
    const { content, slugs } = largePack(270)
    await start(content)
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await sent(here.ada, first, {})
    const chosen = ['3', '01-part']
    // The domains and sections are in the second step and the third.
    for (let step = 2; step <= 3; step++) {
      const modal = await formAfter(here.ada, () => here.ada.presses(between, 'Go on'))
      const picks = menusOf(modal, 'parts').map((menu) => [
        menu.custom_id,
        chosen.filter((one) => menu.options.some((o) => o.value === one)),
      ])
      await sent(here.ada, modal, Object.fromEntries(picks))
    }
    here.ada.presses(between, 'Save')
    await until(() => readable(between).includes('is set up') || undefined)
    const wanted = slugs.filter((_, i) => i % 5 === 2 || i % 12 === 0)
    expect(wanted.length).toBeGreaterThan(50)
    expect([...((await stored())?.topics ?? [])].sort()).toEqual(wanted)
    const again = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const next = await sent(here.ada, again, {})
    const shown = await formAfter(here.ada, () => here.ada.presses(next, 'Go on'))
    await sent(here.ada, shown, {})
    const last = await formAfter(here.ada, () => here.ada.presses(next, 'Go on'))
    const picked = [shown, last].flatMap((modal) =>
      menusOf(modal, 'parts').flatMap((menu) => menu.options.filter((o) => o.default).map((o) => o.value)),
    )
    expect(picked).toEqual(chosen)
  })
})

describe('a step', () => {
  it('has its mistakes told as soon as it is sent, by the name of the field, with a way to put them right', async () => {
    await start()
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const problem = await sent(here.ada, first, { time: '25:99', name: 'Night owls' })
    expect(readable(problem)).toContain('Time of day')
    expect(readable(problem)).toContain('should look like 09:00')
    expect(labelsOf(problem)).toEqual(['Fix it'])
    const again = await formAfter(here.ada, () => here.ada.presses(problem, 'Fix it'))
    for (const kept of ['Night owls', '25:99']) expect(JSON.stringify(again.data)).toContain(kept)
    const between = await sent(here.ada, again, { time: '21:30' })
    expect(between).toBe(problem)
    here.ada.presses(between, 'Save')
    await until(() => readable(between).includes('is set up') || undefined)
    expect(await stored()).toMatchObject({ name: 'Night owls', minute: 1290 })
  })

  it('that was right stays so while one of a later step is put right', async () => {
    await start()
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await sent(here.ada, first, { name: 'Night owls', channel: ['299999999999999999'] })
    here.ada.presses(between, 'Save')
    await until(() => readable(between).includes('no such channel') || undefined)
    expect(readable(between)).toContain('Channel')
    const again = await formAfter(here.ada, () => here.ada.presses(between, 'Fix it'))
    expect(names(again)).toContain('channel')
    await sent(here.ada, again, { channel: [STUDY] })
    here.ada.presses(between, 'Save')
    await until(() => readable(between).includes('is set up') || undefined)
    expect(await stored()).toMatchObject({ name: 'Night owls' })
  })

  it('leaves a message that carries nothing of what was given but its words', async () => {
    await start()
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await sent(here.ada, first, { name: 'Night owls' })
    expect(componentsIn(between.components).filter((c) => c.disabled || c.type === 3)).toEqual([])
    expect(readable(between)).not.toContain('kept here')
  })

  it('is for whoever opened the form, for a day', async () => {
    await start()
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const between = await sent(here.ada, first, { name: 'Night owls' })
    const other = bob()
    const [go] = componentsIn(between.components).filter((c) => c.label === 'Go on')
    const theirs = { ...between, to: BIG.id }
    here.server.interact(
      3,
      BIG,
      { guild: HOME, channel: STUDY },
      { custom_id: String(go?.custom_id), component_type: 2 },
      theirs,
    )
    await until(() => readable(theirs).includes('is no longer kept') || undefined)
    expect(readable(theirs)).not.toContain('Night owls')
    expect(other.told()).toEqual([])
    here.bot.at('2026-11-03T07:00:01Z')
    here.ada.presses(between, 'Go on')
    await until(() => readable(between).includes('is no longer kept') || undefined)
    // Nothing stays that could be pressed in vain.
    expect(labelsOf(between)).toEqual([])
    expect(here.ada.modals()).toHaveLength(1)
  })
})

describe('two admins in the setup', () => {
  it('keep what the other has changed, and the later one is told', { tags: ['slow'] }, async () => {
    await start()
    await here.team({ minute: 540 })
    const second = bob()
    const [one, other] = [
      await formAfter(here.ada, () => here.ada.types('/team setup')),
      await formAfter(second, () => second.types('/team setup')),
    ]
    const [mine, theirs] = [
      await sent(here.ada, one, { time: '10:00', name: 'Larks' }),
      await sent(second, other, { name: 'Owls' }),
    ]
    here.ada.presses(mine, 'Save')
    await until(() => readable(mine).includes('is set up') || undefined)
    expect(readable(mine)).not.toContain('Changed by somebody else')
    second.presses(theirs, 'Save')
    await until(() => readable(theirs).includes('is set up') || undefined)
    expect(readable(theirs)).toContain('Changed by somebody else since you opened the form')
    expect(readable(theirs)).toContain('from 09:00 to 10:00. This was kept')
    expect(readable(theirs)).toContain('from Orchard to Larks. Your value replaced it: Owls')
    expect(await stored()).toMatchObject({ minute: 600, name: 'Owls' })
  })
})

describe('a message of version 0.2 between two steps', () => {
  const LEFT = (button: string, id: string) => [
    {
      type: 17,
      components: [
        { type: 10, content: 'Step 1 of 2 is done.' },
        { type: 1, components: [{ type: 2, style: 1, custom_id: id, label: button }] },
        {
          type: 1,
          components: [
            {
              ...{ type: 3, custom_id: 'given', placeholder: 'What you gave is kept here', disabled: true },
              options: [{ value: '0~name=Night owls', label: 'Kept' }],
            },
          ],
        },
      ],
    },
  ]
  it.each([
    ['Go on', 'step~1~/team setup'],
    ['Save', 'finish~~/team setup'],
    ['Change it', 'step~0~opensetup'],
  ])('says at *%s* that it no longer works, and saves nothing', async (button, id) => {
    await start()
    const old = await answerTo(here.ada, () => here.ada.types('/help'))
    ;(old as { components: unknown }).components = LEFT(button, id)
    const told = await answerTo(here.ada, () => here.ada.presses(old, button))
    expect(readable(told)).toContain('no longer works')
    expect([here.ada.modals(), await stored()]).toEqual([[], undefined])
  })

  it('so does a form of it that is still open', async () => {
    await start()
    const first = await formAfter(here.ada, () => here.ada.types('/team setup'))
    const told = await answerTo(here.ada, () =>
      here.ada.submits({ ...first, data: { ...first.data, custom_id: 'step~0~/team setup' } }, {}),
    )
    expect(readable(told)).toContain('no longer works')
    expect(await stored()).toBeUndefined()
  })
})

it('a form in one modal of which nothing came, since something broke, opens again as it was sent', {
  tags: ['slow'],
}, async () => {
  await start()
  await here.team({ topics: ['pear'] })
  const ben = createPerson(here.server, BEN, HOME, STUDY)
  const card = await answerTo(ben, () => ben.types('/study exam'))
  const form = await formAfter(ben, () =>
    ben.presses(card, labelsOf(card).find((one) => /date/i.test(one)) ?? ''),
  )
  const [name = ''] = names(form)
  const { saveExam } = here.bot.store
  here.bot.store.saveExam = () => Promise.reject(new Error('the database is away'))
  const told = await answerTo(ben, () => ben.submits(form, { [name]: '2027-02-15' }))
  here.bot.store.saveExam = saveExam
  expect(readable(told)).toContain('Something broke on our side')
  const again = await formAfter(ben, () => ben.presses(told, 'Open the form again'))
  expect(JSON.stringify(again.data)).toContain('2027-02-15')
})

it('an order with a step twice is put right in the form as it was filled', { tags: ['slow'] }, async () => {
  await start()
  await here.team({ topics: ['pear'] })
  let question: Posted | undefined
  for (let day = 2; day < 12 && !question; day++) {
    await here.bot.at(`2026-11-${String(day).padStart(2, '0')}T08:00:00Z`).tick()
    question = here.inChannel().find((p) => labelsOf(p).includes('Put in order'))
  }
  const ben = createPerson(here.server, BEN, HOME, STUDY)
  const form = await formAfter(ben, () => ben.presses(question as Posted, 'Put in order'))
  const twice = Object.fromEntries(names(form).map((name) => [name, ['A']]))
  const problem = await answerTo(ben, () => ben.submits(form, twice))
  expect(readable(problem)).toContain('Step 2')
  const again = await formAfter(ben, () => ben.presses(problem, 'Fix it'))
  const picked = componentsIn(again.data.components as Json[]).flatMap((c) =>
    ((c.options ?? []) as { value: string; default?: boolean }[]).filter((o) => o.default),
  )
  expect(picked.map((o) => o.value)).toEqual(names(form).map(() => 'A'))
  ben.submits(again, Object.fromEntries(names(again).map((name, i) => [name, [String.fromCharCode(65 + i)]])))
  await until(() => /Right|Not this time/.test(readable(problem)) || undefined)
})
