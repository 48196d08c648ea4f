/**
 * Which teams of a workspace an admin may manage: those in channels that they see, and those in channels that
 * nobody can see any more. About the others they learn only that they exist.
 */
import type { Team } from '../../core/model.js'
import type { ReachableTeam } from '../cards/teams.js'
import { teamGone } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { type Caller, ChatRefusal } from '../ports/chat.js'
import { maySee, only } from './access.js'

export interface Reachable {
  readonly teams: readonly ReachableTeam[]
  /** The number of teams in channels that the admin does not see. */
  readonly hidden: number
}

export async function reachableTeams(caller: Caller, deps: Deps): Promise<Reachable> {
  const all = await deps.store.teams(caller)
  const lost = new Set<number>()
  const teams = await only(all, async ({ team }) => {
    const isLost = await isLostTo(team, caller, deps)
    if (isLost) lost.add(team.id)
    return isLost !== undefined
  })
  return {
    teams: teams.map((one) => ({ ...one, isLost: lost.has(one.team.id) })),
    hidden: all.length - teams.length,
  }
}

/** Throws a `UserError` for a team that does not exist, or whose channel the admin does not see. */
export async function reachableTeam(id: number, caller: Caller, deps: Deps): Promise<ReachableTeam> {
  const found = (await deps.store.teams(caller)).find(({ team }) => team.id === id)
  const isLost = found && (await isLostTo(found.team, caller, deps))
  if (!found || isLost === undefined) throw teamGone()
  return { ...found, isLost }
}

/**
 * Whether nobody can see the team's channel any more. Undefined for a channel that exists and that the caller
 * does not see, or about which nothing is known.
 */
async function isLostTo(team: Team, caller: Caller, deps: Deps): Promise<boolean | undefined> {
  if (team.goneAt !== undefined) return true
  if (await maySee(team, caller, deps)) return false
  try {
    await deps.chats.get(team.platform)?.checkChannel(team, undefined)
  } catch (error) {
    if (error instanceof ChatRefusal) return true
  }
  return undefined
}
