/** A worker pool for work that is claimed from the database. */

export interface QueueWork<T> {
  /** The number of pieces that may be in progress at present. */
  readonly concurrency: () => number
  /** Claims up to `limit` pieces; an empty list means that nothing is left. */
  readonly claim: (limit: number) => Promise<readonly T[]>
  readonly work: (piece: T) => Promise<void>
  /** After it is aborted, nothing more is claimed; work in progress is finished. */
  readonly stop?: AbortSignal | undefined
}

/**
 * Claims and works until nothing is left. The next pieces are claimed as soon as half of the places are free,
 * so that a slow piece stalls no other. After an error nothing more is claimed; the first error is thrown
 * once all work in progress is done.
 */
export async function drainQueue<T>({ concurrency, claim, work, stop }: QueueWork<T>): Promise<void> {
  const busy = new Set<Promise<void>>()
  const errors: unknown[] = []
  const failed = (error: unknown): T[] => {
    errors.push(error)
    return []
  }
  const goesOn = () => errors.length === 0 && !stop?.aborted
  for (;;) {
    const pieces = goesOn() ? await claim(concurrency() - busy.size).catch(failed) : []
    for (const piece of pieces) {
      const done: Promise<void> = work(piece)
        .catch((error) => void errors.push(error))
        .finally(() => busy.delete(done))
      busy.add(done)
    }
    if (busy.size === 0) break
    await Promise.race(busy)
    while (busy.size > concurrency() / 2) await Promise.race(busy)
  }
  if (errors.length > 0) throw errors[0]
}
