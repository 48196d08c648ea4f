// @module-tag slow
/** A mock exam that is pressed, handed in and ended at the same moment, by several processes. */
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase, testDatabase } from '../helpers/database.js'
import { makeTeam, PLACE } from '../helpers/rounds.js'

const ANN = { ...PLACE, user: 'ann', name: 'Ann' }
const START = Date.parse('2026-01-05T08:00Z')
const ITEMS = 6
const facts = { pack: 'p', exam: 'e', length: 'full', minutes: 20 } as const

let store: Store
beforeEach(async () => {
  store = createStore(await emptyDatabase())
  await makeTeam(store)
})

async function begin(nth = 0): Promise<number> {
  const items = Array.from({ length: ITEMS }, (_, i) => ({
    ...{ question: `q${nth}-${i}`, version: 'v1', seed: i, item: 0, key: 'A', domain: 1 },
  }))
  const begun = await store.startExam(ANN, { ...facts, startedAt: START, items })
  if (typeof begun !== 'object') throw new Error('no exam was begun')
  return begun.id
}

it('what was answered at the last moment is an attempt, or was not taken: never one of the two alone', async () => {
  let taken = 0
  for (let nth = 0; nth < 40; nth++) {
    const id = await begin(nth)
    const press = (place: number) =>
      store.pressExam(ANN, id, { place, answer: 'A', shows: place, now: START + 1 })
    await Promise.all([
      ...Array.from({ length: ITEMS }, (_, place) => press(place)),
      store.handInExam(ANN, id, START + 2),
      store.handInExam(ANN, id, START + 2),
    ])
    const exam = await store.exam(ANN, id)
    const answered = exam?.items.filter(({ answer }) => answer !== undefined).map((one) => one.question) ?? []
    const attempts = (await store.attempts(ANN)).map(({ question }) => question)
    expect(attempts.filter((one) => one.startsWith(`q${nth}-`)).sort()).toEqual(answered.sort())
    taken += answered.length
  }
  expect(taken).toBeGreaterThan(0)
})

it('of several processes at its end one hands it in, and of several starts one begins', async () => {
  const id = await begin()
  const end = START + 20 * 60_000
  const other = createStore(await testDatabase())
  const over = await Promise.all([store, other, store, other].map((one) => one.handInOver(end)))
  expect(over.flat()).toEqual([id])
  const starts = await Promise.all(
    [store, other, store].map((one) => one.startExam(ANN, { ...facts, startedAt: end, items: [] })),
  )
  expect(starts.filter((one) => one === 'running')).toHaveLength(2)
})

it('the time goes to the item that was shown, up to the end', async () => {
  const id = await begin()
  const press = (place: number, shows: number, minute: number) =>
    store.pressExam(ANN, id, { place, shows, now: START + minute * 60_000 })
  await press(0, 1, 3)
  await press(1, 4, 4)
  await store.handInOver(START + 60 * 60_000)
  const spent = (await store.exam(ANN, id))?.items.map(({ spentMs }) => spentMs / 60_000)
  expect(spent).toEqual([3, 1, 0, 0, 16, 0])
  expect(await press(4, 5, 19)).toBe(false)
})
