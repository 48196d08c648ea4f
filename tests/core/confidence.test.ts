import { describe, expect, it } from 'vitest'
import { CALIBRATED_FROM, calibration, gradeOf, surestFirst } from '../../src/core/confidence.js'

describe('confidence', () => {
  it.each([
    [true, 'guess', 'hard'],
    [true, 'think', 'good'],
    [true, 'sure', 'good'],
    [true, undefined, 'good'],
    [false, 'guess', 'again'],
    [false, 'sure', 'again'],
    [false, undefined, 'again'],
  ] as const)('right %s and %s is %s to the memory', (right, confidence, grade) => {
    expect(gradeOf({ right, confidence })).toBe(grade)
  })

  it('is told back a level at a time, from thirty answers of it on', () => {
    const answers = (confidence: 'guess' | 'sure', right: number, all: number) =>
      Array.from({ length: all }, (_, i) => ({ confidence, right: i < right }))
    const unsaid = Array.from({ length: 99 }, () => ({ right: true }))
    const sure = answers('sure', 21, CALIBRATED_FROM)
    expect(calibration([...unsaid, ...sure.slice(1)])).toEqual([])
    expect(calibration([...unsaid, ...sure, ...answers('guess', 10, 40)])).toEqual([
      { confidence: 'sure', answered: 30, share: 0.7 },
      { confidence: 'guess', answered: 40, share: 0.25 },
    ])
  })

  it('puts misses of which somebody was sure first, and keeps the order of the rest', () => {
    const misses = [
      { id: 1, confidence: 'guess' as const },
      { id: 2, confidence: 'sure' as const },
      { id: 3 },
      { id: 4, confidence: 'sure' as const },
    ]
    expect(surestFirst(misses).map(({ id }) => id)).toEqual([2, 4, 1, 3])
  })
})
