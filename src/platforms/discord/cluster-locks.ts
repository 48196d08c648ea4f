/** What the processes that serve one bot have to know about one another. */

/** What a process may hold, by number; several processes may hold the same `process` or `ready` at once. */
export interface ClusterLock {
  readonly kind: 'process' | 'shard' | 'starting' | 'ready'
  readonly n: number
}

/** A lock ends with the process that holds it, however the process ends. */
export interface ClusterLocks {
  /** False when another process holds it, or when that cannot be known. */
  acquire(mark: ClusterLock): Promise<boolean>
  release(mark: ClusterLock): Promise<void>
  /** Every lock of every process; rejects when that cannot be known. */
  marks(): Promise<readonly (ClusterLock & { readonly own: boolean })[]>
  close(): Promise<void>
}

/** For a process that is the only one. */
export function singleProcessLocks(): ClusterLocks {
  const own = new Map<string, ClusterLock>()
  const keyOf = ({ kind, n }: ClusterLock) => `${kind} ${n}`
  return {
    acquire: async (mark) => own.set(keyOf(mark), mark).size > 0,
    release: async (mark) => void own.delete(keyOf(mark)),
    marks: async () => [...own.values()].map((mark) => ({ ...mark, own: true })),
    close: async () => own.clear(),
  }
}
