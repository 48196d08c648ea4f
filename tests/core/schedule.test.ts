import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.js'
import type { Schedule } from '../../src/core/model.js'
import {
  isoWeek,
  localDate,
  ON_TIME_MS,
  parseTime,
  parseZone,
  periodNow,
  planSlot as planAt,
  season,
  seasonEnd,
  nextSlot as slotAfter,
  WORTH_POSTING_MS,
} from '../../src/core/schedule.js'
import { local, offsetAt } from './local-time.js'

/** Of a team that has had no round yet. */
const nextSlot = (of: Schedule, after: number) => slotAfter(of, after, [])
const planSlot = (of: Schedule, dueAt: number, now: number) => planAt(of, dueAt, now, [])

const HOUR = 3_600_000
const DAY = 24 * HOUR
const DAILY = [1, 2, 3, 4, 5, 6, 7]
const WEEKDAYS = [1, 2, 3, 4, 5]

const at = (iso: string) => Date.parse(iso)
const iso = (ms: number) => new Date(ms).toISOString().replace(':00.000Z', 'Z')

function schedule(zone: string, time: string, days: readonly number[] = DAILY, openHours = 24): Schedule {
  return { zone, minute: parseTime(time), days, openHours }
}

/** The first slots after a moment. */
function slots(of: Schedule, after: number, count: number): number[] {
  const found: number[] = []
  for (let last = after; found.length < count; found.push(last)) last = nextSlot(of, last)
  return found
}

describe('the next slot', () => {
  it.each([
    [
      'comes today when its time is still ahead',
      'Europe/Berlin',
      '09:00',
      WEEKDAYS,
      '2026-11-20T07:59Z',
      '2026-11-20T08:00Z',
    ],
    ['is never the moment itself', 'Europe/Berlin', '09:00', DAILY, '2026-11-20T08:00Z', '2026-11-21T08:00Z'],
    ['leaves out the weekend', 'Europe/Berlin', '09:00', WEEKDAYS, '2026-11-20T08:00Z', '2026-11-23T08:00Z'],
    ['comes a week later for a single day', 'UTC', '09:00', [3], '2026-11-25T09:00Z', '2026-12-02T09:00Z'],
    ['comes on a leap day', 'UTC', '09:00', [2], '2028-02-28T09:00Z', '2028-02-29T09:00Z'],
    ['may be at midnight', 'America/New_York', '00:00', DAILY, '2026-11-20T04:59Z', '2026-11-20T05:00Z'],
    [
      'may be at the last minute of the day',
      'America/New_York',
      '23:59',
      DAILY,
      '2026-11-20T05:00Z',
      '2026-11-21T04:59Z',
    ],
    [
      'is a day ahead of UTC at +14',
      'Pacific/Kiritimati',
      '00:00',
      [7],
      '2026-02-27T12:00Z',
      '2026-02-28T10:00Z',
    ],
    [
      'is a day behind UTC at -11',
      'Pacific/Pago_Pago',
      '23:59',
      [7],
      '2026-11-23T00:00Z',
      '2026-11-23T10:59Z',
    ],
  ])('%s', (_name, zone, time, days, after, expected) => {
    expect(iso(nextSlot(schedule(zone, time, days), at(after)))).toBe(expected)
  })

  it.each([
    ['Berlin', 'Europe/Berlin', '02:30', '2026-03-28T12:00Z', ['2026-03-29T01:30Z', '2026-03-30T00:30Z']],
    [
      'New York',
      'America/New_York',
      '02:30',
      '2026-03-07T12:00Z',
      ['2026-03-08T07:30Z', '2026-03-09T06:30Z'],
    ],
    [
      'Casablanca, after Ramadan',
      'Africa/Casablanca',
      '02:30',
      '2026-03-21T12:00Z',
      ['2026-03-22T02:30Z', '2026-03-23T01:30Z'],
    ],
    [
      'Lord Howe, by half an hour',
      'Australia/Lord_Howe',
      '02:15',
      '2026-10-03T12:00Z',
      ['2026-10-03T15:45Z', '2026-10-04T15:15Z'],
    ],
    [
      'Cairo, at midnight',
      'Africa/Cairo',
      '00:30',
      '2026-04-23T12:00Z',
      ['2026-04-23T22:30Z', '2026-04-24T21:30Z'],
    ],
  ])('moves later by the gap where clocks spring ahead: %s', (_name, zone, time, after, expected) => {
    expect(slots(schedule(zone, time), at(after), 2).map(iso)).toEqual(expected)
  })

  it.each([
    ['Berlin', 'Europe/Berlin', '02:30', '2026-10-24T12:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    [
      'New York',
      'America/New_York',
      '01:30',
      '2026-10-31T12:00Z',
      ['2026-11-01T05:30Z', '2026-11-02T06:30Z'],
    ],
    [
      'Casablanca, before Ramadan',
      'Africa/Casablanca',
      '02:30',
      '2026-02-14T12:00Z',
      ['2026-02-15T01:30Z', '2026-02-16T02:30Z'],
    ],
    [
      'Lord Howe, by half an hour',
      'Australia/Lord_Howe',
      '01:45',
      '2026-04-04T12:00Z',
      ['2026-04-04T14:45Z', '2026-04-05T15:15Z'],
    ],
  ])('is in the first of the two where an hour comes twice: %s', (_name, zone, time, after, expected) => {
    expect(slots(schedule(zone, time), at(after), 2).map(iso)).toEqual(expected)
  })

  it('does not come again in the second of the two', () => {
    expect(iso(nextSlot(schedule('Europe/Berlin', '02:30'), at('2026-10-25T01:15Z')))).toBe(
      '2026-10-26T01:30Z',
    )
  })

  it('stays on its date where the clocks spring over midnight', () => {
    const nuuk = slots(schedule('America/Nuuk', '23:30'), at('2026-03-27T12:00Z'), 4)
    expect(nuuk.map((slot) => localDate(slot, 'America/Nuuk'))).toEqual([
      '2026-03-27',
      '2026-03-28',
      '2026-03-29',
      '2026-03-30',
    ])
  })

  it('leaves out a date that never was', () => {
    const found = slots(schedule('Pacific/Apia', '09:00'), at('2011-12-28T20:00Z'), 3)
    expect(found.map((slot) => localDate(slot, 'Pacific/Apia'))).toEqual([
      '2011-12-29',
      '2011-12-31',
      '2012-01-01',
    ])
  })

  it('waits another week when its only day was left out', () => {
    expect(iso(nextSlot(schedule('Pacific/Apia', '09:00', [5]), at('2011-12-28T00:00Z')))).toBe(
      '2012-01-05T19:00Z',
    )
  })

  it('needs a day', () => {
    expect(() => nextSlot(schedule('UTC', '09:00', []), 0)).toThrow('a schedule without days has no slot')
  })
})

