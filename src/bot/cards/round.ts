/** The daily question in the channel, and the private card on which an item of a longer round is answered. */

import { formatOf } from '../../core/grade.js'
import type { Round, SlotView } from '../../core/model.js'
import { short } from '../../core/text.js'
import { type Block, bold, button, buttons, type Card, note, text } from '../ui/card.js'
import { roundIds } from '../ui/ids.js'
import { itemBlocks, reportButton } from './question.js'
import { count, level } from './wording.js'

function controlled(round: number, { slot, item }: SlotView): Block[] {
  return itemBlocks(item, roundIds, { round, slot, shape: formatOf(item) })
}

/**
 * One item stands in full in the channel; several are listed, and each opens privately, so that no message
 * grows too long.
 *
 * `answered`: slots that whoever sees the card alone has answered.
 */
export function roundCard(
  round: Round,
  slots: readonly SlotView[],
  answerers: number,
  answered: ReadonlySet<number> = NONE,
): Card {
  const closed = round.state === 'closed'
  const isDone = ({ slot }: SlotView) => closed || answered.has(slot)
  const [only, ...more] = slots
  const body = only && more.length === 0 ? single(round, only, isDone) : several(round, slots, isDone)
  return {
    title: slots.length === 1 ? 'Question of the day' : `${count(slots.length, 'question')} of the day`,
    again: roundIds.show.id({ round: round.id }),
    blocks: [...body, note(...footer(round, answerers, closed)), ...report(slots, closed)],
  }
}

const NONE: ReadonlySet<number> = new Set()
type IsDone = (view: SlotView) => boolean

function single(round: Round, view: SlotView, isDone: IsDone): Block[] {
  const blocks = controlled(round.id, view)
  return [
    note(level(view.instance.question)),
    ...scenario(view),
    ...(isDone(view) ? blocks.filter((b) => b.kind !== 'buttons' && b.kind !== 'select') : blocks),
  ]
}

function several(round: Round, slots: readonly SlotView[], isDone: IsDone): Block[] {
  const scenarios = [...new Set(slots.map((s) => s.instance.scenario).filter((s) => s !== undefined))]
  return [
    ...scenarios.map((s) => text(s)),
    { kind: 'list', style: 'numbers', items: slots.map((s) => [short(s.item.stem, 160)]) },
    ...buttons(
      ...slots.map((s, i) =>
        isDone(s)
          ? undefined
          : button(roundIds.ask.id({ round: round.id, slot: s.slot }), `Answer ${i + 1}`, 'primary'),
      ),
    ),
  ]
}

function scenario(view: SlotView): Block[] {
  return view.instance.scenario ? [text(view.instance.scenario)] : []
}

function footer(round: Round, answerers: number, closed: boolean) {
  const answered = answerers === 0 ? 'Nobody has answered yet.' : `${count(answerers, 'member')} answered.`
  if (closed) return [bold('Closed. '), answered]
  const closes = { time: round.closesAt, zone: round.team.zone, show: 'both' } as const
  return [answered, ' Your answer is private. Open until ', closes, '.']
}

function report(slots: readonly SlotView[], closed: boolean): Block[] {
  const question = slots[0]?.instance.question
  if (!question || closed) return []
  return buttons(reportButton(question))
}

/** One item of a round that has several, for its member alone. */
export function itemCard(round: Round, slots: readonly SlotView[], view: SlotView): Card {
  const { question } = view.instance
  return {
    title: `Question ${slots.indexOf(view) + 1} of ${slots.length}`,
    again: roundIds.ask.id({ round: round.id, slot: view.slot }),
    blocks: [
      note(level(view.instance.question)),
      ...scenario(view),
      ...controlled(round.id, view),
      ...buttons(reportButton(question)),
    ],
  }
}
