/**
 * Decides who may see what. A team and its rounds belong to a channel; for a person who may not see that
 * channel they do not exist: a request with a made-up id gets the same answer as for something that does not
 * exist.
 */
import { UserError } from '../../core/errors.js'
import type { Round, Team } from '../../core/model.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { PlaceKey } from '../ports/keys.js'

/** The answer about every round that is not for the caller, whether it exists or not. */
export const NOT_HERE =
  'This button no longer works here. Use the ones under the question, in its own channel.'
/** The number of channels that a platform is asked about at a time. */
const AT_A_TIME = 8

/**
 * Whether the caller may see a channel. A request from the channel itself proves it; otherwise the platform
 * is asked.
 */
export async function maySee(place: PlaceKey, caller: Caller, deps: Deps): Promise<boolean> {
  if (isIn(place, caller)) return true
  if (place.platform !== caller.platform || place.workspace !== caller.workspace) return false
  return (await deps.chats.get(place.platform)?.access(place, caller.user)) === 'yes'
}

/** Whether everybody in the caller's channel may know about another channel. */
export async function mayBeShown(place: PlaceKey, caller: Caller, deps: Deps): Promise<boolean> {
  if (isIn(place, caller)) return true
  return (await deps.chats.get(place.platform)?.isPrivate(place)) === false
}

function isIn(place: PlaceKey, caller: Caller): boolean {
  const { platform, workspace, channel } = caller
  return (
    channel !== '' &&
    place.platform === platform &&
    place.workspace === workspace &&
    place.channel === channel
  )
}

/** The channel where a round is posted and revealed; its team may be in another one by now. */
export function placeOf({ team, channel }: Round): PlaceKey {
  return { platform: team.platform, workspace: team.workspace, channel }
}

/**
 * The round, in its own channel or in no channel; throws a `UserError` for every other caller, and if there
 * is none.
 */
export async function roundFor(id: number, caller: Caller, deps: Deps): Promise<Round> {
  const round = await deps.store.round(id)
  if (!round) throw new UserError(NOT_HERE)
  const place = placeOf(round)
  const isElsewhere = caller.channel !== '' && !isIn(place, caller)
  if (isElsewhere || !(await maySee(place, caller, deps))) throw new UserError(NOT_HERE)
  return round
}

/**
 * Like `roundFor`, but only once the round is posted: before that nothing of it is shown, even for a guessed
 * id.
 */
export async function roundOut(id: number, caller: Caller, deps: Deps): Promise<Round> {
  const round = await roundFor(id, caller, deps)
  if (round.state !== 'posted' && round.state !== 'closed') throw new UserError(NOT_HERE)
  return round
}

/** Whether it can no longer be answered. */
export function isOver({ state, closesAt }: Round, { clock }: Pick<Deps, 'clock'>): boolean {
  return state === 'closed' || clock() >= closesAt
}

/** Like `roundFor`, but only once its answers may be shown. */
export async function roundRevealed(id: number, caller: Caller, deps: Deps): Promise<Round> {
  const round = await roundOut(id, caller, deps)
  if (!isOver(round, deps)) throw new UserError(NOT_HERE)
  return round
}

/**
 * The first `most` teams that the caller has joined and whose channel they may see now: that of the current
 * channel first, then the oldest.
 */
export async function teamsSeen(most: number, caller: Caller, deps: Deps): Promise<Team[]> {
  const joined = await deps.store.teamsJoined(caller)
  const here = joined.filter((team) => isIn(team, caller))
  const seen: Team[] = []
  for (const team of [...here, ...joined.filter((one) => !here.includes(one))]) {
    if (seen.length === most) break
    if (await maySee(team, caller, deps)) seen.push(team)
  }
  return seen
}

/** The elements for which `fits` holds, in their order. */
export async function only<T>(all: readonly T[], fits: (one: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = []
  for (let at = 0; at < all.length; at += AT_A_TIME) {
    const part = all.slice(at, at + AT_A_TIME)
    const fit = await Promise.all(part.map(fits))
    kept.push(...part.filter((_, i) => fit[i]))
  }
  return kept
}
