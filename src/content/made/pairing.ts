/** Pairs present items with previous ones. */
import { grouped } from '../../core/grouped.js'

export interface Step<Now, Then> {
  readonly now: (one: Now) => string
  readonly before: (one: Then) => string
  /**
   * If true, several items with the same mark are paired in their order; otherwise none of them is paired,
   * not even the last one left.
   */
  readonly inOrder: boolean
}

/** Runs the steps in order, each on the unpaired items. Returns undefined for new items. */
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

/** Returns whether several items have the mark, now or before, paired or not. */
function sharedMarks<Now, Then>(now: readonly Now[], then: readonly Then[], step: Step<Now, Then>) {
  const [here, there] = [grouped(now, step.now), grouped(then, step.before)]
  return (mark: string) => (here.get(mark)?.length ?? 0) > 1 || (there.get(mark)?.length ?? 0) > 1
}

/**
 * Pairs two items if each is the other's best match and no third matches as well. `score` is 0 for items that
 * cannot be paired.
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
