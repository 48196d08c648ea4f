// @module-tag slow
/**
 * Both clock changes in zones that do them differently: one round a local day, at the local time or moved by
 * the gap, in the first of two.
 */
import { describe, expect, it } from 'vitest'
import { local, offsetAt } from '../core/local-time.js'
import { type Bot, startBot } from '../helpers/bot.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const STEP = 10 * MINUTE

interface Change {
  readonly zone: string
  /** The day before, at noon UTC. */
  readonly near: string
}

const CHANGES: readonly Change[] = [
  { zone: 'Europe/Berlin', near: '2026-03-28' },
  { zone: 'Europe/Berlin', near: '2026-10-24' },
  { zone: 'America/New_York', near: '2026-03-07' },
  { zone: 'America/New_York', near: '2026-10-31' },
  // By half an hour.
  { zone: 'Australia/Lord_Howe', near: '2026-10-03' },
  { zone: 'Australia/Lord_Howe', near: '2026-04-04' },
  // For Ramadan clocks go back, and after it ahead.
  { zone: 'Africa/Casablanca', near: '2026-02-14' },
  { zone: 'Africa/Casablanca', near: '2026-03-21' },
  // The last ones before Samoa gave them up, and the day that it left out.
  { zone: 'Pacific/Apia', near: '2020-09-26' },
  { zone: 'Pacific/Apia', near: '2021-04-03' },
  { zone: 'Pacific/Apia', near: '2011-12-29' },
]

/** The moment within the next 48 hours at which the offset changes, and by how much, in milliseconds. */
function changeAfter(zone: string, from: number): { at: number; by: number } {
  for (let t = from; t < from + 48 * HOUR; t += 15 * MINUTE) {
    const by = offsetAt(zone, t + 15 * MINUTE) - offsetAt(zone, t)
    if (by !== 0) return { at: t + 15 * MINUTE, by }
  }
  throw new Error(`no change in ${zone}`)
}

const wrap = (minute: number) => ((minute % 1440) + 1440) % 1440
const iso = (ms: number) => new Date(ms).toISOString()

/** Ticks through the time and gives when each team's questions came. */
async function posts(
  bot: Bot,
  minutes: readonly number[],
  from: number,
  to: number,
): Promise<Map<number, number[]>> {
  const seen = new Map(minutes.map((minute) => [minute, [] as number[]]))
  for (let t = from; t < to; t += STEP) {
    await bot.at(iso(t)).tick()
    for (const [minute, times] of seen) {
      const count = bot
        .channel(`at-${minute}`)
        .filter((card) => /questions? of the day/i.test(card.title ?? '')).length
      while (times.length < count) times.push(t)
    }
  }
  return seen
}

describe.each(CHANGES)('in $zone after $near', ({ zone, near }) => {
  it('every team has one round a local day, before, in and after the change', async () => {
    const noon = Date.parse(`${near}T00:00:00Z`)
    const { at, by } = changeAfter(zone, noon)
    const from = at - 26 * HOUR
    const to = at + 26 * HOUR
    // Local minutes of the day around the wall time at which the clocks change.
    const wall = local(zone, at - 1).minute + 1
    const width = Math.min(120, Math.abs(by) / MINUTE)
    const minutes = [
      ...new Set(
        [-90, -10, 0, width / 2, width - 10, width, width + 90, -width / 2].map((d) => wrap(wall + d)),
      ),
    ]
    const bot = await startBot({ now: iso(from) })
    for (const minute of minutes) await bot.team({ zone, minute, openHours: 24, channel: `at-${minute}` })

    const seen = await posts(bot, minutes, from, to)
    for (const [minute, times] of seen) {
      expect(
        times.map((t) => local(zone, t).date),
        `at ${minute}`,
      ).toEqual(datesWithSlot(zone, minute, from, to))
      for (const t of times) expect(isRight(zone, minute, t, at, by), `${iso(t)} for ${minute}`).toBe(true)
    }
    expect(bot.errors).toEqual([])
  })
})

/**
 * The local dates whose time of day, or what the gap made of it, lies within the stretch; by looking at every
 * step of it.
 */
function datesWithSlot(zone: string, minute: number, from: number, to: number): string[] {
  const dates: string[] = []
  for (let t = from; t < to; t += STEP) {
    const { date } = local(zone, t)
    const before = local(zone, t - STEP)
    const isFirst = dates.at(-1) !== date
    const reached = local(zone, t).minute >= minute
    const wasNot = before.date !== date || before.minute < minute
    if (isFirst && reached && wasNot && t > from) dates.push(date)
  }
  return dates
}

/**
 * On its minute; in the gap, when the clocks have sprung, up to the gap later. A step of the ticks may lie
 * between.
 */
function isRight(zone: string, minute: number, t: number, at: number, by: number): boolean {
  const late = wrap(local(zone, t).minute - minute)
  const inGap = by > 0 && t >= at && t <= at + by + STEP
  return late < STEP / MINUTE || (inGap && late <= by / MINUTE + STEP / MINUTE)
}