/** Zones that change in different ways, with moments shortly before they do. */
const CHANGES: readonly (readonly [zone: string, before: string])[] = [
  ['Europe/Berlin', '2026-03-27'],
  ['Europe/Berlin', '2026-10-23'],
  ['America/New_York', '2026-03-06'],
  ['America/New_York', '2026-10-30'],
  ['Australia/Lord_Howe', '2026-10-02'],
  ['Australia/Lord_Howe', '2026-04-03'],
  ['Africa/Casablanca', '2026-02-13'],
  ['Africa/Casablanca', '2026-03-20'],
  ['America/Nuuk', '2026-03-27'],
  ['America/Nuuk', '2026-10-23'],
  ['Africa/Cairo', '2026-04-22'],
  ['America/Santiago', '2026-09-04'],
  ['America/Havana', '2026-10-30'],
  ['Asia/Beirut', '2026-03-27'],
  ['Antarctica/Troll', '2026-03-27'],
]

const zoneAndMoment = fc.oneof(
  fc.record({
    zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    now: fc.integer({ min: at('2012-02-01'), max: at('2037-01-01') }),
  }),
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: 0, max: 4 * DAY }))
    .map(([[zone, before], later]) => ({ zone, now: at(before) + later })),
)
const scheduled = fc.record({
  place: zoneAndMoment,
  minute: fc.oneof(
    fc.integer({ min: 0, max: 1439 }),
    fc.integer({ min: 0, max: 200 }),
    fc.integer({ min: 1380, max: 1439 }),
  ),
  days: fc.subarray(DAILY, { minLength: 1 }),
  openHours: fc.integer({ min: 1, max: 168 }),
})
const RUNS = { numRuns: 400 }

