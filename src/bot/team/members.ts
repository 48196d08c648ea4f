/** The members of a team, for its admins. */
import { UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import { MEMBERS_PAGE, membersCard, takeOutCard } from '../cards/members.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { TeamMember } from '../ports/membership.js'
import type { Card } from '../ui/card.js'
import { STALE } from '../ui/params.js'
import { checkAdmin } from './control.js'
import { present } from './present.js'
import { teamHere } from './team.js'

/** `id`: the team that a button is about; it must be that of the channel. */
async function teamFor(id: number | undefined, caller: Caller, deps: Deps): Promise<Team> {
  await checkAdmin(caller)
  const team = await teamHere(caller, deps)
  if (id !== undefined && team.id !== id) throw new UserError(STALE)
  return team
}

export async function membersOf(
  caller: Caller,
  deps: Deps,
  { team: id, offset }: { readonly team?: number; readonly offset: number } = { offset: 0 },
): Promise<Card> {
  const team = await teamFor(id, caller, deps)
  const members = await present(
    () => deps.store.teamMembers(team.id, MEMBERS_PAGE, offset),
    (found) => found,
    team,
    deps,
  )
  const [total, resting] = await Promise.all([
    deps.store.memberCount(team.id),
    deps.store.restingCount(team.id),
  ])
  // The last page may have become empty meanwhile.
  if (members.length === 0 && offset > 0)
    return membersOf(caller, deps, { offset: Math.max(0, offset - MEMBERS_PAGE) })
  return membersCard(team, { members, offset, total, resting })
}

interface Chosen {
  readonly team: number
  readonly member: number
  readonly offset: number
}

export async function askToTakeOut(chosen: Chosen, caller: Caller, deps: Deps): Promise<Card> {
  const team = await teamFor(chosen.team, caller, deps)
  return takeOutCard(team, await memberOf(chosen, deps), chosen.offset)
}

export async function takeOut(chosen: Chosen, sure: boolean, caller: Caller, deps: Deps): Promise<Card> {
  const { team, member, offset } = chosen
  await teamFor(team, caller, deps)
  if (sure) {
    await memberOf(chosen, deps)
    await deps.store.takeOut(team, member)
  }
  return membersOf(caller, deps, { team, offset })
}

async function memberOf({ team, member }: Chosen, { store }: Deps): Promise<TeamMember> {
  const found = await store.teamMember(team, member)
  if (!found) throw new UserError('They are not in the team any more. Type /team members for the list.')
  return found
}
