import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { createFleet } from '../../src/store/fleet.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'

const url = () => {
  const database = inject('database')
  if (!('url' in database)) throw new Error('this test needs a Postgres')
  return database.url
}
const shard = { kind: 'shard', n: 7 } as const

let fleets: ReturnType<typeof createFleet>[]
const one = () => {
  const made = createFleet(url())
  fleets.push(made)
  return made
}
beforeEach(() => {
  fleets = []
})
afterEach(async () => {
  for (const fleet of fleets) await fleet.close()
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
    expect(await first.take(shard)).toBe(true)
    expect(await first.take(shard)).toBe(true)
    expect(await second.take(shard)).toBe(false)
    await first.drop(shard)
    expect(await second.take(shard)).toBe(true)
    expect(await first.take(shard)).toBe(false)
    await second.close()
    await until(async () => (await first.take(shard)) || undefined)
  })

  it('tell how many processes there are, and what each has', async () => {
    const [first, second] = [one(), one()]
    for (const fleet of [first, second]) expect(await fleet.take({ kind: 'process', n: 0 })).toBe(true)
    await first.take(shard)
    const seen = (await second.marks()).map(({ kind, n, own }) => `${kind} ${n} ${own}`).sort()
    expect(seen).toEqual(['process 0 false', 'process 0 true', 'shard 7 false'])
  })

  it('are taken again when the connection was lost, unless another process was faster', async () => {
    const first = one()
    await first.take(shard)
    await first.take({ kind: 'process', n: 0 })
    await cut()
    await until(async () => ((await first.marks().catch(() => [])).length === 2 ? true : undefined))
    await cut()
    const second = one()
    await until(async () => (await second.take(shard).catch(() => false)) || undefined)
    await until(async () => {
      const marks = await first.marks().catch(() => [])
      return marks.some((m) => m.kind === 'process') && marks.filter((m) => m.kind === 'shard').every((m) => !m.own) ? true : undefined
    })
  })

  it('cannot be known while the database is away', async () => {
    const fleet = createFleet('postgresql://nobody@127.0.0.1:9/none')
    await expect(fleet.marks()).rejects.toThrow()
    await expect(fleet.take(shard)).rejects.toThrow()
    await fleet.close()
  })
})
