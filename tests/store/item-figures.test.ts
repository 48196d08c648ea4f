/** Abilities and items move once by each first answer, whatever falls in between. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { RatedItem } from '../../src/bot/ports/item-figures.js'
import type { Store } from '../../src/bot/ports/store.js'
import { NEWCOMER, type Rating, rated } from '../../src/core/items.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import { give, makeRound, makeTeam, PLACE, settleAll } from '../helpers/rounds.js'

const DAY = 86_400_000
const RATED: RatedItem = { pack: 'p', guess: 0.25, start: { value: 1, n: 0 } }
const itemOf = () => RATED

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

const LATER = Date.parse('2026-02-01T00:00Z')

/** Until nothing is left, so many at a time. */
async function rateAll(limit = 100, now = LATER): Promise<number> {
  for (let sum = 0; ; ) {
    const looked = (await store.countFirstAnswers(now, limit, itemOf)) ?? 0
    if (looked === 0) return sum
    sum += looked
  }
}

const abilities = async () =>
  (
    await database.pool.query(
      `select m.user_id as user, y.theta as value, y.n from ability y join member m on m.person_id = y.person_id order by 1`,
    )
  ).rows
const items = async () =>
  (await store.itemRatings('p')).map(({ question, value, n }) => ({ question, value, n })).sort(byQuestion)
const byQuestion = (a: { question: string }, b: { question: string }) => (a.question < b.question ? -1 : 1)

/** What comes of these first answers, one after the other. */
function expected(answers: readonly (readonly [user: string, question: string, right: boolean])[]) {
  const [people, all] = [new Map<string, Rating>(), new Map<string, Rating>()]
  for (const [user, question, right] of answers) {
    const both = rated(people.get(user) ?? NEWCOMER, all.get(question) ?? RATED.start, RATED.guess, right)
    people.set(user, both.person)
    all.set(question, both.item)
  }
  return {
    people: [...people].map(([user, rating]) => ({ user, ...rating })),
    items: [...all].map(([question, rating]) => ({ question, ...rating })).sort(byQuestion),
  }
}

const answers = (user: string, question: string, right: boolean, at = LATER - DAY) =>
  store.practise({
    ...{ ...PLACE, user, name: user, question, version: 'v1', seed: at % 1000, item: 0 },
    ...{ answer: right ? 'A' : 'B', right, now: at },
  })

/** Two rounds of one question each, answered by ann and ben, and practice. */
async function given() {
  const team = await makeTeam(store)
  const one = await makeRound(store, team, '2026-01-05')
  await give(store, 'ann', one, 'A')
  await give(store, 'ben', one, 'B')
  await answers('ann', 'q7', false)
  await answers('ann', 'q7', true, LATER - DAY + 1)
  await answers('ben', 'q0', true)
  return { team, one }
}
const FIRST = [
  ['ann', 'q0', true],
  ['ben', 'q0', false],
  ['ann', 'q7', false],
] as const

describe('counting answers', () => {
  it('moves a person and an item by first answers only, of rounds and of practice', async () => {
    await given()
    expect(await rateAll()).toBe(5)
    expect(await abilities()).toEqual(expected(FIRST).people)
    expect(await items()).toEqual(expected(FIRST).items)
  })

  it('comes to the same in pieces, and counts nothing twice', async () => {
    await given()
    expect(await rateAll(2)).toBe(5)
    expect(await rateAll()).toBe(0)
    await Promise.all([rateAll(1), rateAll(2)])
    expect(await items()).toEqual(expected(FIRST).items)
  })

  it('that falls leaves all as it was, and the next goes on from there', async () => {
    await given()
    await store.countFirstAnswers(LATER, 2, itemOf)
    const before = [await abilities(), await items()]
    const falls = async () =>
      store.countFirstAnswers(LATER, 100, ({ question }) => {
        if (question === 'q7') throw new Error('killed')
        return RATED
      })
    await expect(falls()).rejects.toThrow('killed')
    expect([await abilities(), await items()]).toEqual(before)
    await rateAll()
    expect(await items()).toEqual(expected(FIRST).items)
  })

  it('waits for answers that may still come before, and not for a wrong clock', async () => {
    await given()
    await answers('cid', 'q7', true, LATER - 60_000)
    await answers('cid', 'q8', true, LATER + 30 * DAY)
    expect(await rateAll()).toBe(5)
    expect(await rateAll(100, LATER + DAY)).toBe(2)
  })

  it('leaves out what is no longer in the content, and what was withdrawn', async () => {
    const { team } = await given()
    const two = await makeRound(store, team, '2026-01-06')
    await give(store, 'cid', two, 'B')
    const only = { team, version: 'v1' }
    const order = { question: 'q0', to: '*', current: undefined, why: 'w', now: two.at, apply: true, only }
    await store.regrade(order, () => ['*'])
    await store.countFirstAnswers(LATER, 100, ({ question }) => (question === 'q7' ? RATED : undefined))
    expect(await items()).toEqual(expected([['ann', 'q7', false]]).items)
    await database.pool.query('update item_cursor set stale = true')
    await rateAll()
    // Of q0 only the practice is left, which is not ben's first answer to it.
    expect(await items()).toEqual(expected([['ann', 'q7', false]]).items)
  })

  it('begins again after a regrade, and comes to what it would have been', async () => {
    await given()
    await rateAll()
    const order = { question: 'q0', to: 'v2', current: 'v2', why: 'w', now: LATER, apply: true }
    await store.regrade(order, () => ['B'])
    await rateAll()
    const anew = [
      ['ann', 'q0', false],
      ['ben', 'q0', true],
      ['ann', 'q7', false],
    ] as const
    expect(await abilities()).toEqual(expected(anew).people)
    expect(await items()).toEqual(expected(anew).items)
  })

  it('loses a person with their data, and nothing of the items', async () => {
    await given()
    await rateAll()
    const before = await items()
    await settleAll(store, database)
    await store.forgetMember({ ...PLACE, user: 'ann' })
    await rateAll()
    expect((await abilities()).map(({ user }) => user)).toEqual(['ben'])
    expect(await items()).toEqual(before)
    expect((await database.pool.query('select count(*)::int as n from person')).rows).toEqual([{ n: 1 }])
  })

  it('sets the mean of a pack to 0 once a week, and no chance changes', async () => {
    await given()
    await rateAll()
    const gap = async () => {
      const [[ann], all] = [await abilities(), await items()]
      return all.map(({ value }) => (ann?.value ?? 0) - value)
    }
    const before = await gap()
    await store.centreItems('2026-W05')
    const mean = (await items()).reduce((sum, { value }) => sum + value, 0)
    expect(mean).toBeCloseTo(0, 10)
    for (const [i, one] of (await gap()).entries()) expect(one).toBeCloseTo(before[i] ?? 0, 10)
    await answers('dan', 'q0', true)
    await rateAll()
    const moved = await items()
    await store.centreItems('2026-W05')
    expect(await items()).toEqual(moved)
    await store.centreItems('2026-W06')
    expect(await items()).not.toEqual(moved)
  })

  it('keeps flags for the reports of teams', async () => {
    await given()
    await rateAll()
    const key = { question: 'q0', version: 'v1', item: 0 }
    await store.saveFlags([{ ...key, flags: ['key', 'option'] }])
    expect(await store.suspectKeys('p')).toEqual(['q0'])
    await store.saveFlags([{ ...key, flags: ['option'] }])
    expect(await store.suspectKeys('p')).toEqual([])
  })
})
