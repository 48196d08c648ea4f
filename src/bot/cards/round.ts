/** The daily question in the channel, and the private card on which an item of a longer round is answered. */

import { formatOf } from '../../core/grade.js'
import type { QuestionInstance, Round, SlotView } from '../../core/model.js'
import { short, type Text } from '../../core/text.js'
import { type Block, bold, button, buttons, type Card, heading, note, text } from '../ui/card.js'
import { roundIds } from '../ui/ids.js'
import { type Asked, askedIn, type Part } from './asked.js'
import { itemBlocks, reportButton } from './question.js'
import { count, level } from './wording.js'

function controlled(round: number, { slot, item }: SlotView): Block[] {
  return itemBlocks(item, roundIds, { round, slot, shape: formatOf(item) })
}

/**
 * One item stands in full in the channel; several are listed, and each opens privately, so that no message
 * grows too long.
 */
export function roundCard(round: Round, slots: readonly SlotView[], answerers: number): Card {
  const closed = round.state === 'closed'
  const [only, ...more] = slots
  const asked = askedIn(slots)
  const body = only && more.length === 0 ? single(round, only, closed) : several(round, asked, closed)
  return {
    title: asked.length === 1 ? 'Question of the day' : `${count(asked.length, 'question')} of the day`,
    again: roundIds.show.id({ round: round.id }),
    blocks: [
      ...mention(round, closed),
      ...body,
      note(...footer(round, answerers, closed)),
      ...report(slots, closed),
    ],
  }
}

function single(round: Round, view: SlotView, closed: boolean): Block[] {
  const blocks = controlled(round.id, view)
  return [
    note(level(view.instance.question)),
    ...scenarioOf(view.instance),
    ...(closed ? blocks.filter((b) => b.kind !== 'buttons' && b.kind !== 'select') : blocks),
  ]
}

/** Where a case is among them, each question has its own heading, text and buttons. */
function several(round: Round, asked: readonly Asked[], closed: boolean): Block[] {
  const isMixed = asked.length > 1 && asked.some(({ instance }) => instance.scenario !== undefined)
  if (isMixed) return asked.flatMap((one) => ownBlocks(round, one, closed))
  const parts = asked.flatMap((one) => one.parts)
  return [
    ...asked.flatMap(({ instance }) => scenarioOf(instance)),
    { kind: 'list', style: 'numbers', items: parts.map(({ view }) => [short(view.item.stem, 160)]) },
    ...(closed ? [] : buttons(...parts.map((part) => answerButton(round, part)))),
  ]
}

function ownBlocks(round: Round, { instance, heading: title, parts }: Asked, closed: boolean): Block[] {
  const stems = parts.map(({ view, name, label }): Text => {
    const stem = short(view.item.stem, 160)
    return name === undefined ? [stem] : [bold(label), ` ${stem}`]
  })
  return [
    ...(title === undefined ? [] : [heading(title)]),
    ...scenarioOf(instance),
    { kind: 'list', style: 'plain', items: stems },
    ...(closed ? [] : buttons(...parts.map((part) => answerButton(round, part)))),
  ]
}

/** Who has it set: only a question that is new notifies anybody. */
function mention({ team }: Round, closed: boolean): Block[] {
  return closed || team.mention === '' ? [] : [text({ group: team.mention })]
}

const answerButton = (round: Round, { view, label }: Part) =>
  button(roundIds.ask.id({ round: round.id, slot: view.slot }), `Answer ${label}`, 'primary')

function scenarioOf({ scenario }: QuestionInstance): Block[] {
  return scenario ? [text(scenario)] : []
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
  const part = askedIn(slots)
    .flatMap((one) => one.parts)
    .find((one) => one.view === view)
  return {
    title: part?.place ?? 'Question of the day',
    again: roundIds.ask.id({ round: round.id, slot: view.slot }),
    blocks: [
      note(level(view.instance.question)),
      ...scenarioOf(view.instance),
      ...controlled(round.id, view),
      ...buttons(reportButton(question)),
    ],
  }
}
