/**
 * Whatever an action does with a round, it looks first whose round it is, and whether the member has
 * answered.
 */
import { beforeEach, expect, it } from 'vitest'
import { answerActions } from '../../src/bot/actions/answer.js'
import type { Caller, Request } from '../../src/bot/ports/chat.js'
import { type Bot, buttonsOf, startBot } from '../helpers/bot.js'

const ann: Caller = {
  platform: 'test',
  workspace: 'w1',
  channel: 'study',
  user: 'ann',
  name: 'Ann',
  isAdmin: async () => false,
}
/** An admin elsewhere is nobody here. */
const strangers: readonly Caller[] = [
  { ...ann, workspace: 'w2', isAdmin: async () => true },
  { ...ann, platform: 'elsewhere', isAdmin: async () => true },
]
const NAMES = answerActions.map((action) => action.name)

let bot: Bot
let pick: string
beforeEach(async () => {
  bot = await startBot()
  await bot.team({ topics: ['apple'] })
  await bot.at('2026-11-02T08:00:00Z').tick()
  pick = buttonsOf(bot.last()).find((b) => b.label === 'A')?.id ?? ''
})

/** The same id for another action, with as many words as it may take, in each way that an id can come. */
function requests(name: string, caller: Caller): Request[] {
  const words = pick.split('~').slice(1)
  const ids = words.map((_, i) => [name, ...words.slice(0, i + 1)].join('~'))
  return ids.flatMap((id) => [
    { kind: 'press', caller, id },
    { kind: 'select', caller, id, values: ['A'] },
    { kind: 'select', caller, id, values: ['0'] },
    { kind: 'submit', caller, id, values: { p0: 'A' } },
  ])
}

it.each(NAMES)('%s is refused on a round of another workspace or platform', async (name) => {
  for (const stranger of strangers)
    for (const request of requests(name, stranger)) {
      const reply = JSON.stringify(await bot.app.run(request))
      expect(reply).toMatch(/no longer works|did not work/)
      expect(reply).not.toMatch(/apple|fruit/i)
    }
  const closed = bot.at('2026-11-02T20:05:00Z')
  await closed.tick()
  for (const request of requests(name, strangers[0] ?? ann))
    expect(JSON.stringify(await bot.app.run(request))).not.toMatch(/apple|fruit/i)
  for (const who of [ann, ...strangers]) expect(await bot.store.attempts(who)).toEqual([])
  expect(bot.errors).toEqual([])
})

it('none of them tells a reason before the member has answered, and one does afterwards', async () => {
  const [id = ''] = [...((await bot.store.latestRound(1))?.questions.map((q) => q.question) ?? [])]
  const question = bot.bank.question(id)
  const reasons = question && 'choices' in question ? question.choices.map((choice) => choice.why) : []
  expect(reasons.length).toBeGreaterThan(1)
  const tells = (reply: unknown) =>
    reasons.filter((why) => JSON.stringify(reply).includes(JSON.stringify(why).slice(1, -1)))
  const answering = ['round.choose', 'round.choose-many', 'round.send-form']
  for (const name of NAMES.filter((one) => !answering.includes(one)))
    for (const request of requests(name, ann))
      expect([name, tells(await bot.app.run(request))]).toEqual([name, []])
  expect(tells(bot.channel())).toEqual([])
  expect(await bot.store.attempts(ann)).toEqual([])
  const answered = await bot.app.run({ kind: 'press', caller: ann, id: pick })
  expect(tells(answered).length).toBeGreaterThan(0)
})
