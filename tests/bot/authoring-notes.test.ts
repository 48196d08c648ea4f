/** Drafts that a program made from notes, in the queues of teams, once the notes have changed. */
import { describe, expect, it } from 'vitest'
import { feedQueues } from '../../src/bot/authoring/made.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { askedOn } from '../helpers/team-weeks.js'
import { approves, askedOf, FORM } from '../helpers/written.js'

const draft = (id: string, topic = 'apple') => ({
  id,
  content: {
    topics: [topic],
    item: {
      kind: 'choice',
      stem: `What is kept as ${id}?`,
      choices: ['cellar', 'bowl'].map((text, i) => ({ text, right: i === 0, why: '' })),
    },
    source: 'trees.md',
  } as const,
})
type Draft = ReturnType<typeof draft>

/** What a process reads when it starts, after `pack update`. */
const read = (bot: Bot, waiting: readonly Draft[], isWhole = true): Promise<void> => {
  const all = isWhole && { all: waiting.map(({ id }) => id) }
  return feedQueues({ ...bot.deps, drafts: new Map([['orchard', { waiting, rejected: [], ...all }]]) })
}

async function start(waiting: readonly Draft[]) {
  const bot = await startBot({ limits: noLimits })
  const team = await bot.team({ nextPostAt: Date.parse('2100-01-01T08:00Z') })
  await askedOn(bot, team, '2026-11-03', { question: 'apple-hard', right: ['ana', 'bo', 'cy', 'di'] })
  await read(bot, waiting)
  return { bot, team, waits: () => bot.store.waitingQuestions(team.id) }
}

describe('a draft whose notes are gone', () => {
  it('leaves the queue, and a press on its card says so', async () => {
    const { bot, waits } = await start([draft('one')])
    const bo = bot.person('bo')
    await bo.says('/study review')
    const { card } = bo
    await read(bot, [])
    expect(await waits()).toBe(0)
    for (const label of ['Approve', 'Change', 'Reject']) {
      await bo.presses(label, card)
      expect(bo.sees, label).toContain('the notes no longer say it')
    }
    expect(bot.log.map(({ message }) => message)).toContain('drafts of notes taken out of the queues')
  })

  it('leaves the queue as soon as its topic is gone, whatever the files of drafts say', async () => {
    const { bot, team, waits } = await start([draft('one')])
    const lost = draft('two', 'medlar')
    await bot.store.addMadeQuestion({ ...lost, draft: 'two', team: team.id, pack: team.pack, now: 0 })
    expect(await waits()).toBe(2)
    await read(bot, [draft('one'), lost], false)
    expect(await waits()).toBe(1)
  })

  it('comes again with its notes', async () => {
    const { bot, waits } = await start([draft('one')])
    await read(bot, [])
    await read(bot, [draft('one')])
    await read(bot, [draft('one')])
    expect(await waits()).toBe(1)
  })

  it('stays where somebody has changed it, has approved it, or said yes', { tags: ['slow'] }, async () => {
    const all = ['one', 'two', 'three', 'four'].map((id) => draft(id))
    const { bot, team, waits } = await start(all)
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Change')
    await bo.fills(FORM)
    await bo.says('/study review')
    await bo.presses('Approve')
    await bot.store.letLeadApprove(team.id, true)
    const ada = bot.person('ada')
    await ada.says('/study review')
    await ada.presses('Next one')
    await ada.presses('Next one')
    await ada.presses('Approve')
    expect([await waits(), askedOf(bot, team).length]).toEqual([3, 1])
    await read(bot, [])
    expect([await waits(), askedOf(bot, team).length]).toEqual([2, 1])
  })

  it('stays where the files of drafts could not be read', async () => {
    const { bot, waits } = await start([draft('one'), draft('two')])
    await read(bot, [draft('one')], false)
    expect(await waits()).toBe(2)
  })
})

it('a reviewer whose card is old is not told that the question is not theirs to change', async () => {
  const { bot } = await start([draft('one')])
  const bo = bot.person('bo')
  await bo.says('/study review')
  const { card } = bo
  await approves(bot, 'cy', 'di')
  await bo.presses('Change', card)
  expect(bo.sees).toContain('It has changed since, or somebody has decided on it.')
})