/** Whether the zone's clocks show this minute on this date at all. */
function exists(zone: string, date: string, minute: number, near: number): boolean {
  const asIfUtc = Date.parse(date) + minute * 60_000
  return [near - DAY, near + DAY].some((side) => {
    const read = local(zone, asIfUtc - offsetAt(zone, side))
    return read.date === date && read.minute === minute
  })
}

describe('slots in any zone', () => {
  it('lie ahead, on a chosen day, at the local time or moved by the gap', () => {
    fc.assert(
      fc.property(scheduled, ({ place: { zone, now }, ...rest }) => {
        const slot = nextSlot({ zone, ...rest }, now)
        const read = local(zone, slot)
        expect(slot).toBeGreaterThan(now)
        expect(rest.days).toContain(read.weekday)
        if (read.minute === rest.minute) return
        expect(exists(zone, read.date, rest.minute, slot)).toBe(false)
        expect(Math.abs(read.minute - rest.minute)).toBeLessThanOrEqual(120)
      }),
      RUNS,
    )
  })

  it('neither skip nor double a date', () => {
    fc.assert(
      fc.property(scheduled, ({ place: { zone, now }, minute, openHours }) => {
        const dates = slots({ zone, minute, openHours, days: DAILY }, now, 6).map((slot) =>
          Date.parse(local(zone, slot).date),
        )
        expect(dates.slice(1).map((date, i) => date - (dates[i] ?? 0))).toEqual([DAY, DAY, DAY, DAY, DAY])
      }),
      RUNS,
    )
  })

  it('are those of every day, less the days not chosen', () => {
    fc.assert(
      fc.property(scheduled, ({ place: { zone, now }, minute, openHours, days }) => {
        const every = slots({ zone, minute, openHours, days: DAILY }, now, 14).filter((slot) =>
          days.includes(local(zone, slot).weekday),
        )
        expect(slots({ zone, minute, openHours, days }, now, every.length)).toEqual(every)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the plan when a slot has come', () => {
  const weekdays = schedule('Europe/Berlin', '09:00', WEEKDAYS, 24)
  const monday = at('2026-11-23T08:00Z')
  const tuesday = monday + DAY

  it('posts it in time', () => {
    expect(planSlot(weekdays, monday, monday + 10_000)).toEqual({
      slot: { dueAt: monday, date: '2026-11-23', closesAt: tuesday },
      skipped: [],
      nextPostAt: tuesday,
    })
  })

  it('closes it after its open hours', () => {
    expect(planSlot({ ...weekdays, openHours: 3 }, monday, monday).slot?.closesAt).toBe(monday + 3 * HOUR)
  })

  it('closes it when the next one comes, however long it might be open', () => {
    expect(planSlot({ ...weekdays, openHours: 168 }, monday, monday).slot?.closesAt).toBe(tuesday)
  })

  it('leaves it open over a weekend', () => {
    const friday = at('2026-11-27T08:00Z')
    expect(planSlot({ ...weekdays, openHours: 168 }, friday, friday).slot?.closesAt).toBe(
      at('2026-11-30T08:00Z'),
    )
  })

  it.each([
    ['posts it late with exactly an hour left', 8, 7 * HOUR, true],
    ['skips it with less than an hour left', 8, 7 * HOUR + 1, false],
    ['posts one of a single hour when the tick is five minutes late', 1, ON_TIME_MS, true],
    ['skips one of a single hour when it is later than that', 1, ON_TIME_MS + 1, false],
    ['skips it when it would be closed already', 2, 5 * HOUR, false],
  ])('%s', (_name, openHours, late, posted) => {
    const plan = planSlot({ ...weekdays, openHours }, monday, monday + late)
    expect(plan.slot?.dueAt).toBe(posted ? monday : undefined)
    expect(plan.skipped).toEqual(posted ? [] : [monday])
    expect(plan.nextPostAt).toBe(tuesday)
  })

  it('counts the open hours of a late one from when it was due', () => {
    expect(planSlot({ ...weekdays, openHours: 8 }, monday, monday + 5 * HOUR).slot?.closesAt).toBe(
      monday + 8 * HOUR,
    )
  })

  it('posts the latest alone after days without the bot', () => {
    const plan = planSlot(weekdays, monday, monday + 2 * DAY + HOUR)
    expect(plan.skipped).toEqual([monday, tuesday])
    expect(plan.slot).toEqual({ dueAt: monday + 2 * DAY, date: '2026-11-25', closesAt: monday + 3 * DAY })
  })

  it('posts the next one in the very moment it comes, and skips the one before', () => {
    expect(planSlot(weekdays, monday, tuesday)).toMatchObject({
      slot: { dueAt: tuesday },
      skipped: [monday],
      nextPostAt: tuesday + DAY,
    })
  })

  it('skips them all when even the latest is too late', () => {
    const plan = planSlot({ ...weekdays, openHours: 2 }, monday, tuesday + 2 * HOUR)
    expect(plan).toEqual({ slot: undefined, skipped: [monday, tuesday], nextPostAt: monday + 2 * DAY })
  })

  it('dates it by the day of the team, not of UTC', () => {
    const kiritimati = schedule('Pacific/Kiritimati', '08:00')
    expect(planSlot(kiritimati, at('2026-11-22T18:00Z'), at('2026-11-22T18:00Z')).slot?.date).toBe(
      '2026-11-23',
    )
  })

  it('takes each slot once, and never leaves one open beside the next', () => {
    fc.assert(
      fc.property(
        scheduled,
        fc.integer({ min: 0, max: 12 * DAY }),
        ({ place: { zone, now: start }, ...rest }, down) => {
          const team = { zone, ...rest }
          const due = nextSlot(team, start)
          const now = due + down
          const plan = planSlot(team, due, now)
          const taken = [...plan.skipped, ...(plan.slot ? [plan.slot.dueAt] : [])]
          expect(taken).toEqual(slots(team, start, taken.length))
          expect(plan.nextPostAt).toBe(nextSlot(team, now))
          if (!plan.slot) return
          expect(plan.slot.closesAt).toBe(Math.min(plan.slot.dueAt + rest.openHours * HOUR, plan.nextPostAt))
          if (now - plan.slot.dueAt > ON_TIME_MS)
            expect(plan.slot.closesAt - now).toBeGreaterThanOrEqual(WORTH_POSTING_MS)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('dates and periods', () => {
  it.each([
    ['2026-11-23T10:30Z', 'Pacific/Kiritimati', '2026-11-24'],
    ['2026-11-23T10:30Z', 'Pacific/Pago_Pago', '2026-11-22'],
    ['2026-11-22T23:30Z', 'Europe/Berlin', '2026-11-23'],
    ['2028-02-29T12:00Z', 'UTC', '2028-02-29'],
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31'],
  ])('%s in %s is %s', (moment, zone, date) => {
    expect(localDate(at(moment), zone)).toBe(date)
  })

  it('a season is the month of the date', () => {
    expect([season('2026-11-30'), season('2026-12-01')]).toEqual(['2026-11', '2026-12'])
  })

  it.each([
    ['2026-11-23', '2026-W48'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2026-12-31', '2026-W53'],
    ['2027-01-03', '2026-W53'],
    ['2027-01-04', '2027-W01'],
    ['2028-02-29', '2028-W09'],
    ['2023-01-01', '2022-W52'],
  ])('%s is in the week %s', (date, week) => {
    expect(isoWeek(date)).toBe(week)
  })

  it('a week is that of its Thursday, counted from the first Thursday of the year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => {
        const date = new Date(day * DAY)
        const thursday = new Date(day * DAY + (4 - (date.getUTCDay() || 7)) * DAY)
        const nth =
          Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY)) + 1
        expect(isoWeek(date.toISOString().slice(0, 10))).toBe(
          `${thursday.getUTCFullYear()}-W${`${nth}`.padStart(2, '0')}`,
        )
      }),
    )
  })

  it.each([
    ['2026-11', 'Europe/Berlin', '2026-11-30T23:00Z'],
    ['2026-12', 'Europe/Berlin', '2026-12-31T23:00Z'],
    ['2026-03', 'Europe/Berlin', '2026-03-31T22:00Z'],
    ['2028-02', 'UTC', '2028-03-01T00:00Z'],
    ['2026-11', 'Pacific/Kiritimati', '2026-11-30T10:00Z'],
    ['2026-11', 'Pacific/Pago_Pago', '2026-12-01T11:00Z'],
    ['2011-12', 'Pacific/Apia', '2011-12-31T10:00Z'],
  ])('the season %s ends in %s at %s', (month, zone, end) => {
    expect(iso(seasonEnd(month, zone))).toBe(end)
  })

  it('a season ends with its last moment of the zone', () => {
    fc.assert(
      fc.property(zoneAndMoment, ({ zone, now }) => {
        const month = season(localDate(now, zone))
        const end = seasonEnd(month, zone)
        expect(end).toBeGreaterThan(now)
        expect(season(localDate(end - 1, zone))).toBe(month)
        expect(season(localDate(end, zone)) > month).toBe(true)
      }),
    )
  })

  it('a span means the period that it is now, in the zone', () => {
    const newYear = at('2026-12-31T23:30Z')
    expect(
      (['week', 'season', 'all-time'] as const).map((span) => periodNow(span, newYear, 'Europe/Berlin')),
    ).toEqual(['2026-W53', '2027-01', 'all'])
    expect(periodNow('season', newYear, 'America/New_York')).toBe('2026-12')
  })
})

describe('a time of day, as people type it', () => {
  it.each([
    ['9:00', 540],
    ['09:00', 540],
    ['09.30', 570],
    [' 21:30 ', 1290],
    ['00:00', 0],
    ['23:59', 1439],
    ['9am', 540],
    ['9 AM', 540],
    ['9:30 pm', 1290],
    ['12am', 0],
    ['12:15 am', 15],
    ['12pm', 720],
  ])('%s', (text, minute) => {
    expect(parseTime(text)).toBe(minute)
  })

  it.each(['', '9', '24:00', '12:60', '13pm', '0am', '9:5', '-1:00', '9:00:00', 'noon', '٩:٠٠', '9:00 xm'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseTime(text)).toThrow(
        new UserError('The time of day should look like 09:00, 21:30 or 9am.'),
      )
    },
  )

  it('gives back every minute of the day', () => {
    for (let minute = 0; minute < 1440; minute++) {
      const text = `${Math.floor(minute / 60)}:${`${minute % 60}`.padStart(2, '0')}`
      expect(parseTime(text)).toBe(minute)
    }
  })
})

describe('a time zone, as people type it', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['  EUROPE/BERLIN ', 'Europe/Berlin'],
    ['berlin', 'Europe/Berlin'],
    ['New York', 'America/New_York'],
    ['america/new york', 'America/New_York'],
    ['utc', 'UTC'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['kolkata', 'Asia/Kolkata'],
    ['Kyiv', 'Europe/Kyiv'],
    ['us/eastern', 'America/New_York'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
  ])('%s', (text, zone) => {
    expect(parseZone(text)).toBe(zone)
  })

  it('is taken in its own spelling, whatever the case', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) expect(parseZone(zone.toLowerCase())).toBe(zone)
  })

  it.each([
    ['', 'That is not a time zone. It should look like Europe/Berlin or America/New_York.'],
    ['Atlantis', 'That is not a time zone. Did you mean '],
    ['Mars/Olympus', 'That is not a time zone. It should look like Europe/Berlin or America/New_York.'],
    ['+05:30', 'That is not a time zone. It should look like Europe/Berlin or America/New_York.'],
    ['../../etc/passwd', 'That is not a time zone. It should look like Europe/Berlin or America/New_York.'],
    ['Berlinn', 'That is not a time zone. Did you mean Europe/Berlin?'],
    ['x'.repeat(5000), 'That is not a time zone. It should look like Europe/Berlin or America/New_York.'],
  ])('refuses "%.20s"', (text, message) => {
    expect(() => parseZone(text)).toThrow(message)
  })

  it('never answers with a zone in which no slot can be found', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('cet', 'etc/utc', 'gb/eire', 'us/pacific', 'a/b')),
        (text) => {
          try {
            expect(nextSlot(schedule(parseZone(text), '09:00'), 0)).toBeGreaterThan(0)
          } catch (error) {
            expect(error).toBeInstanceOf(UserError)
          }
        },
      ),
    )
  })
})
