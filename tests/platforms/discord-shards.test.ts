/** How processes share shards, on a fleet in memory that may be out of reach for a moment. */
import type { Client } from 'discord.js'
import { expect, it } from 'vitest'
import type { ClusterLock, ClusterLocks } from '../../src/platforms/discord/cluster-locks.js'
import { createShards } from '../../src/platforms/discord/shards.js'
import { until } from '../helpers/until.js'

/** Marks as a database would keep them, for processes that each hold their end. */
function createFleets() {
  const held: { mark: ClusterLock; by: number }[] = []
  const isShared = ({ kind }: ClusterLock) => kind === 'process' || kind === 'ready'
  const same = (a: ClusterLock, b: ClusterLock) => a.kind === b.kind && a.n === b.n
  let count = 0
  return {
    held,
    join(fails: (act: string, mark: ClusterLock) => boolean = () => false): ClusterLocks {
      const me = ++count
      const check = (act: string, mark: ClusterLock) => {
        if (fails(act, mark)) throw new Error('the database is away')
      }
      return {
        async acquire(mark) {
          check('take', mark)
          if (held.some((one) => one.by === me && same(one.mark, mark))) return true
          if (!isShared(mark) && held.some((one) => same(one.mark, mark))) return false
          held.push({ mark, by: me })
          return true
        },
        async release(mark) {
          check('drop', mark)
          const at = held.findIndex((one) => one.by === me && same(one.mark, mark))
          if (at >= 0) held.splice(at, 1)
        },
        marks: async () => held.map(({ mark, by }) => ({ ...mark, own: by === me })),
        async close() {
          for (let i = held.length - 1; i >= 0; i--) if (held[i]?.by === me) held.splice(i, 1)
        },
      }
    },
  }
}

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
/** As much of a client as the shards ask for; `open` has those that are connected, by process. */
function shardsOf(locks: ClusterLocks, open: Set<string>, name: string, total = 2) {
  const connect = async (shard: number) => {
    open.add(`${name} ${shard}`)
    const client = {
      guilds: { cache: new Map() },
      ws: { shards: [] },
      destroy: async () => void open.delete(`${name} ${shard}`),
    }
    return client as unknown as Client
  }
  return createShards({
    locks,
    recommended: { shards: total, starts: total },
    connect,
    clock: () => performance.now(),
    log,
  })
}

it('a database that is away while a shard connects keeps nobody from starting another, and the shard is known to be ready later', async () => {
  const fleets = createFleets()
  const open = new Set<string>()
  let failures = 1
  const first = shardsOf(
    fleets.join((act, { kind }) => act === 'take' && kind === 'ready' && failures-- > 0),
    open,
    'first',
  )
  await first.beat()
  await first.connected()
  await until(() => !fleets.held.some(({ mark }) => mark.kind === 'starting') || undefined)
  await first.beat()
  expect(fleets.held.filter(({ mark }) => mark.kind === 'ready')).toHaveLength(2)
  await first.stop()
})

it('two beats at the same moment take each shard once', async () => {
  const fleets = createFleets()
  const open = new Set<string>()
  const first = shardsOf(fleets.join(), open, 'first')
  await Promise.all([first.beat(), first.beat(), first.beat()])
  await first.connected()
  expect([...open].sort()).toEqual(['first 0', 'first 1'])
  await first.stop()
  expect(open.size).toBe(0)
})

it('a process that stops lets go only when another has its shards', async () => {
  const fleets = createFleets()
  const open = new Set<string>()
  const [first, second] = [shardsOf(fleets.join(), open, 'first'), shardsOf(fleets.join(), open, 'second')]
  await first.beat()
  await first.connected()
  await second.beat()
  const stopping = first.stop()
  const isSecondOn = () => [...open].filter((one) => one.startsWith('second')).length === 2
  await until(async () => {
    if (!isSecondOn()) expect([...open].filter((one) => one.startsWith('first'))).toHaveLength(2)
    await second.beat()
    return isSecondOn() || undefined
  })
  await stopping
  expect([...open].sort()).toEqual(['second 0', 'second 1'])
  await second.stop()
})
