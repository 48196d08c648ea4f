// @module-tag slow
/** Whether an earlier try got through, in a channel where people talk; and what becomes of a second post. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readable } from '../../loopback/discord/people.js'
import { answerTo, type DiscordBot, STUDY, startDiscordBot } from './discord-bot.js'

const DUE = Date.parse('2026-11-02T08:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const HISTORY = `GET /channels/${STUDY}/messages`

let here: DiscordBot
beforeEach(async () => {
  here = await startDiscordBot()
  await here.team()
})
afterEach(() => here.stop())

const questions = () => here.inChannel().filter((p) => readable(p).includes('Question of the day'))
const looks = () => here.server.calls.filter((call) => call === HISTORY).length

/** What others write in the channel. */
function chatter(count: number, ago = 0): void {
  for (let i = 0; i < count; i++) here.server.says(STUDY, ago)
}

/** The post gets through, and its answer does not come back. */
function postsWithoutAnswer(): void {
  let tries = 0
  here.server.state.chaos = (call) =>
    call === `POST /channels/${STUDY}/messages` ? { status: 500, done: tries++ === 0 } : undefined
}

/** Ticks at that time after the question was due; Discord's time passes, too. */
async function tick(ms: number): Promise<void> {
  here.late.ms = ms
  here.server.state.late = ms
  await here.bot.at(new Date(DUE + ms).toISOString()).tick()
}

async function ticks(from: number, to: number, step = MINUTE): Promise<void> {
  for (let ms = from; ms <= to; ms += step) await tick(ms)
}

it('what was said before it was due is not looked at', async () => {
  chatter(150, HOUR)
  here.server.state.chaos = (call) => (call.startsWith('POST') ? { status: 500 } : undefined)
  await tick(0)
  here.server.state.chaos = undefined
  await tick(MINUTE)
  expect([questions().length, looks()]).toEqual([1, 1])
})

it('a question that got through is found in a lively channel, however much was said since', {
  tags: ['slow'],
}, async () => {
  postsWithoutAnswer()
  await tick(0)
  here.server.state.chaos = undefined
  chatter(2150)
  await tick(5 * MINUTE)
  // One look is over after twenty pages, and the next goes on where it stopped.
  expect(looks()).toBe(20)
  await tick(6 * MINUTE)
  expect([questions().length, looks()]).toEqual([1, 22])
  const answer = await answerTo(here.ann, () => here.ann.presses(questions()[0] as never, 'A'))
  expect(readable(answer)).toMatch(/Right|Not this time/)
})

it('a search that is cut goes on where it stopped', async () => {
  postsWithoutAnswer()
  await tick(0)
  chatter(250)
  let pages = 0
  here.server.state.chaos = (call) => (call === HISTORY && ++pages > 1 ? { status: 500 } : undefined)
  await tick(5 * MINUTE)
  expect(pages).toBeGreaterThan(1)
  here.server.state.chaos = undefined
  const before = looks()
  await ticks(6 * MINUTE, 7 * MINUTE)
  // Of three pages the first is not asked for again.
  expect([questions().length, looks() - before]).toEqual([1, 2])
})

it('while nobody may look, it is posted when half of its hours have passed, and the second one goes', {
  tags: ['slow'],
}, async () => {
  postsWithoutAnswer()
  await tick(0)
  expect(questions()).toHaveLength(1)
  here.server.state.chaos = (call) => (call === HISTORY ? { status: 500 } : undefined)
  await ticks(10 * MINUTE, 6 * HOUR - 20 * MINUTE, 20 * MINUTE)
  expect(questions()).toHaveLength(1)
  await ticks(6 * HOUR, 6 * HOUR + 20 * MINUTE, 11 * MINUTE)
  expect(questions()).toHaveLength(2)
  const answer = await answerTo(here.ann, () => here.ann.presses(questions()[1] as never, 'A'))
  here.server.state.chaos = undefined
  await ticks(7 * HOUR, 8 * HOUR, 11 * MINUTE)
  expect(questions()).toHaveLength(1)
  expect(readable(await answerTo(here.ben, () => here.ben.presses(questions()[0] as never, 'A')))).toBe(
    readable(answer),
  )
})
