/**
 * Figures that are read when Prometheus asks: the backlog in the database, its connections, and the version
 * of Cohort.
 */
import { readFileSync } from 'node:fs'
import { Gauge, type Registry } from 'prom-client'
import { DELIVERIES } from '../bot/ports/deliveries.js'
import type { Backlog } from '../bot/ports/upkeep.js'
import type { WorkspaceCounts } from '../bot/ports/workspaces.js'
import type { PackState } from './editions.js'

/** The numbers of connections in a `pg.Pool`. */
export interface Connections {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
  readonly options: { readonly max: number }
}

/** The names of round kinds in the figures, from the time before there were other deliveries. */
const ROUNDS: Partial<Record<Backlog['kind'], string>> = { round: 'post', reveal: 'close' }

/**
 * Returns a function that updates the backlog; `undefined`, if the database did not answer, removes the
 * figures.
 */
export function backlogGauges(
  registry: Registry,
): (backlog: readonly Backlog[] | undefined, platforms: readonly string[], now: number) => void {
  const gauge = (name: string, help: string, labelNames = ['platform']) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const gauges = {
    round: {
      count: gauge('cohort_rounds_to_post', 'Rounds that are due and not posted'),
      age: gauge(
        'cohort_rounds_to_post_age_seconds',
        'How long the oldest that no channel refuses has been due; 0 when there is none',
      ),
    },
    reveal: {
      count: gauge('cohort_rounds_to_close', 'Rounds whose time is over and that are not closed'),
      age: gauge(
        'cohort_rounds_to_close_age_seconds',
        'How long the oldest that no channel refuses has been over; 0 when there is none',
      ),
    },
    podium: {
      count: gauge(
        'cohort_seasons_to_close',
        'Seasons that are over, all their rounds closed, without their podium',
      ),
      age: gauge(
        'cohort_seasons_to_close_age_seconds',
        'How long the oldest that no channel refuses has been over; 0 when there is none',
      ),
    },
    notice: {
      count: gauge('cohort_notices_to_tell', 'Teams that are still to be told of a regrade'),
      age: gauge(
        'cohort_notices_to_tell_age_seconds',
        'How long the oldest that no channel refuses has waited; 0 when there is none',
      ),
    },
  }
  const waiting = gauge('cohort_deliveries_to_send', 'What is due to be said and is not out, by kind', [
    'platform',
    'kind',
  ])
  const refused = gauge(
    'cohort_rounds_refused',
    'Those to post or to close whose channel refuses them, until a person acts',
    ['platform', 'what'],
  )
  return (backlog, platforms, now) => {
    for (const one of [refused, waiting, ...Object.values(gauges).flatMap(({ count, age }) => [count, age])])
      one.reset()
    for (const platform of backlog ? platforms : [])
      for (const kind of DELIVERIES) {
        const found = backlog?.find((one) => one.platform === platform && one.kind === kind)
        const named = kind in gauges ? gauges[kind as keyof typeof gauges] : undefined
        const what = ROUNDS[kind]
        waiting.set({ platform, kind }, found?.count ?? 0)
        named?.count.set({ platform }, found?.count ?? 0)
        named?.age.set({ platform }, found?.since === undefined ? 0 : Math.max(0, now - found.since) / 1000)
        if (what) refused.set({ platform, what }, found?.refused ?? 0)
      }
  }
}

/** Returns a function that updates the figures of workspaces; `undefined` removes them. */
export function workspaceGauge(
  registry: Registry,
): (counts: readonly WorkspaceCounts[] | undefined, platforms: readonly string[]) => void {
  const gauge = new Gauge({
    name: 'cohort_workspaces',
    help: 'Workspaces that are there, removed and not deleted yet, with a refused token, paused for that',
    labelNames: ['platform', 'state'],
    registers: [registry],
  })
  return (counts, platforms) => {
    gauge.reset()
    for (const platform of counts ? platforms : []) {
      const found = counts?.find((one) => one.platform === platform)
      for (const state of ['here', 'removed', 'refused', 'paused'] as const)
        gauge.set({ platform, state }, found?.[state] ?? 0)
    }
  }
}

export function connectionGauges(registry: Registry, pool: Connections): void {
  for (const [name, help, read] of [
    ['cohort_database_connections', 'Open connections to the database', () => pool.totalCount],
    ['cohort_database_connections_idle', 'Open connections that nobody uses', () => pool.idleCount],
    [
      'cohort_database_connections_max',
      'Connections that this process opens at most',
      () => pool.options.max,
    ],
    ['cohort_database_waiting', 'Statements that wait for a connection', () => pool.waitingCount],
  ] as const) {
    const gauge: Gauge = new Gauge({ name, help, registers: [registry], collect: () => gauge.set(read()) })
  }
}

export function buildGauge(registry: Registry): void {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const info = new Gauge({
    name: 'cohort_build_info',
    help: 'Always 1; which Cohort on which Node',
    labelNames: ['version', 'node'],
    registers: [registry],
  })
  info.set({ version, node: process.versions.node }, 1)
}

export function packGauge(registry: Registry, counts: () => Readonly<Record<PackState, number>>): void {
  const gauge: Gauge = new Gauge({
    name: 'cohort_packs',
    help: 'Packs that this process serves, of which another content holds, and that are left out',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(counts())) gauge.set({ state }, count)
    },
  })
}
