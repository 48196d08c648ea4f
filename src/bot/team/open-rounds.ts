/** The places of open rounds, for people who ask about a team that has moved since. */
import type { Round } from '../../core/model.js'
import type { OpenRound } from '../cards/team-status.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { maySee, placeOf } from './access.js'

export function standing(rounds: readonly Round[], caller: Caller, deps: Deps): Promise<OpenRound[]> {
  return Promise.all(
    rounds.map(async (round) => {
      if (round.channel === round.team.channel) return { round }
      const place = placeOf(round)
      if (!(await maySee(place, caller, deps))) return { round, elsewhere: { channel: undefined } }
      const link = await deps.chats.get(place.platform)?.capabilities.linkTo?.(place, round.message ?? '')
      return { round, elsewhere: { channel: round.channel, link } }
    }),
  )
}
