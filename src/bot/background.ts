/** What the bot does by itself: whatever is due is planned, posted, closed and revealed. */
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
   * Plans, posts, closes and reveals what is due, on every platform side by side. Call often: what an earlier
   * call is still at is not begun a second time.
   */
  tick(): Promise<void>
  /**
   * Hands in every mock exam whose time is over and sends its report; `tick` does so too, but not within
   * seconds.
   */
  endExams(): Promise<void>
  /**
   * Fixes what a wrong clock has planned; for the start, since `tick` notices by itself when the clock goes
   * back.
   */
  checkSlots(): Promise<void>
  /** Resolves when all ticks have come to their end. */
  settled(): Promise<void>
}

export function createBackground(presence: Presence, deps: Deps): Background {
  const running = new Map<string, Promise<void>>()
  let lastTick = 0
  /** Not a second time while it is running. */
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
    // A platform that is slow keeps no other exam from ending.
    const tell = (id: number) => async () => void (await deliverOne(overKey(id), KINDS, deps))
    await all(over.map((id) => single(`exam ${id}`, tell(id))))
  }

  return {
    async tick() {
      const now = deps.clock()
      if (now < lastTick) await single('slots', () => checkSlots(deps))
      lastTick = now
      const platforms = [...deps.chats.keys()]
      // Once for all platforms: one that looked for its rounds while another plans them would find them a
      // tick later.
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
 * What is due on one platform, once it is planned. Platforms are worked off side by side, so that one that is
 * slow stalls no other.
 */
async function tick(platform: string, planned: Promise<void>, deps: Deps): Promise<void> {
  const took = deps.metrics.stopwatch()
  let succeeded = false
  try {
    await planned
    await deliverDue(platform, KINDS, deps)
    // Many are due at nine, as questions are: these come first.
    if ((await planReports(platform, deps)) > 0) await deliverDue(platform, KINDS, deps)
    succeeded = true
  } finally {
    deps.metrics.ticked(platform, took(), succeeded)
  }
}
