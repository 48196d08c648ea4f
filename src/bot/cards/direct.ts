/** The question of the day as a direct message, for those who asked for it. */
import type { Bank } from '../../content/bank.js'
import type { Answer, Round, SlotView } from '../../core/model.js'
import { sentence, short, type Text } from '../../core/text.js'
import { bold, button, buttons, type Card, note } from '../ui/card.js'
import { memberIds, roundIds } from '../ui/ids.js'
import { askedIn } from './asked.js'
import { alreadyCard, closedCard } from './feedback.js'
import { leftBlocks, namedRound } from './round.js'
import { count } from './wording.js'

/** `left`: the items that the member has still to answer, at least one. */
export function directCard(round: Round, slots: readonly SlotView[], left: readonly SlotView[]): Card {
  const closes = { time: round.closesAt, zone: round.team.zone, show: 'both' } as const
  const [only, ...more] = slots
  return {
    title: titleOf(round, slots),
    again:
      only && more.length === 0
        ? roundIds.ask.id({ round: round.id, slot: only.slot })
        : roundIds.show.id({ round: round.id }),
    blocks: [
      ...leftBlocks(round, slots, left),
      note('It counts once, here or in ', { channel: round.channel }, '. Open until ', closes, '.'),
      ...buttons(button(memberIds.directly.id({ directly: false }), 'Answer in the channel only')),
    ],
  }
}

const titleOf = (round: Round, slots: readonly SlotView[]) =>
  sentence`${namedRound(round, slots)} for ${round.team.name}`

interface Earlier {
  readonly answer: Answer
  readonly right: boolean
  readonly points: number
}

export interface Result {
  readonly view: SlotView
  /** The member's earlier answer. */
  readonly earlier: Earlier | undefined
}

/**
 * Replaces the direct message once the round is closed. `isSecret`: this member must not see now what was
 * right.
 */
export function directClosedCard(
  round: Round,
  results: readonly Result[],
  isSecret: boolean,
  bank: Bank | undefined,
): Card {
  const [only, ...more] = results
  const views = results.map(({ view }) => view)
  const title = sentence`${titleOf(round, views)} ${askedIn(views).length === 1 ? 'is' : 'are'} closed`
  const where = note('The answer is in ', { channel: round.channel }, '.')
  if (!only || isSecret) return { title, blocks: [where] }
  if (more.length > 0) return { title, blocks: [...several(round, results), where] }
  const { earlier, view } = only
  const told = { ...view, answer: earlier?.answer }
  const card = earlier ? alreadyCard(told, earlier, undefined, bank) : closedCard(told, undefined, bank)
  const again = roundIds.ask.id({ round: round.id, slot: view.slot })
  return { ...card, title, again, blocks: [...card.blocks, where] }
}

function several(round: Round, results: readonly Result[]) {
  const parts = askedIn(results.map(({ view }) => view)).flatMap((one) => one.parts)
  const items = parts.map(({ view, label }): Text => {
    const earlier = results.find((one) => one.view === view)?.earlier
    return [bold(`${label}. `, outcome(earlier)), sentence`: ${short(view.item.stem, 160)}`]
  })
  const explain = parts.map(({ view, label }) =>
    button(roundIds.explain.id({ round: round.id, slot: view.slot }), `Explain ${label}`),
  )
  return [{ kind: 'list', style: 'plain', items } as const, ...buttons(...explain)]
}

function outcome(earlier: Earlier | undefined): string {
  if (!earlier) return 'Not answered'
  return `${earlier.right ? 'Right' : 'Not right'}, +${count(earlier.points, 'point')}`
}
