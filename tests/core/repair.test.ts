import { expect, it } from 'vitest'
import { isAway } from '../../src/core/away.js'
import { repairable } from '../../src/core/repair.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const broken = { days: 5, at: 100 * DAY }

it('a streak can be repaired for 48 hours after it broke', () => {
  expect(repairable(broken, undefined, 100 * DAY)).toEqual({ kind: 'open', until: 102 * DAY })
  expect(repairable(broken, undefined, 102 * DAY - 1)).toMatchObject({ kind: 'open' })
  expect(repairable(broken, undefined, 102 * DAY)).toEqual({ kind: 'late' })
})

it('and once in 30 days', () => {
  expect(repairable(broken, 71 * DAY, 100 * DAY)).toEqual({ kind: 'spent', again: 101 * DAY })
  expect(repairable(broken, 71 * DAY, 101 * DAY)).toMatchObject({ kind: 'open' })
})

it('the first and the last day of an away time are away', () => {
  const times = [{ from: '2026-11-03', until: '2026-11-05' }]
  const days = ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06']
  expect(days.filter((day) => isAway(day, times))).toEqual(days.slice(1, 4))
})
