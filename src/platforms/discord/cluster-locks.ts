/** The locks by which the processes that serve one bot know about one another. */

/**
 * A lock of a process, by kind and number; several processes may hold the same `process` or `ready` at once.
 */
export interface ClusterLock {
  readonly kind: 'process' | 'shard' | 'starting' | 'ready'
  readonly n: number
}

/** Locks that end with the process that holds them, however it ends. */
export interface ClusterLocks {
  /** False if another process holds it, or if that is unknown. */
  acquire(mark: ClusterLock): Promise<boolean>
  release(mark: ClusterLock): Promise<void>
  /** Returns every lock of every process; rejects if they are unknown. */
  marks(): Promise<readonly (ClusterLock & { readonly own: boolean })[]>
  close(): Promise<void>
}

/** Locks for a process that is the only one. */
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
