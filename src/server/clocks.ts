/** Runs jobs by cron lines, whatever happens to the clock of the machine. */
import { performance } from 'node:perf_hooks'
import cron from 'node-cron'
import type { Log } from '../bot/deps.js'

export interface Job {
  readonly line: string
  /** Must not reject. */
  readonly run: () => Promise<void>
  /** The job cannot be undone, so it does not run just because a clock was set: it waits for its time. */
  readonly isFinal?: true
}

export interface Clocks {
  stop(): Promise<void>
}

/** How often the clock is checked, independent of the time until the next run. */
const LOOK_MS = 500
/** Clock changes below this make no difference. */
const JUMP_MS = 2000

/**
 * Runs each job at its times, and never while it is still running. `node-cron` reads the lines and computes
 * the next run; its own timers would wait for the time of day of that run after a clock was set back, and
 * catch up run by run, busy for minutes, after it was set ahead. Here nothing is caught up: if the clock has
 * moved by more than the time that passed, jobs that are not final run at once. `tests/faults/clock.test.ts`
 * holds it: posts come on time after the clock was set back and ahead.
 */
export function startClocks(jobs: readonly Job[], log: Log): Clocks {
  const running = new Set<Job>()
  async function single(job: Job): Promise<void> {
    if (running.has(job)) return
    running.add(job)
    await job
      .run()
      .catch((error) => log.error({ error, line: job.line }, 'a job failed'))
      .finally(() => running.delete(job))
  }
  const tasks = jobs.map((job) => ({ job, line: cron.createTask(job.line, () => {}) }))
  const nextOf = (task: (typeof tasks)[number]) =>
    task.line.getNextRuns(1)[0]?.getTime() ?? Number.POSITIVE_INFINITY
  const offset = () => Date.now() - performance.now()

  let due = tasks.map(nextOf)
  let last = offset()
  let timer = setTimeout(look, 0)

  function look(): void {
    const moved = offset() - last
    last += moved
    const isSet = Math.abs(moved) >= JUMP_MS
    if (isSet) log.warn({ seconds: Math.round(moved / 1000) }, 'the clock of this machine was set')
    const now = Date.now()
    const fits = ({ job }: (typeof tasks)[number], at: number) => (isSet ? !job.isFinal : at <= now)
    const runs = tasks.filter((task, i) => fits(task, due[i] ?? now))
    due = tasks.map((task, i) => (isSet || runs.includes(task) ? nextOf(task) : (due[i] ?? now)))
    for (const { job } of runs) void single(job)
    timer = setTimeout(look, Math.max(1, Math.min(LOOK_MS, Math.min(...due) - now)))
  }

  return {
    async stop() {
      clearTimeout(timer)
      for (const { line } of tasks) await line.destroy()
    },
  }
}
