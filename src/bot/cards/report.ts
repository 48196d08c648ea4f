/** Reports that a question is wrong: under the question itself, or under a card with several. */
import type { Question, SlotView } from '../../core/model.js'
import { sentence, short } from '../../core/text.js'
import type { SavedReport } from '../ports/reports.js'
import { type Button, button, type Card, type Field, type Form, MAX_LABEL, text } from '../ui/card.js'
import { memberIds } from '../ui/ids.js'
import { askedIn } from './asked.js'

export const REASONS = [
  'The key is wrong',
  'The question is unclear',
  'It is out of date',
  'There is a slip in the text',
  'Something else',
]
export const MAX_DETAIL = 1000

const LABEL = 'Report a problem'

export const reportButton = (question: Question): Button =>
  button(memberIds.openReport.id({ question }), LABEL)

/** If the card shows several questions of a round, the form asks which one. */
export function reportOfRound(round: number, slots: readonly SlotView[]): Button | undefined {
  const [first, ...others] = askedIn(slots)
  if (!first) return undefined
  return others.length === 0
    ? reportButton(first.instance.question)
    : button(memberIds.openRoundReport.id({ round }), LABEL)
}

/** `which`: the field that asks which question, if there are several. */
export function reportForm(id: string, which?: Field): Form {
  return {
    id,
    title: LABEL,
    submit: 'Send',
    isKept: true,
    fields: [
      ...(which ? [which] : []),
      {
        kind: 'select',
        name: 'reason',
        label: 'What is wrong',
        options: REASONS.map((label) => ({ value: label, label })),
      },
      {
        kind: 'text',
        name: 'detail',
        label: 'In your own words',
        long: true,
        optional: true,
        max: MAX_DETAIL,
      },
    ],
  }
}

/** Values are the places of the questions in the round, counted from 1. */
export function whichQuestion(slots: readonly SlotView[]): Field {
  const options = askedIn(slots).map(({ instance, parts: [part] }, i) => ({
    value: String(i + 1),
    label: short(sentence`${i + 1}: ${instance.scenario ?? part?.view.item.stem ?? ''}`, MAX_LABEL),
  }))
  return { kind: 'select', name: 'question', label: 'Which question', options }
}

/** `isOwn`: the question is one of the team's own, whose admins see reports without names. */
export function reportedCard(saved: SavedReport, isOwn = false): Card {
  const readers = isOwn ? 'the admins of your team: /team report shows it' : 'the authors of the questions'
  switch (saved) {
    case 'new':
      return {
        title: 'Thank you',
        blocks: [text(`The report is stored for ${readers}.`)],
      }
    case 'again':
      return {
        title: 'You have reported this already',
        blocks: [text('Thank you. Your report is stored, and it counts once.')],
      }
    case 'reworded':
      return {
        title: 'You have reported this already',
        blocks: [text('Thank you. Your report counts once, and it has your new words now.')],
      }
  }
}
