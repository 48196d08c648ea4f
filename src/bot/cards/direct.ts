/** The question of the day as a direct message, for those who asked for it. */
import type { Round, SlotView } from '../../core/model.js'
import { button, buttons, type Card, note } from '../ui/card.js'
import { memberIds } from '../ui/ids.js'
import { leftBlocks, namedRound } from './round.js'

/** `left`: what the member has still to answer, at least one. */
export function directCard(round: Round, slots: readonly SlotView[], left: readonly SlotView[]): Card {
  const closes = { time: round.closesAt, zone: round.team.zone, show: 'both' } as const
  return {
    title: `${namedRound(round, slots)} for ${round.team.name}`,
    blocks: [
      ...leftBlocks(round, slots, left),
      note('It counts once, here or in ', { channel: round.channel }, '. Open until ', closes, '.'),
      ...buttons(button(memberIds.directly.id({ directly: false }), 'Answer in the channel only')),
    ],
  }
}
