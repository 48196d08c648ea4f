/** What there is now, paired with what there was last time. */
import { grouped } from '../../core/grouped.js'

export interface Step<Now, Then> {
  readonly now: (one: Now) => string
  readonly before: (one: Then) => string
  /** Whether several with the same mark are paired in their order; else none of them is, nor the last left of them. */
  readonly inOrder: boolean
}

/** Step by step, each for what is left of both. Undefined for what is new. */
export function paired<Now, Then>(
  now: readonly Now[],
  then: readonly Then[],
  steps: readonly Step<Now, Then>[],
): readonly (Then | undefined)[] {
  const found = now.map((): Then | undefined => undefined)
  const left = new Set(then)
  for (const step of steps) {
    if (left.size === 0) break
    const known = grouped([...left], step.before)
    const open = [...now.entries()].filter(([i]) => found[i] === undefined)
    const isShared = step.inOrder ? () => false : sharedMarks(now, then, step)
    for (const [mark, places] of grouped(open, ([, one]) => step.now(one))) {
      const those = known.get(mark) ?? []
      if (isShared(mark)) continue
      places.forEach(([place], i) => {
        const one = those[i]
        if (one === undefined) return
        found[place] = one
        left.delete(one)
      })
    }
  }
  return found
}

/** Whether several have the mark, now or then, paired or not. */
function sharedMarks<Now, Then>(now: readonly Now[], then: readonly Then[], step: Step<Now, Then>) {
  const [here, there] = [grouped(now, step.now), grouped(then, step.before)]
  return (mark: string) => (here.get(mark)?.length ?? 0) > 1 || (there.get(mark)?.length ?? 0) > 1
}

/**
 * Pairs those of which each is like the other and like no third as much. `score`: 0 for what is no pair at
 * all.
 */
export function nearest<Now, Then>(
  now: readonly Now[],
  then: readonly Then[],
  score: (one: Now, other: Then) => number,
): readonly (readonly [Now, Then])[] {
  const scores = now.map((one) => then.map((other) => score(one, other)))
  const best = (list: readonly number[]) => {
    const most = list.reduce((a, b) => Math.max(a, b), 0)
    return most > 0 && list.indexOf(most) === list.lastIndexOf(most) ? list.indexOf(most) : -1
  }
  const back = then.map((_other, k) => best(scores.map((row) => row[k] ?? 0)))
  return now.flatMap((one, i): [Now, Then][] => {
    const k = best(scores[i] ?? [])
    const other = then[k]
    return other !== undefined && back[k] === i ? [[one, other]] : []
  })
}
