/** Reads a board and draws it, for the command and for its buttons. */
import { UserError } from '../../core/errors.js'
import { MIN_PEOPLE } from '../../core/group-figures.js'
import { rankTeams } from '../../core/leaderboard.js'
import type { Span } from '../../core/model.js'
import { periodNow } from '../../core/schedule.js'
import { sentence } from '../../core/text.js'
import { memberBoardCard, PAGE, teamBoardCard, type Whose } from '../cards/board.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { Card } from '../ui/card.js'
import { mayBeShown, maySee, only } from './access.js'
import { presentBoard } from './present.js'
import { teamOf } from './team.js'

/**
 * `own`: only for the caller, with the caller's rank. Otherwise for the whole channel, which must not learn
 * of a team in another private channel.
 */
export async function boardCard(
  span: Span,
  whose: Whose,
  offset: number,
  own: boolean,
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  const team = await teamOf(caller, deps)
  const period = periodNow(span, deps.clock(), team.zone)
  if (!own && whose === 'members' && !(await mayBeShown(team, caller, deps)))
    throw new UserError(
      sentence`${team.name} studies in a private channel, so its board is shown to nobody else. Type /leaderboard there.`,
    )
  const asked = { team: team.name, span, offset, user: own ? caller.user : undefined }
  if (whose === 'teams') {
    const seen = await only(await deps.store.teamBoard(caller, period), ({ team: one }) =>
      own ? maySee(one, caller, deps) : mayBeShown(one, caller, deps),
    )
    // The mean of a few members shows what each of them has; their own team knows that anyway.
    const shown = seen.filter(
      (one) => one.team.id === team.id || one.answered === 0 || one.answered >= MIN_PEOPLE,
    )
    return teamBoardCard(rankTeams(shown), { ...asked, teamId: team.id })
  }
  return memberBoardCard(
    await presentBoard(
      { team: team.id, period, user: asked.user, limit: PAGE, offset, now: deps.clock() },
      team,
      deps,
    ),
    asked,
  )
}
