/** Folding: what waits at the same moment is done as one. */
export interface BatchRules<T, R> {
  /** No two with the same key are done together. */
  readonly key: (item: T) => string
  /** At most so many together. */
  readonly most: number
  /** So many acts at a time; what comes meanwhile waits, and goes together. */
  readonly acts: number
  /** An act that takes longer does not count any more: it waits for something, and must not stall another. */
  readonly slowMs: number
  readonly alone: (item: T) => Promise<R>
  /** Returns one result an item, in their order; undefined for what has to be done alone. */
  readonly together: (items: readonly T[]) => Promise<readonly (R | undefined)[]>
}

interface Waiting<T, R> {
  readonly item: T
  readonly name: string
  readonly resolve: (result: R | Promise<R>) => void
}

/** What comes when nothing is at work goes at once, and alone. */
export function createBatcher<T, R>({
  key,
  most,
  acts,
  slowMs,
  alone,
  together,
}: BatchRules<T, R>): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = []
  const atWork = new Set<string>()
  let running = 0

  /** The first of those that wait. */
  function take(): Waiting<T, R>[] {
    const taken: Waiting<T, R>[] = []
    const left: Waiting<T, R>[] = []
    for (const one of waiting) {
      if (taken.length === most || atWork.has(one.name)) left.push(one)
      else {
        atWork.add(one.name)
        taken.push(one)
      }
    }
    waiting = left
    return taken
  }

  function next(): void {
    while (running < acts) {
      const taken = take()
      if (taken.length === 0) return
      void run(taken)
    }
  }

  async function run(taken: readonly Waiting<T, R>[]): Promise<void> {
    let counts = true
    const leave = () => {
      if (counts) running--
      counts = false
      next()
    }
    running++
    const slow = setTimeout(leave, slowMs)
    await act(taken)
    clearTimeout(slow)
    for (const { name } of taken) atWork.delete(name)
    leave()
  }

  async function act(taken: readonly Waiting<T, R>[]): Promise<void> {
    const [first, ...more] = taken
    if (first && more.length === 0) {
      const result = alone(first.item)
      first.resolve(result)
      await result.catch(() => {})
      return
    }
    const done = together(taken.map(({ item }) => item))
    for (const [i, { item, resolve }] of taken.entries())
      resolve(done.then((results) => results[i] ?? alone(item)))
    await done.catch(() => {})
  }

  return (item) =>
    new Promise((resolve) => {
      waiting.push({ item, name: key(item), resolve })
      next()
    })
}
