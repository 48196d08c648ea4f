import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REMINDERS } from '../../src/bot/cards/reminder.js'
import {
  freshWording,
  laterToday,
  mayRemind,
  nextReminder,
  type ReminderState,
  type Sent,
} from '../../src/core/reminders.js'
import { localDate } from '../../src/core/schedule.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const at = (time: string) => Date.parse(time)

function state(more: Partial<ReminderState> = {}): ReminderState {
  return { active: 0, sent: [], zone: 'UTC', days: EVERY_DAY, away: [], ...more }
}

const next = (more: Partial<ReminderState>, now = '2026-11-02T00:00Z') =>
  nextReminder(state(more), at(now), REMINDERS.length)

const timeOf = (found: ReturnType<typeof nextReminder>) =>
  found && new Date(found.at).toISOString().slice(0, 16)

describe('the next reminder', () => {
  it.each([
    ['is 23.5 hours after the last answer', '2026-11-02T12:00Z', '2026-11-03T11:30'],
    ['waits for eight in the morning', '2026-11-02T07:00Z', '2026-11-03T08:00'],
    ['is the next morning where that is after eight in the evening', '2026-11-02T20:30Z', '2026-11-04T08:00'],
    ['is not at eight in the evening sharp', '2026-11-02T20:30Z', '2026-11-04T08:00'],
    ['is a minute before that at the latest', '2026-11-02T20:29Z', '2026-11-03T19:59'],
  ])('%s', (_name, active, expected) => {
    expect(timeOf(next({ active: at(active) }, active))).toBe(expected)
  })

  it('keeps to the hours of the zone, also when clocks change', () => {
    const active = at('2026-03-27T22:00Z')
    // Berlin springs ahead on 29 March: eight in the morning is 06:00 UTC from then on.
    const zone = 'Europe/Berlin'
    expect(timeOf(next({ active, zone, days: [7] }, '2026-03-27T22:00Z'))).toBe('2026-03-29T06:00')
  })

  it('is on a day of the team, and on none of an away time, the first and the last of it too', () => {
    const active = at('2026-11-02T12:00Z')
    expect(timeOf(next({ active, days: [5] }))).toBe('2026-11-06T08:00')
    const away = [{ from: '2026-11-03', until: '2026-11-10' }]
    expect(timeOf(next({ active, away }))).toBe('2026-11-11T08:00')
    expect(next({ active, days: [] })).toBeUndefined()
  })

  it('is due at once when its time went by, and only within the hours', () => {
    const active = at('2026-11-02T12:00Z')
    expect(timeOf(next({ active }, '2026-11-03T15:00Z'))).toBe('2026-11-03T15:00')
    expect(timeOf(next({ active }, '2026-11-03T21:00Z'))).toBe('2026-11-04T08:00')
  })

  it('is one a day, and three in seven days', () => {
    const active = at('2026-11-02T12:00Z')
    const sent = ['2026-11-03T11:30Z', '2026-11-04T11:30Z'].map((time, wording) => ({
      at: at(time),
      wording,
    }))
    expect(timeOf(next({ active, sent: sent.slice(0, 1) }, '2026-11-03T11:31Z'))).toBe('2026-11-04T11:30')
    const three = [...sent, { at: at('2026-11-05T11:30Z'), wording: 2 }]
    expect(timeOf(next({ active, sent: three }, '2026-11-05T12:00Z'))).toBe('2026-11-10T11:30')
  })

  it('is the last one after five that nobody answered, and begins anew with an answer', () => {
    const days = ['03', '04', '05', '10', '11']
    const sent = days.map((day, wording) => ({ at: at(`2026-11-${day}T11:30Z`), wording }))
    const active = at('2026-11-02T12:00Z')
    expect(next({ active, sent: sent.slice(0, 4) }, '2026-11-11T11:30Z')).toMatchObject({ kind: 'remind' })
    expect(next({ active, sent }, '2026-11-11T12:00Z')).toEqual({ kind: 'stop', at: at('2026-11-12T11:30Z') })
    expect(next({ active: at('2026-11-11T12:30Z'), sent }, '2026-11-11T13:00Z')).toMatchObject({
      kind: 'remind',
    })
  })

  it('does not come while no wording has rested for two weeks', () => {
    const sent = [0, 1].map((wording) => ({ at: at('2026-11-01T12:00Z') + wording * DAY, wording }))
    expect(nextReminder(state({ sent }), at('2026-11-10T12:00Z'), 2)).toBeUndefined()
    expect(nextReminder(state({ sent }), at('2026-11-15T12:01Z'), 2)).toMatchObject({ wording: 0 })
  })
})

