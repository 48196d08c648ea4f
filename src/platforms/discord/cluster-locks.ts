/** The processes that serve one bot together, as far as they have to know of one another. */

/** What a process may have for itself, by number; `process` and `ready` several may have at once. */
export interface ClusterLock {
  readonly kind: 'process' | 'shard' | 'starting' | 'ready'
  readonly n: number
}

/** Marks end with the process that has them, however it ends. */
export interface ClusterLocks {
  /** False when another process has it, or when it cannot be known. */
  acquire(mark: ClusterLock): Promise<boolean>
  release(mark: ClusterLock): Promise<void>
  /** Every mark of every process; rejects when it cannot be known. */
  marks(): Promise<readonly (ClusterLock & { readonly own: boolean })[]>
  close(): Promise<void>
}

/** For a process that is the only one there can be. */
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
