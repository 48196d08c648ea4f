/** Measures ten thousand teams due at the same minute: planned and claimed, without a platform. */
import { performance } from 'node:perf_hooks'
import type { Deps } from '../src/bot/deps.js'
import { openPacks } from '../src/bot/packs.js'
import { noMetrics } from '../src/bot/ports/metrics.js'
import type { Store } from '../src/bot/ports/store.js'
import { planDue } from '../src/bot/rounds/plan.js'
import type { Bank } from '../src/content/bank.js'
import { readInWorker } from '../src/content/read-in-worker.js'
import { createQuestionFiles } from '../src/server/question-files.js'
import { createStore } from '../src/store/store.js'
import { type Line, times } from './measure.js'
import type { Scratch } from './scratch.js'

const TEAMS = 10_000
/** The number of rounds that a tick claims at a time. */
const CLAIM = 10
const LEASE_MS = 60_000
const NOW = Date.parse('2026-11-02T08:00:05Z')

export async function benchTick({ database }: Scratch, bank: Bank): Promise<Line[]> {
  await database.pool.query('truncate workspace restart identity cascade')
  await database.pool.query(
    `insert into workspace (platform, external) select 'bench', i::text from generate_series(1, ${TEAMS}) i`,
  )
  await database.pool.query(
    `insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin, next_post_at)
     select i, 'c', 'Team ' || i, $1, 'UTC', 480, '{1,2,3,4,5}', 12, 1, '{}', '0', '2026-11-02T08:00Z' from generate_series(1, ${TEAMS}) i`,
    [bank.pack.id],
  )
  // The empty tables are left out, since the planner would treat them as empty from then on.
  await database.pool.query('vacuum analyze workspace, team')
  const store = createStore(database)
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const deps: Deps = {
    ...{
      ...openPacks([bank]),
      files: createQuestionFiles(readInWorker),
      store,
      countsToRedraw: new Set<number>(),
      chats: new Map(),
      log,
      metrics: noMetrics,
    },
    clock: () => NOW,
    random: Math.random,
  }
  const before = await selects(store)
  const began = performance.now()
  const planned = await planDue(deps)
  const planSeconds = (performance.now() - began) / 1000
  const claimed = await claimAll(store)
  const seconds = (performance.now() - began) / 1000
  if (planned !== TEAMS || claimed !== TEAMS)
    throw new Error(`planned ${planned} and claimed ${claimed} of ${TEAMS} teams`)
  const trips = (before + (await selects(store))) / 2
  const many = `${TEAMS.toLocaleString('en-US')} teams due at once`
  const against = (its: number) =>
    `a select 1 for each of them: ${trips.toFixed(2)} s; ratio ${(its / trips).toFixed(2)}`
  return [
    { what: `tick, ${many}, planned`, figure: `${planSeconds.toFixed(2)} s`, against: against(planSeconds) },
    {
      what: `tick, ${many}, planned and claimed`,
      figure: `${seconds.toFixed(2)} s`,
      against: against(seconds),
    },
  ]
}

/** Returns the seconds that a `select 1` for each team would take, estimated from a twentieth of them. */
async function selects(store: Store): Promise<number> {
  return ((await times(TEAMS / 20, () => store.ping())).reduce((a, b) => a + b, 0) * 20) / 1000
}

async function claimAll(store: Store): Promise<number> {
  let total = 0
  for (;;) {
    const claimed = await store.claimDeliveries(NOW, LEASE_MS, CLAIM, ['bench'])
    if (claimed.length === 0) return total
    total += claimed.length
  }
}
