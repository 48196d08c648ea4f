/** Away times: days that are no scheduled days, the first and the last of them too. */

import { beforeEach, describe, expect, it } from 'vitest'
import { afterFirstAnswer } from '../helpers/answerable.js'
import { type Bot, labelsOf, type Person, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { give, makeRound, makeTeam, PLACE, recordClosed } from '../helpers/rounds.js'

const ann = { ...PLACE, user: 'ann' }

describe('what people say about it', () => {
  let bot: Bot
  let person: Person
  beforeEach(async () => {
    ;({ bot, person } = await afterFirstAnswer())
  })

  it('begins today, and ends with the day that is named', async () => {
    await person.says('/study away until 5 Jan')
    expect(person.sees).toContain('Away until Tuesday 5 January')
    expect(person.sees).toContain('From Monday 2 November')
    await person.says('/study away')
    expect(person.sees).toContain('Away until Tuesday 5 January')
    await person.says('/study status')
    expect(person.sees).toContain('Away: until Tuesday 5 January')
    await person.presses('I am back')
    expect(person.sees).toContain('Welcome back')
    await person.says('/study away')
    expect(person.sees).toContain('You are not away')
    expect((await (await testDatabase()).pool.query('select from away')).rows).toEqual([])
  })

  it('is changed by saying it again', async () => {
    await person.says('/study away in 2 weeks')
    await bot.at('2026-11-04T09:00Z')
    await person.says('/study away until tomorrow')
    expect(await bot.store.awayTimes(ann, '2026-01-01')).toEqual([
      { from: '2026-11-02', until: '2026-11-05' },
    ])
    await person.says('/study away off')
    expect(await bot.store.awayTimes(ann, '2026-01-01')).toEqual([
      { from: '2026-11-02', until: '2026-11-03' },
    ])
    await person.says('/study away off')
    expect(person.sees).toContain('You are not away')
  })

  it.each([
    ['/study away until whenever', 'no date that I can read'],
    ['/study away until 2026-11-01', 'has passed'],
    ['/study away until 2027-02-02', '92 days at most'],
  ])('%s is refused', async (line, why) => {
    await person.says(line)
    expect(person.sees).toContain(why)
    expect(await bot.store.awayTimes(ann, '2026-01-01')).toEqual([])
  })

  it('is for members', async () => {
    const ben = bot.person('ben')
    await ben.says('/study away until tomorrow')
    expect(ben.sees).toContain('Nothing is stored about you here')
    expect(labelsOf(ben.card)).toEqual([])
  })

  it('stands in the export, and goes with the member', async () => {
    await person.says('/study away until tomorrow')
    const found = await bot.store.exportMember(ann)
    const pages = []
    for await (const page of found?.pages ?? []) pages.push(page)
    expect(pages.find(({ name }) => name === 'away')?.rows).toMatchObject([
      { fromOn: '2026-11-02', untilOn: '2026-11-03' },
    ])
    await person.says('/study forget-me')
    await person.presses('Delete it all')
    expect((await (await testDatabase()).pool.query('select from away')).rows).toEqual([])
  })
})

describe('a streak', () => {
  let bot: Bot
  let team: number
  const date = (day: number) => `2026-01-${String(day).padStart(2, '0')}`
  beforeEach(async () => {
    bot = await startBot()
    team = await makeTeam(bot.store)
  })

  /** A round of that day, closed, with the answers of these. */
  async function day(of: number, ...users: readonly string[]) {
    const round = await makeRound(bot.store, team, date(of))
    const results = []
    for (const user of users) results.push(await give(bot.store, user, round, 'A'))
    await recordClosed(bot.store, round.id, 'r')
    return results[0]
  }
  const streak = (on: number) => bot.store.streak(ann, team, date(on))

  it('is not broken by away days, the first and the last too, and uses no freeze', async () => {
    for (const one of [1, 2, 3, 4, 5, 6, 7]) await day(one, 'ann')
    expect(await streak(7)).toMatchObject({ days: 7, freezes: 1 })
    await bot.store.setAway(ann, { from: date(8), until: date(12) }, 0)
    for (const one of [8, 9, 10, 11, 12]) await day(one, 'ben')
    expect(await streak(12)).toMatchObject({ days: 7, missed: 0, freezes: 1, broken: undefined })
    expect(await day(13, 'ann')).toMatchObject({ streak: { days: 8, freezes: 1 }, lostDays: 0 })
  })

  it.each([
    ['the day before it', { from: 9, until: 10 }],
    ['the day after it', { from: 8, until: 9 }],
  ])('counts %s', async (_name, { from, until }) => {
    for (const one of [6, 7]) await day(one, 'ann')
    await bot.store.setAway(ann, { from: date(from), until: date(until) }, 0)
    for (const one of [8, 9, 10]) await day(one, 'ben')
    expect(await streak(10)).toMatchObject({ days: 2, missed: 1 })
    expect(await day(11, 'ann')).toMatchObject({ streak: { days: 1 }, lostDays: 2 })
  })

  it('does not go on for the away time of somebody else', async () => {
    for (const one of [1, 2]) await day(one, 'ann', 'ben')
    await bot.store.setAway({ ...PLACE, user: 'ben' }, { from: date(3), until: date(3) }, 0)
    await day(3, 'cy')
    expect(await day(4, 'ann', 'ben')).toMatchObject({ streak: { days: 1 } })
    expect(await bot.store.streak({ ...PLACE, user: 'ben' }, team, date(4))).toMatchObject({ days: 3 })
  })

  it('and ten away days make nobody rest, while ten others do', async () => {
    await day(1, 'ann', 'ben', 'cy')
    await bot.store.setAway(ann, { from: date(2), until: date(10) }, 0)
    for (let one = 2; one <= 11; one++) await day(one, 'cy')
    expect((await bot.store.streak(ann, team, date(11)))?.rests).toBeUndefined()
    expect((await bot.store.streak({ ...PLACE, user: 'ben' }, team, date(11)))?.rests).toBe('quiet')
    for (let one = 12; one <= 19; one++) await day(one, 'cy')
    expect((await bot.store.streak(ann, team, date(19)))?.rests).toBeUndefined()
    await day(20, 'cy')
    expect((await bot.store.streak(ann, team, date(20)))?.rests).toBe('quiet')
  })

  it('that an answer finds broken is kept, with the close of the day that no freeze covered', async () => {
    for (const one of [1, 2, 3, 4, 5, 6, 7]) await day(one, 'ann')
    await bot.store.setAway(ann, { from: date(8), until: date(8) }, 0)
    for (const one of [8, 9, 10, 11]) await day(one, 'ben')
    expect(await day(12, 'ann')).toMatchObject({ streak: { days: 1, freezes: 0 }, lostDays: 7 })
    // The freeze covered the 9th.
    const at = Date.parse(`${date(10)}T20:00Z`)
    expect((await streak(12))?.broken).toEqual({ days: 7, last: date(7), at, isFollowed: true })
    expect(await day(13, 'ann')).toMatchObject({ streak: { days: 2 }, lostDays: 0 })
    expect((await streak(13))?.broken).toMatchObject({ days: 7, at })
  })
})
