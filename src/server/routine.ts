/** Runs the jobs of the program at fixed times, and once after the start. */
import type { App } from '../bot/app.js'
import { feedQueues } from '../bot/authoring/made.js'
import type { Deps, Log } from '../bot/deps.js'
import { flagItems } from '../bot/item-figures.js'
import type { Platform } from '../platforms/platform.js'
import { startClocks } from './clocks.js'
import type { EditionWatch } from './editions.js'
import type { Meter } from './metrics.js'
import { sweep } from './sweep.js'

const TICK = '*/10 * * * * *'
/** A mock exam must end on the second. */
const EXAMS = '*/2 * * * * *'
/** Runs at night, when few people are awake. */
const NIGHT = '41 3 * * *'
const BEAT = '*/3 * * * * *'
/** Other processes wait for three minutes before they consider a process gone. */
const EDITIONS = '*/30 * * * * *'
const PATROL = '0 7 * * * *'
const PATROL_FAILED = 'workspaces not looked after, tried again in an hour'
const EXAMS_FAILED = 'mock exams not handed in, tried again in a moment'
const TICK_FAILED = 'tick failed, tried again with the next one'

interface Parts {
  readonly app: App
  readonly deps: Deps & { readonly stop: AbortSignal }
  readonly platforms: readonly Platform[]
  readonly editions: EditionWatch
  readonly meter: Meter
  readonly keepDays: number
}

export interface Routine {
  /** Starts no further jobs. */
  stop(): Promise<void>
  /** Resolves when the nightly deletion is finished. */
  settled(): Promise<void>
}

export function startRoutine({ app, deps, platforms, editions, meter, keepDays }: Parts): Routine {
  const { log } = deps
  void checked(app.checkSlots(), log, 'slots not checked')
  void checked(feedQueues(deps), log, 'drafts of notes not given to the queues of teams')
  void checked(app.tick(), log, TICK_FAILED)
  let sweeping = Promise.resolve()
  const sweepOnce = () => {
    const old = sweep({ ...deps, keepDays, deleted: meter.deleted })
    sweeping = checked(old, log, 'old rows not deleted, tried again tomorrow').then(() =>
      checked(flagItems(deps), log, 'items not rated, tried again tomorrow'),
    )
    return sweeping
  }
  // A machine that is off at night runs the deletion when it is switched on.
  void sweepOnce()
  // Nothing is deleted while the platforms cannot be asked whether a workspace is back.
  const patrol = async () => {
    for (const one of platforms) await one.patrol()
    await app.presence.purge()
  }
  const beat = async () => void (await Promise.all(platforms.map((one) => one.beat?.())))
  void checked(patrol(), log, PATROL_FAILED)
  const clocks = startClocks(
    [
      // A running tick does not stall others: `app.tick` starts only what is not running.
      { line: EXAMS, run: async () => void checked(app.endExams(), log, EXAMS_FAILED) },
      { line: TICK, run: async () => void checked(app.tick(), log, TICK_FAILED) },
      { line: NIGHT, run: sweepOnce, isFinal: true },
      {
        line: EDITIONS,
        run: () => checked(editions.beat(), log, 'packs not compared, tried again in a moment'),
      },
      { line: BEAT, run: () => checked(beat(), log, 'connections not looked after') },
      { line: PATROL, run: () => checked(patrol(), log, PATROL_FAILED) },
    ],
    log,
  )
  return { stop: clocks.stop, settled: () => sweeping }
}

/** Logs an error with the message instead of rejecting. */
export async function checked(work: Promise<unknown> | undefined, log: Log, message: string): Promise<void> {
  await work?.catch((error) => log.error({ error }, message))
}
