/** The Home tab: the open question, the board, and for admins setup and status. */
import { beforeEach, describe, expect, it } from 'vitest'
import { type createPerson, labelsOf, readable } from '../../loopback/slack/people.js'
import { HOME } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

type Person = ReturnType<typeof createPerson>

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})

async function opens(person: Person): Promise<string> {
  here.server.homes.clear()
  await person.opensHome()
  return readable((await until(() => here.server.homes.get(`${HOME} ${person.id}`))).blocks)
}

async function pressed(person: Person, label: string) {
  const before = person.modals().length
  await person.pressesAtHome(label)
  return until(() => person.modals()[before])
}

/** Ann has joined, and the question that is open has buttons. */
async function today(): Promise<void> {
  await here.team({ topics: ['apple'] })
  await here.bot.at('2026-11-02T08:00:00Z').tick()
  const [first] = here.inChannel()
  if (!first) throw new Error('nothing was posted')
  await answerTo(here.ann, () => here.ann.presses(first, letterOf(labelsOf(first.blocks))))
  for (let day = 3; day < 10; day++) {
    await here.bot.at(`2026-11-0${day}T08:00:00Z`).tick()
    await here.bot.tick()
    const newest = here
      .inChannel()
      .findLast((post) => readable(post.blocks).includes('Your answer is private'))
    if (newest && newest !== first && labelsOf(newest.blocks).includes('A')) return
  }
}

const letterOf = (labels: readonly string[]) => labels.find((label) => /^[A-Z]$/.test(label)) ?? 'A'
const answers = async (user: string) =>
  (await here.bot.store.attempts({ platform: 'slack', workspace: HOME, user })).length

describe('an open round on the Home tab', () => {
  it('is shown in full and answered there, and the page says so', async () => {
    await today()
    expect((await opens(here.ann)).replaceAll('*', '')).toMatch(
      /The question of \w+ \d November can be answered until/,
    )
    const letter = letterOf(labelsOf(here.ann.home()))
    const result = await pressed(here.ann, letter)
    expect(readable(result.view)).toMatch(/Right|Not this time/)
    expect(await answers(ANN.id)).toBe(2)
    await until(() => readable(here.ann.home()).includes('you have answered'))
    expect(labelsOf(here.ann.home())).not.toContain(letter)
  })

  it('of several questions is answered one by one', async () => {
    await here.team({ topics: [], count: 3 })
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    const [first] = here.inChannel()
    if (!first) throw new Error('nothing was posted')
    // Whoever answers one has joined.
    const store = here.bot.store
    const { id } = (await store.latestRound(1)) ?? { id: 0 }
    await store.answer({
      ...{ platform: 'slack', workspace: HOME, user: ANN.id, name: 'Ann', channel: STUDY },
      ...{ round: id, slot: 0, answer: 'A', now: Date.parse('2026-11-02T08:05:00Z') },
    })
    await opens(here.ann)
    const labels = labelsOf(here.ann.home()).filter((label) => /^Answer \d/.test(label))
    expect(labels).toContain('Answer 2')
    expect(labels).not.toContain('Answer 1')
    expect(readable((await pressed(here.ann, 'Answer 2')).view)).toContain('Question 2')
  })

  it('that was closed meanwhile counts nothing', { tags: ['slow'] }, async () => {
    await today()
    await opens(here.ann)
    here.bot.at('2026-11-20T21:00:00Z')
    expect(readable((await pressed(here.ann, letterOf(labelsOf(here.ann.home())))).view)).toContain('closed')
    expect(await answers(ANN.id)).toBe(1)
  })
})

describe('the board on the Home tab', () => {
  it('is there for members, turns, and is shown to no channel', async () => {
    await today()
    await opens(here.ann)
    const board = await pressed(here.ann, 'Leaderboard')
    expect(readable(board.view)).toContain('Ann')
    expect(labelsOf(board.view.blocks as unknown[])).not.toContain('Show to channel')
    await here.ann.pressesInView(board, 'This week')
    // Its own button is the one that it has not.
    await until(() => !labelsOf(board.view.blocks as unknown[]).includes('This week'))
    await here.ann.pressesInView(board, 'Teams')
    await until(() => readable(board.view).includes('points a member'))
    expect(labelsOf(board.view.blocks as unknown[])).not.toContain('Show to channel')
  })

  it('is not that of a channel that one may not see, whatever id is made up', {
    tags: ['slow'],
  }, async () => {
    await today()
    await opens(here.ann)
    const place = here.server.place(HOME)?.channels.find((one) => one.id === STUDY)
    Object.assign(place ?? {}, { private: true, members: [ADA.id] })
    here.late.ms += 61_000
    expect(readable((await pressed(here.ann, 'Leaderboard')).view)).toContain('no longer works here')
  })
})