describe('wordings', () => {
  it('are as many as two weeks can hold, those that come again later too', () => {
    expect(REMINDERS.length).toBeGreaterThan(12)
    expect(new Set(REMINDERS.flat()).size).toBe(2 * REMINDERS.length)
  })

  it('are chosen by what was used: none within two weeks, and the one that rested longest', () => {
    const used: Sent[] = []
    for (let day = 0; day < 90; day++) {
      const now = day * DAY
      const wording = freshWording(used, now, 15)
      expect(wording).toBeDefined()
      const before = used.filter((one) => one.wording === wording && one.at + 14 * DAY >= now)
      expect(before).toEqual([])
      used.push({ at: now, wording: wording ?? -1 })
    }
    expect(new Set(used.map(({ wording }) => wording)).size).toBe(15)
  })
})

describe('later today', () => {
  const hours = state()
  it('is three hours from now, and not in the evening', () => {
    expect(laterToday(hours, at('2026-11-03T11:00Z'))).toBe(at('2026-11-03T14:00Z'))
    expect(laterToday(hours, at('2026-11-03T17:30Z'))).toBeUndefined()
  })
})

/** Sixty days of somebody who answers by chance, is away by chance, and whose clock changes. */
describe('sixty days', () => {
  interface Life {
    readonly zone: string
    readonly from: string
    readonly days: readonly number[]
    readonly answers: readonly number[]
    readonly awayFrom: number
    readonly awayDays: number
  }
  const life = fc.record<Life>({
    zone: fc.constantFrom('America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'Australia/Lord_Howe'),
    from: fc.constantFrom('2026-02-20T00:00Z', '2026-09-10T00:00Z', '2026-10-01T00:00Z'),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    answers: fc.uniqueArray(fc.integer({ min: 0, max: 60 * 24 }), { maxLength: 25 }),
    awayFrom: fc.integer({ min: 0, max: 60 }),
    awayDays: fc.integer({ min: 0, max: 20 }),
  })

  it('have never more than one a day and three a week, none outside the hours, the days and an away time', () => {
    fc.assert(
      fc.property(life, ({ zone, from, days, answers, awayFrom, awayDays }) => {
        const start = at(from)
        const times = answers.map((hour) => start + hour * HOUR).sort((a, b) => a - b)
        const dateOf = (day: number) => localDate(start + day * DAY, zone)
        const away = [{ from: dateOf(awayFrom), until: dateOf(awayFrom + awayDays) }]
        const sent: Sent[] = []
        let stopped: number | undefined
        for (let now = start; now < start + 60 * DAY && stopped === undefined; ) {
          const active = Math.max(start, ...times.filter((time) => time <= now))
          const life = { active, sent, zone, days, away }
          const found = nextReminder(life, now, REMINDERS.length)
          if (found?.at === now) {
            expect(mayRemind(life, now)).toBe(true)
            if (found.kind === 'stop') stopped = now
            else sent.push({ at: now, wording: found.wording })
          } else {
            // Whatever happens first: an answer, a reminder, or a day without either.
            const later = times.filter((time) => time > now)
            now = Math.min(...later, found?.at ?? Number.POSITIVE_INFINITY, now + DAY)
          }
        }
        for (const [i, one] of sent.entries()) {
          const local = new Date(one.at).toLocaleString('en-GB', {
            timeZone: zone,
            hour: '2-digit',
            hourCycle: 'h23',
          })
          expect(Number(local)).toBeGreaterThanOrEqual(8)
          expect(Number(local)).toBeLessThan(20)
          const date = localDate(one.at, zone)
          expect(days).toContain(new Date(`${date}T00:00Z`).getUTCDay() || 7)
          expect(date >= dateOf(awayFrom) && date <= dateOf(awayFrom + awayDays)).toBe(false)
          expect(times.filter((time) => time <= one.at && time > one.at - 23.5 * HOUR)).toEqual([])
          const others = sent.slice(0, i)
          expect(others.map((other) => localDate(other.at, zone))).not.toContain(date)
          expect(others.filter((other) => other.at > one.at - 7 * DAY).length).toBeLessThan(3)
          expect(
            others.filter((other) => other.at >= one.at - 14 * DAY).map(({ wording }) => wording),
          ).not.toContain(one.wording)
          const since = Math.max(start, ...times.filter((time) => time <= one.at))
          expect(others.filter((other) => other.at > since).length).toBeLessThan(5)
        }
        if (stopped === undefined) return
        const since = Math.max(start, ...times.filter((time) => time <= (stopped ?? 0)))
        expect(sent.filter((one) => one.at > since)).toHaveLength(5)
      }),
      { numRuns: 15 },
    )
  })
})
