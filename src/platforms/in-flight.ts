/** Tracks work in flight, so that a process that ends can wait for it. */
export interface InFlight {
  track<T>(work: Promise<T>): Promise<T>
  /** Resolves when nothing is in flight any more. */
  drain(): Promise<void>
}

export function createInFlight(): InFlight {
  const open = new Set<Promise<unknown>>()
  return {
    track(work) {
      open.add(work)
      const done = () => void open.delete(work)
      work.then(done, done)
      return work
    },
    async drain() {
      while (open.size > 0) await Promise.allSettled(open)
    },
  }
}