describe('for admins the Home tab', () => {
  it('leads to the status and the setup of a team that they have not joined', async () => {
    await here.team({ topics: ['apple'] })
    await opens(here.ada)
    const labels = labelsOf(here.ada.home())
    expect(labels).toEqual(expect.arrayContaining(['Status', 'Change the setup', 'Set up a team']))
    const status = await pressed(here.ada, 'Status')
    expect(readable(status.view)).toContain('Orchard')
    await here.ada.pressesInView(status, 'Pause')
    await until(() => readable(status.view).includes('Nothing is posted until'))
    const team = () => here.bot.store.teamIn({ platform: 'slack', workspace: HOME, channel: STUDY })
    expect((await team())?.paused).toBe(true)
    const form = await pressed(here.ada, 'Change the setup')
    expect(readable(form.view)).toContain('Team name')
    expect(JSON.stringify(form.view)).toContain(STUDY)
  })

  it('is for admins alone', async () => {
    await today()
    await opens(here.ann)
    for (const label of ['Status', 'Change the setup', 'Set up a team'])
      expect(labelsOf(here.ann.home())).not.toContain(label)
  })
})

describe('the plan on the Home tab', () => {
  it('stands first, and its form sets the day of the exam, which the page then shows', async () => {
    expect(await opens(here.ann)).toContain('*Today:* 0 of 6 concepts met, 6 for today.')
    const form = await pressed(here.ann, 'Set the exam date')
    const fields = (form.view.blocks as { block_id?: string }[]).flatMap(({ block_id }) => block_id ?? [])
    expect(fields).toEqual(['date'])
    await here.ann.submits(form, { date: 'in 6 weeks' })
    await until(() => readable(here.ann.home()).includes('2026-12-14'))
    expect(labelsOf(here.ann.home())).toContain('Change the exam date')
  })
})

describe('practice on the Home tab', () => {
  it('is there again after Read', { tags: ['slow'] }, async () => {
    await opens(here.ann)
    const view = await pressed(here.ann, 'Start')
    for (let i = 0; i < 20; i++) {
      const labels = labelsOf(view.view.blocks as unknown[])
      if (labels.some((label) => label.startsWith('Read: '))) break
      const hash = view.hash
      if (labels.includes('A')) await here.ann.pressesInView(view, 'A')
      else if (labels.some((label) => /^(Next|See how|Practise more)/.test(label)))
        await here.ann.pressesInView(view, labels.find((l) => /^(Next|See how|Practise more)/.test(l)) ?? '')
      else await here.ann.picksInView(view, ['A', 'B'])
      await until(() => view.hash !== hash)
    }
    const labels = labelsOf(view.view.blocks as unknown[])
    const before = here.ann.modals().length
    await here.ann.pressesInView(view, labels.find((label) => label.startsWith('Read: ')) ?? '')
    const topic = await until(() => here.ann.modals()[before])
    expect(topic.root).toBe(view.root)
    expect(topic.view.close).toMatchObject({ text: 'Back' })
    expect(labelsOf(topic.view.blocks as unknown[])).not.toContain('Show to channel')
    // The practice lies under it, as it was.
    expect(labelsOf(view.view.blocks as unknown[])).toEqual(labels)
  })
})

describe('in a direct message', () => {
  it('nothing offers to be shown to a channel, and nothing is', async () => {
    const topic = await answerTo(here.ann, () => here.ann.writes('apple'))
    expect(labelsOf(topic.blocks)).toContain('Quiz me on this')
    expect(labelsOf(topic.blocks)).not.toContain('Show to channel')
    const there = await answerTo(here.ann, () => here.ann.types('/explain apple'))
    expect(labelsOf(there.blocks)).toContain('Show to channel')
    const id = JSON.stringify(there.blocks).match(/topic\.show[^"]*/)?.[0] ?? ''
    const refused = await answerTo(here.ann, () => here.ann.pressesId(topic, id))
    expect(readable(refused.blocks)).toContain('There is no channel here')
  })
})
