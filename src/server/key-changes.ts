/** Regrades posted questions after a pack update has changed some keys, as `content regrade` does. */
import path from 'node:path'
import type { Deps } from '../bot/deps.js'
import { regrade } from '../bot/rounds/regrade.js'
import type { Config } from '../config.js'
import { packIds, packsFolder } from '../content/data-packs.js'
import { UserError } from '../core/errors.js'

type Needed = Pick<Deps, 'store' | 'questions' | 'clock' | 'log'>

/**
 * Safe to repeat, even in several processes: items that already have today's key stay unchanged. `others`:
 * packs for which another content holds, whose keys this process must not apply.
 */
export async function regradeUpdated(
  { COHORT_DATA_DIR }: Pick<Config, 'COHORT_DATA_DIR'>,
  others: readonly string[],
  deps: Needed,
): Promise<void> {
  const dir = packsFolder(COHORT_DATA_DIR)
  for (const pack of (await packIds(dir)).filter((id) => !others.includes(id))) {
    const { readOrigin, writeOrigin } = await import('../content/pack-origin.js')
    const origin = await readOrigin(path.join(dir, pack))
    if (!origin?.regrade) continue
    const { regrade: due, ...rest } = origin
    for (const id of due.questions) await regradeOne({ pack, id }, due.why, deps)
    await writeOrigin(path.join(dir, pack), rest).catch((error) =>
      deps.log.warn({ pack, error }, 'keys of an updated pack are looked at again with the next start'),
    )
  }
}

async function regradeOne(named: { pack: string; id: string }, why: string, deps: Needed): Promise<void> {
  const question = await deps.store.questionId(named)
  if (question === undefined) return
  try {
    const done = await regrade({ question, withdraw: false, why, apply: true }, deps)
    if (done)
      deps.log.info(
        { question, rounds: done.rounds, attempts: done.attempts },
        'regraded after an update of its pack',
      )
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    deps.log.warn({ question, error }, 'not regraded, look at it with content regrade')
  }
}
