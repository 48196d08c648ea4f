/** Figures about the bot and the platforms, for Prometheus. `docs/operations.md` explains each. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { AnswerResult } from '../bot/ports/answers.js'
import { DELIVERIES, type Delivery } from '../bot/ports/deliveries.js'
import type {
  DeliveryOutcome,
  Metrics,
  RequestKind,
  RequestOutcome,
  WorkspaceChange,
} from '../bot/ports/metrics.js'

export interface Meter extends Metrics {
  readonly registry: Registry
  /**
   * Starts every figure of a platform at zero, since a rate cannot see the first increment of a new series.
   */
  expect(platform: string): void
  /** Adds the numbers of rows that were deleted because of their age. */
  deleted(rows: Readonly<Record<(typeof DELETED)[number], number>>): void
  /**
   * Returns the milliseconds since a tick succeeded, or since a running one made progress with a round, on
   * the platform where that is longest ago.
   */
  quiet(): number
}

/** `clock`: the time in epoch milliseconds. `monotonic`: milliseconds since any moment, which never jump. */
export interface Clocks {
  readonly clock: () => number
  readonly monotonic: () => number
}

/** A round posted later than this, which is thirty ticks, counts as late. */
const LATE_MS = 5 * 60_000

const DELETED = [
  'attempts',
  'reports',
  'messages',
  'exams',
  'deliveries',
  'away',
  'members',
  'forms',
] as const
const KINDS: readonly RequestKind[] = ['command', 'press', 'select', 'submit', 'home', 'completion']
const REQUEST_OUTCOMES: readonly RequestOutcome[] = ['ok', 'mistake', 'limited', 'busy', 'bug']
const ROUND_OUTCOMES = ['posted', 'late', 'failed', 'skipped', 'closed'] as const
/** Maps the outcome of a delivery to that of its round. */
const ROUND_OUTCOME: Partial<
  Record<Delivery['kind'], Readonly<Record<DeliveryOutcome, (typeof ROUND_OUTCOMES)[number]>>>
> = {
  round: { sent: 'posted', failed: 'failed', dropped: 'skipped' },
  reveal: { sent: 'closed', failed: 'failed', dropped: 'closed' },
}
const DELIVERY_OUTCOMES: readonly DeliveryOutcome[] = ['sent', 'failed', 'dropped']
const CHANGES: readonly WorkspaceChange[] = [
  'removed',
  'returned',
  'missing',
  'refused',
  'paused',
  'accepted',
  'purged',
  'held',
]
const ANSWER_OUTCOMES: readonly AnswerResult['outcome'][] = [
  'recorded',
  'already',
  'closed',
  'spent',
  'unknown',
]

export function createMeter({ clock, monotonic }: Clocks): Meter {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'cohort_' })
  const counted = counters(registry)
  const timed = histograms(registry)
  const lastTick = new Gauge({
    name: 'cohort_tick_last_success_timestamp_seconds',
    help: 'When a tick went through last; 0 before the first',
    labelNames: ['platform'],
    registers: [registry],
  })
  for (const what of DELETED) counted.deleted.inc({ what }, 0)
  /** When deliveries on each platform last made progress. */
  const forward = new Map<string, number>()
  return {
    registry,
    stopwatch() {
      const began = monotonic()
      return () => monotonic() - began
    },
    delivery(platform, kind, outcome, late = 0) {
      counted.deliveries.inc({ platform, kind, outcome })
      forward.set(platform, monotonic())
      const named = ROUND_OUTCOME[kind]?.[outcome]
      if (named)
        counted.rounds.inc({ platform, outcome: named === 'posted' && late > LATE_MS ? 'late' : named })
      if (named === 'posted') timed.lateness.observe({ platform }, Math.max(0, late) / 1000)
    },
    answer: (platform, outcome) => counted.answers.inc({ platform, outcome }),
    workspace: (platform, change) => counted.workspaces.inc({ platform, change }),
    request(platform, kind, outcome, durationMs) {
      counted.requests.inc({ platform, kind, outcome })
      timed.request.observe({ platform, kind }, durationMs / 1000)
    },
    acknowledged: (platform, durationMs) => timed.acknowledgement.observe({ platform }, durationMs / 1000),
    throttled(platform, wait) {
      counted.waits.inc({ platform })
      counted.waited.inc({ platform }, wait / 1000)
    },
    expect(platform) {
      for (const outcome of ROUND_OUTCOMES) counted.rounds.inc({ platform, outcome }, 0)
      for (const kind of DELIVERIES)
        for (const outcome of DELIVERY_OUTCOMES) counted.deliveries.inc({ platform, kind, outcome }, 0)
      for (const outcome of ANSWER_OUTCOMES) counted.answers.inc({ platform, outcome }, 0)
      for (const change of CHANGES) counted.workspaces.inc({ platform, change }, 0)
      for (const kind of KINDS)
        for (const outcome of REQUEST_OUTCOMES) counted.requests.inc({ platform, kind, outcome }, 0)
      for (const kind of KINDS) timed.request.zero({ platform, kind })
      for (const one of [timed.lateness, timed.acknowledgement, timed.tick]) one.zero({ platform })
      for (const one of [counted.waits, counted.waited, counted.failedTicks]) one.inc({ platform }, 0)
      lastTick.set({ platform }, 0)
      forward.set(platform, monotonic())
    },
    ticked(platform, durationMs, succeeded) {
      timed.tick.observe({ platform }, durationMs / 1000)
      if (!succeeded) return counted.failedTicks.inc({ platform })
      lastTick.set({ platform }, clock() / 1000)
      forward.set(platform, monotonic())
    },
    deleted(rows) {
      for (const what of DELETED) counted.deleted.inc({ what }, rows[what])
    },
    quiet: () => Math.max(0, ...[...forward.values()].map((time) => monotonic() - time)),
  }
}

