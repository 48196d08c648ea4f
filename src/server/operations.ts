/** `/healthz`, `/readyz` and `/metrics`, for operators of the bot; they answer to any host name. */
import { Hono } from 'hono'
import { Gauge } from 'prom-client'
import type { Store } from '../bot/ports/store.js'
import type { WorkspaceCounts } from '../bot/ports/workspaces.js'
import { withTimeout } from '../platforms/timeout.js'
import type { PackState } from './editions.js'
import {
  backlogGauges,
  buildGauge,
  type Connections,
  connectionGauges,
  packGauge,
  workspaceGauge,
} from './gauges.js'
import type { Meter } from './metrics.js'

export interface OperationsDeps {
  readonly store: Store
  readonly pool: Connections
  readonly meter: Meter
  readonly clock: () => number
  /** The platforms that are on. */
  readonly platforms: readonly string[]
  /** Whether each of the other parts works that must work. */
  readonly parts: () => Readonly<Record<string, boolean>>
  readonly packCounts: () => Readonly<Record<PackState, number>>
  /** Features that are off, in words: they are shown, but nothing fails because of them. */
  readonly notes: () => Promise<Readonly<Record<string, string | undefined>>>
}

/** A part that answers more slowly counts as down. */
const PATIENCE_MS = 3000
/** Ticks come every ten seconds: after a minute without a successful one, nobody looks after rounds. */
const QUIET_MS = 60_000

const inTime = <T>(work: Promise<T>): Promise<T | undefined> =>
  withTimeout(
    PATIENCE_MS,
    work.catch(() => undefined),
  )

export function operations({
  store,
  pool,
  meter,
  clock,
  platforms,
  parts: others,
  notes,
  packCounts,
}: OperationsDeps): Hono {
  const { registry } = meter
  const up = new Gauge({
    name: 'cohort_up',
    help: '1 while the part works',
    labelNames: ['part'],
    registers: [registry],
  })
  const showBacklog = backlogGauges(registry)
  const showWorkspaces = workspaceGauge(registry)
  connectionGauges(registry, pool)
  buildGauge(registry)
  packGauge(registry, packCounts)
  for (const platform of platforms) meter.expect(platform)
  const routes = new Hono()

  async function parts(): Promise<Record<string, boolean>> {
    const all = {
      database: (await inTime(store.ping().then(() => true))) === true,
      rounds: meter.quiet() <= QUIET_MS,
      ...others(),
    }
    for (const [part, works] of Object.entries(all)) up.set({ part }, works ? 1 : 0)
    return all
  }

  /** Counts the workspaces of each platform that are paused because their tokens are refused. */
  async function paused(): Promise<WorkspaceCounts[]> {
    const counts = (await inTime(store.workspaceCounts())) ?? []
    return counts.filter((one) => platforms.includes(one.platform) && one.paused > 0)
  }

  routes.get('/healthz', async (c) => {
    const [all, some, said] = await Promise.all([parts(), paused(), inTime(notes())])
    // One paused workspace of many is for its own people to fix; if all of them are paused, nothing works.
    const none = some
      .filter(({ here, paused: off }) => here === off)
      .map(({ platform }) => [`${platform}Token`, false])
    const health = healthOf({ ...all, ...Object.fromEntries(none) })
    const named = some.length > 0 && {
      pausedByToken: Object.fromEntries(some.map((one) => [one.platform, one.paused])),
    }
    return c.json({ ...health, ...named, ...said }, health.status === 'ok' ? 200 : 503)
  })
  // A load balancer asks whether this process can serve Slack's requests: trouble elsewhere is no reason to
  // stop them.
  routes.get('/readyz', async (c) => {
    const { rounds, discord, ...needed } = await parts()
    const health = healthOf(needed)
    return c.json(health, health.status === 'ok' ? 200 : 503)
  })
  routes.get('/metrics', async (c) => {
    const now = clock()
    const [backlog, counts] = await Promise.all([
      inTime(store.backlog(now)),
      inTime(store.workspaceCounts()),
      parts(),
    ])
    showBacklog(backlog, platforms, now)
    showWorkspaces(counts, platforms)
    return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
  })
  return routes
}

function healthOf(parts: Readonly<Record<string, boolean>>) {
  const failed = Object.keys(parts).filter((part) => !parts[part])
  const states = Object.fromEntries(
    Object.entries(parts).map(([part, works]) => [part, works ? 'ok' : 'failed']),
  )
  return { status: failed.length === 0 ? 'ok' : 'failed', ...(failed.length > 0 && { failed }), ...states }
}
