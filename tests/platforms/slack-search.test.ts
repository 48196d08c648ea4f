// @module-tag slow
/**
 * Whether an earlier try got through, in a channel where people talk: an app outside Slack's Marketplace may
 * look at one page of 15 messages a minute.
 */
import { beforeEach, expect, it } from 'vitest'
import { readable } from '../../loopback/slack/people.js'
import { HOME } from '../../loopback/slack/server.js'
import { answerTo, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

const DUE = Date.parse('2026-11-02T08:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
  here.server.state.isOutsideMarketplace = true
  here.server.state.now = () => Date.now() + here.late.ms
  await here.team()
})

const questions = () => here.inChannel().filter((p) => readable(p.blocks).includes('Question of the day'))

/** What others write in the channel. */
function chatter(count: number): void {
  for (let i = 0; i < count; i++)
    here.server.posts.push({
      ...{ workspace: HOME, channel: STUDY, ts: here.server.stamp() },
      text: 'hm',
      blocks: [],
    })
}

/** Ticks at that time after the question was due; Slack's time passes, too. */
async function tick(ms: number): Promise<void> {
  here.late.ms = ms
  await here.bot.at(new Date(DUE + ms).toISOString()).tick()
}

async function ticks(from: number, to: number, step = MINUTE): Promise<void> {
  for (let ms = from; ms <= to; ms += step) await tick(ms)
}

it.each([
  ['did not get through', {}],
  ['got through', { done: true }],
])('a question whose first try %s is in a lively channel once, minutes later', async (_how, done) => {
  here.server.faults.push({ method: 'chat.postMessage', status: 500, ...done })
  await tick(0)
  chatter(40)
  await ticks(MINUTE, 6 * MINUTE)
  expect(questions()).toHaveLength(1)
  // Three pages, and each of them once.
  expect(here.server.calls.filter((call) => call.startsWith('conversations.history')).length).toBeLessThan(7)
  const answer = await answerTo(here.ann, () => here.ann.presses(questions()[0] as never, 'A'))
  expect(readable(answer.blocks)).toMatch(/Right|Not this time/)
})

it('what was said before it was due is not looked at', async () => {
  chatter(100)
  for (const [i, post] of here.server.posts.entries()) Object.assign(post, { ts: `170000${1000 + i}.000001` })
  here.server.faults.push({ method: 'chat.postMessage', status: 500 })
  await tick(0)
  await tick(MINUTE)
  expect(questions()).toHaveLength(1)
  expect(here.server.calls.filter((call) => call.startsWith('conversations.history'))).toHaveLength(1)
})

it('the search goes on where it stopped after an error of its own, and after a restart', async () => {
  here.server.faults.push({ method: 'chat.postMessage', status: 500, done: true })
  await tick(0)
  chatter(40)
  await tick(MINUTE)
  here.server.faults.push({ method: 'conversations.history', status: 500 })
  await tick(2 * MINUTE + 1000)
  const again = await startSlackBot({ server: here.server, bot: here.bot })
  again.late.ms = here.late.ms
  here = { ...again, server: here.server }
  here.server.state.now = () => Date.now() + here.late.ms
  await ticks(4 * MINUTE, 6 * MINUTE)
  expect(questions()).toHaveLength(1)
  expect(here.server.posts.filter((post) => post.metadata)).toHaveLength(1)
})

it.each([
  ['asks to wait', { status: 429, retryAfter: 60 }],
  ['answers 500', { status: 500 }],
  ['lets nobody look', { error: 'missing_scope' }],
])(
  'while Slack %s, the question is posted when half of its hours have passed, and a second one goes',
  async (_how, fault) => {
    here.server.faults.push({ method: 'chat.postMessage', status: 500, done: true })
    await tick(0)
    expect(questions()).toHaveLength(1)
    here.server.state.chaos = (method) => (method === 'conversations.history' ? fault : undefined)
    await ticks(10 * MINUTE, 6 * HOUR - 20 * MINUTE, 20 * MINUTE)
    expect(questions()).toHaveLength(1)
    await ticks(6 * HOUR, 6 * HOUR + 20 * MINUTE, 11 * MINUTE)
    expect(questions()).toHaveLength(2)
    const answer = await answerTo(here.ann, () => here.ann.presses(questions()[1] as never, 'A'))
    here.server.state.chaos = undefined
    await ticks(7 * HOUR, 8 * HOUR, 11 * MINUTE)
    expect(questions()).toHaveLength(1)
    expect(
      readable((await answerTo(here.ben, () => here.ben.presses(questions()[0] as never, 'A'))).blocks),
    ).toBe(readable(answer.blocks))
    await ticks(12 * HOUR, 12 * HOUR + MINUTE)
    expect(readable(questions()[0]?.blocks)).toContain('2 members answered')
    expect(here.inChannel().filter((p) => readable(p.blocks).includes('The answer of the day'))).toHaveLength(
      1,
    )
  },
)
