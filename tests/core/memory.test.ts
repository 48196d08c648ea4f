/** FSRS-6 a step at a time: a golden sequence, and what holds of every step. */

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dueAt, gain, type Memory, recall, remember } from '../../src/core/memory.js'
import { DAY_MS } from '../../src/core/time.js'

const START = Date.parse('2026-11-02T12:00:00Z')

function after(steps: readonly (readonly [number, 'again' | 'hard' | 'good'])[]): Memory {
  let memory: Memory | undefined
  for (const [day, grade] of steps) memory = remember(memory, START + day * DAY_MS, grade)
  if (!memory) throw new Error('nothing was answered')
  return memory
}

it('begins with what FSRS-6 gives for a first answer', () => {
  expect(after([[0, 'again']]).stability).toBeCloseTo(0.212, 3)
  expect(after([[0, 'hard']]).stability).toBeCloseTo(1.2931, 3)
  expect(after([[0, 'good']]).stability).toBeCloseTo(2.3065, 3)
})

it('nine of ten remember after its stability, and then it is due', () => {
  const memory = after([
    [0, 'good'],
    [3, 'good'],
  ])
  expect(recall(memory, dueAt(memory))).toBeCloseTo(0.9, 6)
})

it('counts answers and lapses; a first wrong answer is no lapse', () => {
  expect(
    after([
      [0, 'again'],
      [1, 'good'],
      [9, 'again'],
      [10, 'good'],
    ]),
  ).toMatchObject({ reps: 4, lapses: 1 })
})

it('never takes an answer for one from before the last', () => {
  const memory = after([[5, 'good']])
  expect(remember(memory, START, 'good').last).toBe(memory.last)
})

const grades = fc.constantFrom('again', 'hard', 'good')
it('a right answer never makes it weaker, a wrong one never stronger, and a good one is worth most', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(90), grades), { minLength: 1, maxLength: 12 }),
      fc.nat(60),
      (steps, days) => {
        const at = steps.map(([pause], i) => steps.slice(0, i).reduce((sum, [one]) => sum + one, pause))
        const memory = after(steps.map(([, grade], i) => [at[i] ?? 0, grade] as const))
        const now = memory.last + days * DAY_MS
        const [again, hard, good] = (['again', 'hard', 'good'] as const).map(
          (one) => remember(memory, now, one).stability,
        )
        expect(again).toBeLessThanOrEqual(memory.stability + 1e-6)
        expect(hard).toBeGreaterThanOrEqual(memory.stability - 1e-6)
        expect(good).toBeGreaterThanOrEqual((hard ?? 0) - 1e-6)
        expect(Number.isFinite(gain(memory, now, now + 30 * DAY_MS, 0.25))).toBe(true)
      },
    ),
  )
})
