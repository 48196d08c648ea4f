/** The daily question in the channel, and the private card on which an item of a longer round is answered. */

import { formatOf } from '../../core/grade.js'
import type { QuestionInstance, Round, SlotView } from '../../core/model.js'
import { sentence, short, type Text } from '../../core/text.js'
import { type Block, bold, button, buttons, type Card, heading, note, text } from '../ui/card.js'
import { roundIds } from '../ui/ids.js'
import { type Asked, askedIn, type Part } from './asked.js'
import { originNote } from './origin.js'
import { itemBlocks } from './question.js'
import { reportButton, reportOfRound } from './report.js'
import { count, dayOf, level } from './wording.js'

function controlled(round: number, { slot, item }: SlotView): Block[] {
  return itemBlocks(item, roundIds, { round, slot, shape: formatOf(item) })
}

/**
 * A single item is shown in full in the channel; several are listed, and each opens privately, so that no
 * message grows too long.
 * `answered`: slots that the reader of a private card has answered.
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
  const asked = askedIn(slots)
  const body = only && more.length === 0 ? single(round, only, isDone) : several(round, asked, isDone)
  return {
    title: asked.length === 1 ? 'Question of the day' : `${count(asked.length, 'question')} of the day`,
    again: roundIds.show.id({ round: round.id }),
    blocks: [
      ...mention(round, closed),
      ...body,
      note(...footer(round, answerers, closed)),
      ...(closed ? [] : buttons(reportOfRound(round.id, slots))),
    ],
  }
}

const NONE: ReadonlySet<number> = new Set()
type IsDone = (view: SlotView) => boolean

function single(round: Round, view: SlotView, isDone: IsDone): Block[] {
  const blocks = controlled(round.id, view)
  return [
    note(level(view.instance.question)),
    ...originNote(view.instance.question),
    ...scenarioOf(view.instance),
    ...(isDone(view) ? blocks.filter((b) => b.kind !== 'buttons' && b.kind !== 'select') : blocks),
  ]
}

/**
 * The list of questions; if there is a case among them, each question has its own heading, text and buttons.
 */
function several(round: Round, asked: readonly Asked[], isDone: IsDone): Block[] {
  const isMixed = asked.length > 1 && asked.some(({ instance }) => instance.scenario !== undefined)
  if (isMixed) return asked.flatMap((one) => ownBlocks(round, one, isDone))
  const parts = asked.flatMap((one) => one.parts)
  return [
    ...asked.flatMap(({ instance }) => scenarioOf(instance)),
    { kind: 'list', style: 'numbers', items: parts.map(({ view }) => [short(view.item.stem, 160)]) },
    ...answerButtons(round, parts, isDone),
  ]
}

function ownBlocks(round: Round, { instance, heading: title, parts }: Asked, isDone: IsDone): Block[] {
  const stems = parts.map(({ view, name, label }): Text => {
    const stem = short(view.item.stem, 160)
    return name === undefined ? [stem] : [bold(label), sentence` ${stem}`]
  })
  return [
    ...(title === undefined ? [] : [heading(title)]),
    ...scenarioOf(instance),
    { kind: 'list', style: 'plain', items: stems },
    ...answerButtons(round, parts, isDone),
  ]
}

/** The mention that the team has chosen: only a new question notifies anybody. */
function mention({ team }: Round, closed: boolean): Block[] {
  return closed || team.mention === '' ? [] : [text({ group: team.mention })]
}

function answerButtons(round: Round, parts: readonly Part[], isDone: IsDone): Block[] {
  const open = parts.filter(({ view }) => !isDone(view))
  return buttons(
    ...open.map(({ view, label }) =>
      button(roundIds.ask.id({ round: round.id, slot: view.slot }), `Answer ${label}`, 'primary'),
    ),
  )
}

function scenarioOf({ scenario }: QuestionInstance): Block[] {
  return scenario ? [text(scenario)] : []
}

function footer(round: Round, answerers: number, closed: boolean) {
  const answered = answerers === 0 ? 'Nobody has answered yet.' : `${count(answerers, 'member')} answered.`
  if (closed) return [bold('Closed. '), answered]
  const closes = { time: round.closesAt, zone: round.team.zone, show: 'both' } as const
  return [answered, ' Your answer is private. Open until ', closes, '.']
}

/** One item of a round with several, which only the member sees. */
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
      ...originNote(view.instance.question),
      ...scenarioOf(view.instance),
      ...controlled(round.id, view),
      ...buttons(reportButton(question)),
    ],
  }
}

/**
 * The items `left` for one member to answer, shown as in the channel; for the member's own page and for a
 * direct message.
 */
export function leftBlocks(round: Round, slots: readonly SlotView[], left: readonly SlotView[]): Block[] {
  const [only, ...more] = slots
  if (only && more.length === 0) return [...itemCard(round, slots, only).blocks]
  const ids = left.map(({ slot }) => roundIds.ask.id({ round: round.id, slot }))
  return several(round, askedIn(slots), () => false).flatMap((block) =>
    block.kind === 'buttons' ? buttons(...block.buttons.filter(({ id }) => ids.includes(id))) : [block],
  )
}

/** The name of a round: `The question of Monday 2 November`, or the plural. */
export function namedRound(round: Round, slots: readonly SlotView[]): string {
  return `The ${askedIn(slots).length === 1 ? 'question' : 'questions'} of ${dayOf(round.date)}`
}
