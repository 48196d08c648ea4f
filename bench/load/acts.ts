/** Records what people did, when it was due, when the bot acknowledged it, and when its reply was there. */
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { round, spread } from '../measure.js'

/** Times in milliseconds of `performance.now()`; undefined until the event happened. */
export interface Act {
  /** The planned time, so that a late generator makes nothing look faster. */
  readonly due: number
  acknowledged?: number
  shown?: number
}

export interface Acts {
  begin(due: number): Act
  /** Returns all acts since the last call. */
  take(): Act[]
}

/** The maximum waiting time for the last replies. */
const PATIENCE_MS = 30_000
const LOOK_MS = 20
const STEP_MS = 2

export function createActs(): Acts {
  let since: Act[] = []
  return {
    begin(due) {
      const act = { due }
      since.push(act)
      return act
    },
    take() {
      const taken = since
      since = []
      return taken
    },
  }
}

/** Records the present time, unless it was recorded before. */
export function came(act: Act | undefined, what: 'acknowledged' | 'shown'): void {
  if (act) act[what] ??= performance.now()
}

/** Begins `count` acts at an even pace over `ms`, whether or not those before were answered. */
export async function onSchedule(
  count: number,
  ms: number,
  act: (i: number, due: number) => void,
): Promise<void> {
  const began = performance.now()
  const due = (i: number) => began + (i * ms) / count
  for (let i = 0; i < count; ) {
    while (i < count && due(i) <= performance.now()) act(i, due(i++))
    await wait(STEP_MS)
  }
}

/** Waits until the condition holds or the time is up; returns whether it held. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  ms = PATIENCE_MS,
): Promise<boolean> {
  const end = performance.now() + ms
  while (!(await holds())) {
    if (performance.now() > end) return false
    await wait(LOOK_MS)
  }
  return true
}

/** Returns the milliseconds from the time that each act was due; acts without that event are left out. */
export function waits(acts: readonly Act[], until: 'acknowledged' | 'shown'): number[] {
  return acts.flatMap((act) => (act[until] === undefined ? [] : [act[until] - act.due]))
}

export function told(samples: readonly number[]): string {
  if (samples.length === 0) return 'none'
  const { median, p99 } = spread(samples)
  const longest = samples.reduce((a, b) => Math.max(a, b))
  return `median ${round(median)} ms, p99 ${round(p99)} ms, longest ${round(longest)} ms`
}
