import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClusterLocks } from '../../src/store/cluster-locks.js'
import { givenDatabase, testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'

const url = () => {
  const database = givenDatabase()
  if (!('url' in database)) throw new Error('this test needs a Postgres')
  return database.url
}
const shard = { kind: 'shard', n: 7 } as const

let fleets: ReturnType<typeof createClusterLocks>[]
const one = () => {
  const made = createClusterLocks(url())
  fleets.push(made)
  return made
}
beforeEach(() => {
  fleets = []
})
afterEach(async () => {
  for (const locks of fleets) await locks.close()
})

/** As the end of a process, or of the network, does. */
async function cut(): Promise<void> {
  const { pool } = await testDatabase()
  await pool.query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())",
  )
}

describe('marks of a fleet', () => {
  it('are for one process, until it drops them or ends', async () => {
    const [first, second] = [one(), one()]
    expect(await first.acquire(shard)).toBe(true)
    expect(await first.acquire(shard)).toBe(true)
    expect(await second.acquire(shard)).toBe(false)
    await first.release(shard)
    expect(await second.acquire(shard)).toBe(true)
    expect(await first.acquire(shard)).toBe(false)
    await second.close()
    await until(async () => (await first.acquire(shard)) || undefined)
  })

  it('tell how many processes there are, and what each has', async () => {
    const [first, second] = [one(), one()]
    for (const locks of [first, second]) expect(await locks.acquire({ kind: 'process', n: 0 })).toBe(true)
    await first.acquire(shard)
    const seen = (await second.marks()).map(({ kind, n, own }) => `${kind} ${n} ${own}`).sort()
    expect(seen).toEqual(['process 0 false', 'process 0 true', 'shard 7 false'])
  })

  it('are taken again when the connection was lost, unless another process was faster', async () => {
    const first = one()
    await first.acquire(shard)
    await first.acquire({ kind: 'process', n: 0 })
    await cut()
    await until(async () => ((await first.marks().catch(() => [])).length === 2 ? true : undefined))
    await cut()
    const second = one()
    await until(async () => (await second.acquire(shard).catch(() => false)) || undefined)
    await until(async () => {
      const marks = await first.marks().catch(() => [])
      return marks.some((m) => m.kind === 'process') &&
        marks.filter((m) => m.kind === 'shard').every((m) => !m.own)
        ? true
        : undefined
    })
  })

  it('cannot be known while the database is away', async () => {
    const locks = createClusterLocks('postgresql://nobody@127.0.0.1:9/none')
    await expect(locks.marks()).rejects.toThrow()
    await expect(locks.acquire(shard)).rejects.toThrow()
    await locks.close()
  })
})
