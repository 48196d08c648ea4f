/** Micro-batching: items that wait at the same moment are processed in one call. */
export interface BatchRules<T, R> {
  /** Two items with the same key are never processed at the same time. */
  readonly key: (item: T) => string
  /** The most items in one call. */
  readonly most: number
  /** The most calls at a time; items that come meanwhile wait, and share the next call. */
  readonly acts: number
  /**
   * A call that takes longer no longer counts towards `acts`: it waits for something, and must not stall the
   * others.
   */
  readonly slowMs: number
  readonly alone: (item: T) => Promise<R>
  /** Returns one result per item, in their order; undefined for an item that has to be processed alone. */
  readonly together: (items: readonly T[]) => Promise<readonly (R | undefined)[]>
}

interface Waiting<T, R> {
  readonly item: T
  readonly name: string
  readonly resolve: (result: R | Promise<R>) => void
}

/** An item that comes when no call runs is processed at once, and alone. */
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

  /** Removes and returns the first items that may run now. */
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
