/**
 * Manages the gateway connections of this process: its share of the shards, each a client of its own.
 * Processes agree by cluster locks. A shard that changes hands is connected in its new process before its old
 * one lets go, so that no press is lost in between. The rolling restart without a gap that
 * `docs/operations.md` promises depends on it (`tests/faults/shards.test.ts`): one lock with a standby would
 * lose presses for up to 15 seconds, and would leave all shards to one process.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type Client, Status } from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { ClusterLock, ClusterLocks } from './cluster-locks.js'

export interface ShardsDeps {
  readonly locks: ClusterLocks
  /** The recommended number of shards, and how many may identify within five seconds. */
  readonly recommended: { readonly shards: number; readonly starts: number }
  /**
   * Resolves when the shard is connected and its servers are known; a rejected connection may be tried again.
   */
  readonly connect: (shard: number, total: number) => Promise<Client>
  /** Returns a monotonic time in milliseconds. */
  readonly clock: () => number
  readonly log: Log
}

export interface Shards {
  /** Checks which shards to take, hand over or take back; call it every few seconds. */
  beat(): Promise<void>
  /** Resolves when every shard that this process has taken is connected; rejects if one failed to. */
  connected(): Promise<void>
  clients(): readonly Client[]
  readonly processes: number
  readonly total: number
  works(): boolean
  /** Stops taking shards, since Discord refuses every further connection. */
  giveUp(): void
  /** Hands over to the other processes, if there are any, and closes. */
  stop(): Promise<void>
}

interface Held {
  readonly opening: Promise<Client>
  client: Client | undefined
  readonly openedAt: number
  /** The time since when other processes may take it. */
  offeredAt: number | undefined
}

/** Packs two numbers into one: the number of shards, and which of them it is. */
const SPAN = 2 ** 16
const IDENTIFY_MS = 5000
/** An offer that nobody took within this time is taken back. */
const OFFER_MS = 30_000
/** A process that ends waits at most this long for another to connect. */
const HANDOVER_MS = 7000
const LOOK_MS = 250
/** The maximum time for connecting, which takes some seconds. */
const OPENING_MS = 30_000

