/** Jobs by cron lines, whatever happens to the clock of the machine. */
import { performance } from 'node:perf_hooks'
import cron from 'node-cron'
import type { Log } from '../bot/deps.js'

export interface Job {
  readonly line: string
  /** Must not reject. */
  readonly run: () => Promise<void>
  /** What cannot be undone is not done because a clock was set: it waits for its time. */
  readonly isFinal?: true
}

export interface Clocks {
  stop(): Promise<void>
}

/** A run that was missed is looked after by the next one, and the library would print it as plain text. */
const quiet = { debug() {}, info() {}, warn() {}, error() {} }
const LOOK_MS = 500
/** A clock that is set by less makes no difference to anybody. */
const JUMP_MS = 2000

/**
 * Runs each job at its times, and not a second time while it is running. A cron task waits for the time of day of its next run, and catches
 * up run by run: after a clock was set back it would wait as long as that, and be busy for minutes after it was set ahead. So tasks are made
 * anew when the clock has moved by more than time has passed.
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
  const schedule = () => jobs.map((job) => cron.schedule(job.line, () => single(job), { logger: quiet }))
  const offset = () => Date.now() - performance.now()

  let tasks = schedule()
  let last = offset()
  const look = setInterval(() => {
    const moved = offset() - last
    last += moved
    if (Math.abs(moved) < JUMP_MS) return
    log.warn({ seconds: Math.round(moved / 1000) }, 'the clock of this machine was set')
    for (const task of tasks) void task.destroy()
    tasks = schedule()
    for (const job of jobs) if (!job.isFinal) void single(job)
  }, LOOK_MS)

  return {
    async stop() {
      clearInterval(look)
      for (const task of tasks) await task.destroy()
    },
  }
}
