/** What is being answered right now, so that a process that ends can wait for it. */
export interface Pending {
  during<T>(work: Promise<T>): Promise<T>
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>
}

export function createPending(): Pending {
  const open = new Set<Promise<unknown>>()
  return {
    during(work) {
      open.add(work)
      const done = () => void open.delete(work)
      work.then(done, done)
      return work
    },
    async settled() {
      while (open.size > 0) await Promise.allSettled(open)
    },
  }
}
