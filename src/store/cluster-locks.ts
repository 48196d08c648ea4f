/**
 * Tells the processes on one Postgres apart by advisory locks on a connection of their own: the server
 * releases a lock the moment its process ends, even by kill -9. Shaped for
 * `platforms/discord/cluster-locks.ts`, which this folder does not import.
 */
import pg from 'pg'

type Kind = 'process' | 'shard' | 'starting' | 'ready'
interface ClusterLock {
  readonly kind: Kind
  readonly n: number
}

/** The first of the two numbers of an advisory lock, chosen for Cohort; the second is `n`. */
const CLASSES: Readonly<Record<Kind, number>> = {
  process: 72_707_401,
  shard: 72_707_402,
  starting: 72_707_403,
  ready: 72_707_404,
}
const SHARED: readonly Kind[] = ['process', 'ready']
const KINDS = new Map(Object.entries(CLASSES).map(([kind, number]) => [number, kind as Kind]))
/** These settings detect a vanished machine within half a minute. */
const SESSION = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'
const PATIENCE_MS = 5000

export function createClusterLocks(url: string) {
  let open: Promise<pg.Client> | undefined
  /** The connection that holds this process's locks. */
  let current: pg.Client | undefined
  /** The locks that this process wants, so that it can acquire them again on a new connection. */
  const wanted = new Map<string, ClusterLock>()
  const keyOf = ({ kind, n }: ClusterLock) => `${kind} ${n}`

  function client(): Promise<pg.Client> {
    open ??= connect().catch((error) => {
      open = undefined
      throw error
    })
    return open
  }

  async function connect(): Promise<pg.Client> {
    const made = new pg.Client({
      ...{ connectionString: url, options: SESSION, keepAlive: true },
      ...{ connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS },
    })
    let isGone = false
    const gone = () => {
      isGone = true
      if (current !== made) return
      current = undefined
      open = undefined
    }
    made.on('error', gone)
    made.on('end', gone)
    try {
      await made.connect()
      // A lock that another process has acquired meanwhile no longer belongs to this one: the next look shows
      // it.
      for (const mark of wanted.values()) if (!(await lock(made, mark))) wanted.delete(keyOf(mark))
      if (isGone) throw new Error('the connection was lost while it was made')
      current = made
      return made
    } catch (error) {
      // A connection that is only half set up would keep its locks from everybody, including this process.
      made.end().catch(() => {})
      throw error
    }
  }

  async function lock(db: pg.Client, { kind, n }: ClusterLock): Promise<boolean> {
    const name = SHARED.includes(kind) ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock'
    const { rows } = await db.query<{ taken: boolean }>(`select ${name}($1::int, $2::int) as taken`, [
      CLASSES[kind],
      n,
    ])
    return rows[0]?.taken === true
  }

  /** Drops a connection after a failure, with its locks; a new one acquires them again. */
  async function on<T>(work: (db: pg.Client) => Promise<T>): Promise<T> {
    const db = await client()
    try {
      return await work(db)
    } catch (error) {
      if (current === db) {
        current = undefined
        open = undefined
      }
      db.end().catch(() => {})
      throw error
    }
  }

  return {
    acquire(mark: ClusterLock): Promise<boolean> {
      return on(async (db) => {
        if (wanted.has(keyOf(mark))) return true
        const taken = await lock(db, mark)
        if (taken) wanted.set(keyOf(mark), mark)
        return taken
      })
    },
    async release(mark: ClusterLock): Promise<void> {
      if (!wanted.delete(keyOf(mark))) return
      const name = SHARED.includes(mark.kind) ? 'pg_advisory_unlock_shared' : 'pg_advisory_unlock'
      await on((db) => db.query(`select ${name}($1::int, $2::int)`, [CLASSES[mark.kind], mark.n]))
    },
    async marks(): Promise<(ClusterLock & { own: boolean })[]> {
      const { rows } = await on((db) =>
        db.query<{ class: string; n: string; own: boolean }>(MARKS, [Object.values(CLASSES)]),
      )
      return rows.flatMap((row) => {
        const kind = KINDS.get(Number(row.class))
        return kind ? [{ kind, n: Number(row.n), own: row.own }] : []
      })
    },
    async close(): Promise<void> {
      wanted.clear()
      const db = await open?.catch(() => undefined)
      await db?.end()
    },
  }
}

/** `objsubid` 2 marks a lock of two numbers. */
const MARKS = `select classid::text as class, objid::text as n, pid = pg_backend_pid() as own from pg_locks
  where locktype = 'advisory' and objsubid = 2 and granted and classid::bigint = any($1::bigint[])
    and database = (select oid from pg_database where datname = current_database())`
