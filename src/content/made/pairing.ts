/** What there is now, paired with what there was last time. */
import { grouped } from '../../core/grouped.js'

export interface Step<Now, Then> {
  readonly now: (one: Now) => string
  readonly before: (one: Then) => string
  /** Whether several with the same mark are paired in their order; else none of them is. */
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
    for (const [mark, places] of grouped(open, ([, one]) => step.now(one))) {
      const those = known.get(mark) ?? []
      if (!step.inOrder && places.length + those.length > 2) continue
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
