import { expect, it } from 'vitest'
import { readDate } from '../../src/core/date-text.js'

const TODAY = '2026-11-29'

it.each([
  ['2027-02-15', '2027-02-15'],
  ['2027/2/5', '2027-02-05'],
  ['15 Feb', '2027-02-15'],
  ['15 feb.', '2027-02-15'],
  ['15th of February, 2028', '2028-02-15'],
  ['Feb 15', '2027-02-15'],
  ['Sept 1', '2027-09-01'],
  ['29 Nov', '2026-11-29'],
  ['28 Nov', '2027-11-28'],
  ['29 Feb', '2028-02-29'],
  ['in 6 weeks', '2027-01-10'],
  ['in six weeks', '2027-01-10'],
  ['3 months', '2027-02-28'],
  ['in a year', '2027-11-29'],
  ['  Tomorrow ', '2026-11-30'],
])('%s is %s', (typed, date) => {
  expect(readDate(typed, TODAY)).toBe(date)
})

it.each([
  '',
  '31 April',
  '2027-02-30',
  '15',
  'Febtober 3',
  'in many weeks',
  '15.02.2027',
  'next week',
  '0 Feb',
  '-1 Mar',
])('"%s" is none', (typed) => {
  expect(readDate(typed, TODAY)).toBeUndefined()
})