export function createShards({ locks, recommended, connect, clock, log }: ShardsDeps): Shards {
  const held = new Map<number, Held>()
  const state = { total: recommended.shards, processes: 1, stopped: false, failing: false, givenUp: false }
  const mark = (kind: 'shard' | 'ready', shard: number): ClusterLock => ({
    kind,
    n: state.total * SPAN + shard,
  })
  const readyElsewhere = (marks: Marks, shard: number) => has(marks, mark('ready', shard), false)

  /** Serialises looks: two at the same time would take one shard twice. */
  let line: Promise<void> = Promise.resolve()
  function beat(): Promise<void> {
    line = line.then(look, look)
    return line
  }

  async function look(): Promise<void> {
    if (state.stopped) return
    await locks.acquire({ kind: 'process', n: 0 })
    const marks = await locks.marks()
    state.processes = Math.max(1, marks.filter((one) => one.kind === 'process').length)
    for (const [shard, { client }] of held) if (client) await locks.acquire(mark('ready', shard))
    await agree(marks)
    await letGo(marks)
    if (!state.givenUp) await takeFree(marks)
  }

  /**
   * The number of shards changes only when nobody serves any: processes that differ would both receive events
   * of one server.
   */
  async function agree(marks: Marks): Promise<void> {
    const totals = marks.filter((one) => one.kind === 'shard').map((one) => Math.floor(one.n / SPAN))
    const most = Math.max(0, ...totals)
    if (most === 0 || most === state.total) return
    for (const shard of [...held.keys()]) await close(shard)
    state.total = most
  }

  async function letGo(marks: Marks): Promise<void> {
    for (const [shard, one] of held) {
      const isOwn = has(marks, mark('shard', shard), true)
      if (readyElsewhere(marks, shard) && !isOwn) await close(shard)
      else if (
        one.offeredAt !== undefined &&
        clock() - one.offeredAt > OFFER_MS &&
        (await locks.acquire(mark('shard', shard)))
      )
        one.offeredAt = undefined
      else if (one.offeredAt === undefined && !isOwn && !(await locks.acquire(mark('shard', shard))))
        one.offeredAt = clock()
    }
    const kept = [...held].filter(([, one]) => one.offeredAt === undefined)
    for (const [shard, one] of kept.slice(share())) {
      log.info({ shard }, 'discord shard offered to another process')
      one.offeredAt = clock()
      await locks.release(mark('shard', shard))
    }
  }

  const share = () => Math.ceil(state.total / state.processes)
  const kept = () => [...held.values()].filter((one) => one.offeredAt === undefined).length

  async function takeFree(marks: Marks): Promise<void> {
    for (let shard = 0; shard < state.total && kept() < share(); shard++) {
      if (held.has(shard) || marks.some((one) => one.kind === 'shard' && one.n === mark('shard', shard).n))
        continue
      const starting: ClusterLock = { kind: 'starting', n: shard % recommended.starts }
      if (isStarting.has(starting.n) || !(await locks.acquire(starting))) continue
      const isTaken = await locks.acquire(mark('shard', shard)).catch(async (error) => {
        await released(starting)
        throw error
      })
      if (isTaken) open(shard, starting)
      else await released(starting)
    }
  }

  /** Discord limits how many identify within five seconds, over all processes. */
  const isStarting = new Set<number>()
  function open(shard: number, starting: ClusterLock): void {
    isStarting.add(starting.n)
    const opening = connect(shard, state.total)
    const pause = wait(recommended.starts >= state.total ? 0 : IDENTIFY_MS, undefined, { ref: false })
    const one: Held = { opening, client: undefined, openedAt: clock(), offeredAt: undefined }
    held.set(shard, one)
    opening
      .then(
        async (client) => {
          one.client = client
          state.failing = false
          if (state.stopped || held.get(shard) !== one) return client.destroy()
          await locks.acquire(mark('ready', shard))
          log.info({ shard, of: state.total, servers: client.guilds.cache.size }, 'discord shard connected')
        },
        async (error) => {
          log.error({ shard, error }, 'discord shard not connected, tried again in a moment')
          state.failing = true
          held.delete(shard)
          await locks.release(mark('shard', shard))
        },
      )
      .catch((error) => log.warn({ shard, error }, 'discord shard not marked'))
      .then(() => pause)
      .then(() => released(starting))
      .then(() => beat())
      .catch((error) => log.warn({ shard, error }, 'discord shards not looked after'))
  }

  /** Allows others to start a shard; if the locks cannot be reached, this lock ends with the connection. */
  async function released(starting: ClusterLock): Promise<void> {
    isStarting.delete(starting.n)
    await locks.release(starting).catch((error) => log.warn({ error }, 'discord shard not marked'))
  }

  /**
   * A shard that is connecting counts as working for as long as that may take: shards change hands whenever a
   * process comes or goes.
   */
  function isWell({ client, openedAt }: Held): boolean {
    if (!client) return clock() - openedAt < OPENING_MS
    return client.ws.shards.every((shard) => shard.status === Status.Ready)
  }

  async function close(shard: number): Promise<void> {
    const one = held.get(shard)
    held.delete(shard)
    await one?.client?.destroy()
    await locks.release(mark('shard', shard))
    await locks.release(mark('ready', shard))
    log.info({ shard }, 'discord shard let go')
  }

  async function handOver(): Promise<void> {
    for (const shard of held.keys()) await locks.release(mark('shard', shard))
    await locks.release({ kind: 'process', n: 0 })
    const until = clock() + HANDOVER_MS
    const isTaken = async () => {
      const marks = await locks.marks()
      const isAlone = !marks.some((one) => one.kind === 'process' && !one.own)
      return isAlone || [...held.keys()].every((shard) => readyElsewhere(marks, shard))
    }
    while (clock() < until && !(await isTaken())) await wait(LOOK_MS)
  }

  return {
    beat,
    async connected() {
      await Promise.all([...held.values()].map((one) => one.opening))
    },
    clients: () => [...held.values()].flatMap((one) => (one.client ? [one.client] : [])),
    get processes() {
      return state.processes
    },
    get total() {
      return state.total
    },
    giveUp() {
      state.givenUp = true
    },
    works: () => !state.failing && [...held.values()].every(isWell),
    async stop() {
      state.stopped = true
      await handOver().catch((error) => log.warn({ error }, 'discord shards not handed over'))
      for (const { client } of held.values()) await client?.destroy()
      await locks.close()
    },
  }
}

type Marks = Awaited<ReturnType<ClusterLocks['marks']>>

function has(marks: Marks, { kind, n }: ClusterLock, own: boolean): boolean {
  return marks.some((one) => one.kind === kind && one.n === n && one.own === own)
}
