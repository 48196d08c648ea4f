/** A member's own page, leaving a team, and the members of a team for its admins. */
import { home } from '../member/home.js'
import { askToLeaveTeam, leave } from '../member/leaving.js'
import { askToTakeOut, membersOf, takeOut } from '../team/members.js'
import { action } from '../ui/action.js'
import { memberIds, membersIds } from '../ui/ids.js'
import { memberId } from '../ui/params.js'
import { instead, privately } from '../ui/reply.js'

export const membershipActions = [
  action(memberIds.study, {
    limit: 'home',
    run: async (_params, caller, deps) => privately(await home(caller, deps)),
  }),
  action(memberIds.askToLeave, {
    run: async ({ team }, caller, deps) => instead(await askToLeaveTeam(team, caller, deps)),
  }),
  action(memberIds.leave, {
    run: async ({ team, sure }, caller, deps) => instead(await leave(team, sure, caller, deps)),
  }),
  action(membersIds.turn, {
    run: async (page, caller, deps) => instead(await membersOf(caller, deps, page)),
  }),
  action(membersIds.askToTakeOut, {
    run: async (page, caller, deps, { values }) =>
      instead(await askToTakeOut({ ...page, member: memberId.read([...values]) }, caller, deps)),
  }),
  action(membersIds.takeOut, {
    run: async ({ sure, ...chosen }, caller, deps) => instead(await takeOut(chosen, sure, caller, deps)),
  }),
]
