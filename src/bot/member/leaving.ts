/** Leaving a team. The next answer to one of its rounds joins again. */
import { UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import { leaveCard, leaveWhichCard, leftCard, stayedCard } from '../cards/members.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { maySee, teamsSeen } from '../team/access.js'
import type { Card } from '../ui/card.js'

const NOT_IN = 'You are in no team whose channel you see, so there is nothing to leave.'
const MOST = 20

/**
 * Asks whether to leave the team of the channel, else one of the caller's teams whose channel they may see.
 */
export async function askToLeave(caller: Caller, deps: Deps): Promise<Card> {
  const [here, joined] = await Promise.all([deps.store.teamIn(caller), teamsSeen(MOST, caller, deps)])
  const [only, ...others] = joined
  if (here && joined.some(({ id }) => id === here.id)) return leaveCard(here)
  if (!only) throw new UserError(NOT_IN)
  return others.length === 0 ? leaveCard(only) : leaveWhichCard(joined)
}

export async function askToLeaveTeam(team: number, caller: Caller, deps: Deps): Promise<Card> {
  return leaveCard(await joinedTeam(team, caller, deps))
}

export async function leave(team: number, sure: boolean, caller: Caller, deps: Deps): Promise<Card> {
  const own = await joinedTeam(team, caller, deps)
  if (!sure) return stayedCard(own)
  await deps.store.leaveTeam(caller, team)
  return leftCard(own)
}

/**
 * The team with that id. Throws a `UserError` unless the caller is in the team and may see its channel, since
 * anybody can make up an id.
 */
async function joinedTeam(id: number, caller: Caller, deps: Deps): Promise<Team> {
  const found = (await deps.store.teamsJoined(caller)).find((team) => team.id === id)
  if (!found || !(await maySee(found, caller, deps)))
    throw new UserError('You are not in this team any more.')
  return found
}
