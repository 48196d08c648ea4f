/** Updates the number of answers under a question, with the next tick. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Round } from '../../core/model.js'
import { roundCard } from '../cards/round.js'
import type { Deps } from '../deps.js'
import { ChatBusy } from '../ports/chat.js'
import { placeOf } from '../team/access.js'
import { instantiateRound } from './instantiate.js'

/**
 * A count is not redrawn this close to the end: longer than a platform takes, so that it never overwrites the
 * closed round.
 */
const LAST_REFRESH_MS = 15_000

/** Pause between two rounds: redrawing hundreds at once would take a second and delay people who answer. */
const PAUSE_MS = 25

export async function refreshStale(deps: Deps): Promise<void> {
  const rounds = [...deps.countsToRedraw]
  deps.countsToRedraw.clear()
  for (const [i, round] of rounds.entries()) {
    if (i > 0) await wait(PAUSE_MS)
    if (deps.stop?.aborted) return
    await refreshRound(round, deps).catch((error) => {
      if (error instanceof ChatBusy) deps.countsToRedraw.add(round)
      else deps.log.warn({ round, error }, 'count of answers not refreshed')
    })
  }
}

/**
 * Redraws a round with its number of answers. A round that is about to close is skipped, because the close
 * redraws it.
 */
async function refreshRound(id: number, deps: Deps): Promise<void> {
  const round = await deps.store.round(id)
  if (!round?.message || !isDrawn(round, deps.clock())) return
  const [slots, answerers] = await Promise.all([
    instantiateRound(round.questions, deps),
    deps.store.answererCount(id),
  ])
  const card = roundCard(round, slots, answerers)
  await deps.chats
    .get(round.team.platform)
    ?.update(placeOf(round), round.message, card, round.state === 'posted')
  // The round may have been closed meanwhile, and this update may have overwritten the closed card.
  if (round.state === 'posted' && (await deps.store.round(id))?.state === 'closed')
    deps.countsToRedraw.add(id)
}

const isDrawn = ({ state, closesAt }: Round, now: number) =>
  state === 'closed' || (state === 'posted' && closesAt - now >= LAST_REFRESH_MS)
