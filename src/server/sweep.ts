/** Deletes data older than `COHORT_KEEP_DAYS` once a day, a little at a time, so that nobody waits for it. */

import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../bot/deps.js'
import type { Store } from '../bot/ports/store.js'
import type { Deleted } from '../bot/ports/upkeep.js'
import { DAY_MS } from '../core/time.js'

export type Swept = Deleted & { readonly members: number; readonly forms: number }

export interface SweepDeps {
  readonly store: Pick<Store, 'deleteOld' | 'deleteLeft' | 'deleteFormDrafts'>
  readonly keepDays: number
  readonly clock: () => number
  readonly log: Log
  readonly deleted: (swept: Swept) => void
  /** Aborting it prevents further work from starting. */
  readonly stop: AbortSignal
}

/** The embedded database deletes this many rows in a few hundredths of a second. */
const PIECE = 500
const PAUSE_MS = 50

const NOTHING: Deleted = { attempts: 0, reports: 0, messages: 0, exams: 0, deliveries: 0, away: 0 }
const NONE: Swept = { ...NOTHING, members: 0, forms: 0 }

/** If another process is doing this, it continues alone. Anything that was not done is done tomorrow. */
export async function sweep(deps: SweepDeps): Promise<Swept> {
  const began = performance.now()
  const old = await deleteOld(deps)
  const members = await deleteLeft(deps)
  const swept = { ...old, members, forms: await deleteFormDrafts(deps) }
  if (Object.values(swept).some((rows) => rows > 0))
    deps.log.info({ ...swept, ms: Math.round(performance.now() - began) }, 'old rows deleted')
  return swept
}

async function deleteOld({ store, keepDays, clock, deleted, stop }: SweepDeps): Promise<Deleted> {
  const before = clock() - keepDays * DAY_MS
  let sum = NOTHING
  while (!stop.aborted) {
    const gone = await store.deleteOld(before, PIECE)
    if (!gone) break
    deleted({ ...NONE, ...gone })
    sum = {
      attempts: sum.attempts + gone.attempts,
      reports: sum.reports + gone.reports,
      messages: sum.messages + gone.messages,
      exams: sum.exams + gone.exams,
      deliveries: sum.deliveries + gone.deliveries,
      away: sum.away + gone.away,
    }
    if (Math.max(...Object.values(gone)) < PIECE) break
    await wait(PAUSE_MS)
  }
  return sum
}

async function deleteLeft({ store, deleted, stop }: SweepDeps): Promise<number> {
  let members = 0
  for (let last: number | undefined = 0; last !== undefined && !stop.aborted; ) {
    const looked: Awaited<ReturnType<Store['deleteLeft']>> = await store.deleteLeft(last, PIECE)
    if (!looked) break
    members += looked.members
    deleted({ ...NONE, members: looked.members })
    last = looked.last
    if (last !== undefined) await wait(PAUSE_MS)
  }
  return members
}

/** Deletes forms that are older than a day, independent of the retention time. */
async function deleteFormDrafts({ store, clock, deleted, stop }: SweepDeps): Promise<number> {
  let forms = 0
  while (!stop.aborted) {
    const gone = await store.deleteFormDrafts(clock(), PIECE)
    deleted({ ...NONE, forms: gone })
    forms += gone
    if (gone < PIECE) break
    await wait(PAUSE_MS)
  }
  return forms
}