function counters(registry: Registry) {
  const registers = [registry]
  return {
    rounds: new Counter({
      name: 'cohort_rounds_total',
      help: 'Rounds posted in time, posted late (over five minutes), tries that failed, rounds skipped, rounds closed',
      labelNames: ['platform', 'outcome'],
      registers,
    }),
    deliveries: new Counter({
      name: 'cohort_deliveries_total',
      help: 'What Cohort says by itself, by kind: sent, tries that failed, dropped',
      labelNames: ['platform', 'kind', 'outcome'],
      registers,
    }),
    answers: new Counter({
      name: 'cohort_answers_total',
      help: 'Answers to rounds: recorded, already given, round closed, round unknown',
      labelNames: ['platform', 'outcome'],
      registers,
    }),
    workspaces: new Counter({
      name: 'cohort_workspace_changes_total',
      help: 'Steps of workspaces: removed, returned, missing for a day, token refused, paused for that, accepted again, purged, held back',
      labelNames: ['platform', 'change'],
      registers,
    }),
    requests: new Counter({
      name: 'cohort_requests_total',
      help: 'What people did: ok, a mistake that they can put right, over a limit, throttled by the platform, a bug',
      labelNames: ['platform', 'kind', 'outcome'],
      registers,
    }),
    waits: new Counter({
      name: 'cohort_rate_limit_waits_total',
      help: 'Calls held up by the rate limits of a platform',
      labelNames: ['platform'],
      registers,
    }),
    waited: new Counter({
      name: 'cohort_rate_limit_wait_seconds_total',
      help: 'How long those calls were asked to wait, together',
      labelNames: ['platform'],
      registers,
    }),
    deleted: new Counter({
      name: 'cohort_deleted_rows_total',
      help: 'Rows deleted because they are older than is kept',
      labelNames: ['what'],
      registers,
    }),
    failedTicks: new Counter({
      name: 'cohort_ticks_failed_total',
      help: 'Ticks that broke off',
      labelNames: ['platform'],
      registers,
    }),
  }
}

function histograms(registry: Registry) {
  const registers = [registry]
  return {
    lateness: new Histogram({
      name: 'cohort_round_lateness_seconds',
      help: 'How long after it was due a round was posted',
      labelNames: ['platform'],
      buckets: [1, 5, 10, 20, 30, 60, 120, 300, 900, 3600, 14_400],
      registers,
    }),
    request: new Histogram({
      name: 'cohort_request_duration_seconds',
      help: 'Time that the bot took for a request, from having it to having the answer',
      labelNames: ['platform', 'kind'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    acknowledgement: new Histogram({
      name: 'cohort_acknowledgement_seconds',
      help: 'From a delivery of the platform reaching the program to its acknowledgement; more than 3 is too late',
      labelNames: ['platform'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 3, 5],
      registers,
    }),
    tick: new Histogram({
      name: 'cohort_tick_duration_seconds',
      help: 'How long a tick took on a platform: planning, posting, closing, ending seasons',
      labelNames: ['platform'],
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300],
      registers,
    }),
  }
}
