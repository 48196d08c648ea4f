/** The work that the bot does by itself: it plans, posts, closes and reveals what is due. */
import { deliverDue, deliverOne } from './delivery/deliver.js'
import { KINDS } from './delivery/kinds.js'
import type { Deps } from './deps.js'
import { planReminders } from './member/reminders.js'
import { overKey } from './ports/exams.js'
import { refreshStale } from './rounds/counts.js'
import { checkSlots, planDue } from './rounds/plan.js'
import { planReports } from './team/report-delivery.js'
import { greetDue } from './workspace/greeting.js'
import type { Presence } from './workspace/presence.js'

export interface Background {
  /**
   * Plans, posts, closes and reveals what is due, on all platforms in parallel. Call it often: work of an
   * earlier call that is still running is not started again.
   */
  tick(): Promise<void>
  /**
   * Hands in every mock exam whose time is over and sends its report. `tick` does this too, but can be
   * seconds later.
   */
  endExams(): Promise<void>
  /**
   * Fixes what was planned by a wrong clock. Call it at the start; later, `tick` itself notices when the
   * clock goes back.
   */
  checkSlots(): Promise<void>
  /** Resolves when all ticks have finished. */
  settled(): Promise<void>
}

export function createBackground(presence: Presence, deps: Deps): Background {
  const running = new Map<string, Promise<void>>()
  let lastTick = 0
  /** Runs the work, unless it is already running. */
  function single(name: string, work: () => Promise<void>): Promise<void> {
    if (running.has(name)) return Promise.resolve()
    const on = work().finally(() => running.delete(name))
    running.set(name, on)
    return on
  }

  async function endExams(): Promise<void> {
    let over: readonly number[] = []
    await single('exams', async () => {
      over = await deps.store.handInOver(deps.clock())
    })
    if (over.length > 0) deps.log.info({ exams: over.length }, 'mock exams handed in')
    // A slow platform must not keep another exam from ending.
    const tell = (id: number) => async () => void (await deliverOne(overKey(id), KINDS, deps))
    await all(over.map((id) => single(`exam ${id}`, tell(id))))
  }

  return {
    async tick() {
      const now = deps.clock()
      if (now < lastTick) await single('slots', () => checkSlots(deps))
      lastTick = now
      const platforms = [...deps.chats.keys()]
      // Planned once for all platforms: a platform that looked for its rounds while another one plans them
      // would find them a tick later.
      const planned = single('plan', async () => void (await planDue(deps)))
      await all([
        planned,
        ...platforms.map((platform) => single(platform, () => tick(platform, planned, deps))),
        single('presence', () => presence.look()),
        single('reminders', () => planReminders(deps)),
        ...platforms.map((platform) => single(`greetings ${platform}`, () => greetDue(platform, deps))),
        single('counts', () => refreshStale(deps)),
        endExams(),
      ])
    },
    endExams,
    checkSlots: () => single('slots', () => checkSlots(deps)),
    settled: async () => void (await Promise.allSettled(running.values())),
  }
}

/** Waits for all of them, and then throws the first error. */
async function all(parts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(parts)).find((part) => part.status === 'rejected')
  if (failed) throw failed.reason
}

/**
 * Delivers what is due on one platform once it is planned. Platforms run in parallel, so that a slow one
 * stalls no other.
 */
async function tick(platform: string, planned: Promise<void>, deps: Deps): Promise<void> {
  const took = deps.metrics.stopwatch()
  let succeeded = false
  try {
    await planned
    await deliverDue(platform, KINDS, deps)
    // Many reports are due at nine, when questions are due too: questions come first.
    if ((await planReports(platform, deps)) > 0) await deliverDue(platform, KINDS, deps)
    succeeded = true
  } finally {
    deps.metrics.ticked(platform, took(), succeeded)
  }
}
