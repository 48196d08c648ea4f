/** *This key is wrong*: members say so under a reveal, and the admins of the team decide. */
import { MIN_PEOPLE } from '../../core/group-figures.js'
import type { SlotView } from '../../core/model.js'
import { isolated, short } from '../../core/text.js'
import type { RegradeResult } from '../ports/regrades.js'
import type { SavedReport, WaitingAppeal } from '../ports/reports.js'
import {
  type Block,
  type Button,
  bold,
  bullets,
  button,
  buttons,
  type Card,
  type Form,
  heading,
  note,
  text,
} from '../ui/card.js'
import { appealIds, authoringIds } from '../ui/ids.js'
import { askedIn } from './asked.js'
import { whichQuestion } from './report.js'
import { count } from './wording.js'

export const APPEAL = 'This key is wrong'
export const MAX_REASON = 500
/** The notice to the team when an admin agrees. */
export const GIVEN = 'A member said that its key is wrong, and an admin agreed: every answer counts as right.'
const SHOWN_REASONS = 3
const STEM = 160

export const appealButton = (round: number): Button => button(appealIds.open.id({ round }), APPEAL)

/** Asks which question is meant if the round has several. */
export function appealForm(round: number, slots: readonly SlotView[]): Form {
  return {
    id: appealIds.send.id({ round }),
    title: APPEAL,
    submit: 'Send',
    isKept: true,
    intro: [
      text('The admins of your team decide. They see your reason and not your name; the authors get it too.'),
    ],
    fields: [
      ...(askedIn(slots).length > 1 ? [whichQuestion(slots)] : []),
      {
        kind: 'text',
        name: 'reason',
        label: 'What is right instead, and why',
        long: true,
        max: MAX_REASON,
      },
    ],
  }
}

const SAVED: Readonly<Record<SavedReport, string>> = {
  new: 'Thank you. The admins of your team decide; when points change, the channel is told.',
  again: 'You have already said so about this question, and it counts once. Thank you.',
  reworded: 'You have said so already: it counts once, and has your new words now.',
}

export const appealedCard = (saved: SavedReport): Card => ({
  title: 'Your appeal is with the admins',
  blocks: [text(SAVED[saved])],
})

export interface ShownAppeal extends WaitingAppeal {
  readonly asked: string
  /** A member of the team wrote the question, or an admin imported it. */
  readonly isOwn: boolean
}

const OWN_KEY =
  'The key of a question of your own stays until whoever wrote it changes it; /team questions retires it.'

/** What comes of a key that is wrong, in the words that hold for these questions. */
function keyWords(waiting: readonly ShownAppeal[]): string {
  const isOfPack = waiting.some(({ isOwn }) => !isOwn)
  return [
    isOfPack
      ? 'The point is given in this team only; the key itself is of the pack.'
      : 'The point is given at once.',
    ...(waiting.some(({ isOwn }) => isOwn) ? [OWN_KEY] : []),
  ].join(' ')
}

/** `waiting`: the questions that are shown; `others`: how many more have appeals. */
export function appealList(waiting: readonly ShownAppeal[], others: number): Block[] {
  if (waiting.length === 0) return []
  const of = (i: number) => (waiting.length > 1 ? `, ${i + 1}` : '')
  return [
    heading(APPEAL),
    ...waiting.flatMap(({ asked, reasons, round, slot }, i) => [
      text(
        bold(waiting.length > 1 ? `${i + 1}. ` : '', isolated(short(asked, STEM))),
        ` ${count(reasons.length, 'member')} ${reasons.length === 1 ? 'says' : 'say'} so:`,
      ),
      bullets(...reasons.slice(0, SHOWN_REASONS).map((reason) => [isolated(reason)])),
      ...buttons(
        button(appealIds.give.id({ round, slot }), `Give everybody the point${of(i)}`),
        button(appealIds.keep.id({ round, slot }), `The key is right${of(i)}`),
      ),
    ]),
    note(`${others > 0 ? `${count(others, 'more question')} after these. ` : ''}${keyWords(waiting)}`),
  ]
}

/** `own`: the team whose own question it is. */
export function givenCard(result: RegradeResult | undefined, own: number | undefined): Card {
  if (!result) return { title: 'Done already', blocks: [text('Every answer to it counts as right.')] }
  const who =
    result.members >= MIN_PEOPLE
      ? `${count(result.members, 'member')} have ${result.given} more points in all.`
      : 'Points that change are corrected.'
  return {
    title: 'Everybody has the point',
    blocks: [
      text(`${who} The channel is told, and the boards are up to date. Streaks stay as they are.`),
      ...(own === undefined ? [] : [text(OWN_KEY), ...buttons(toQuestions(own))]),
    ],
  }
}

const toQuestions = (team: number) => button(authoringIds.all.id({ team }), 'Questions of this team')

export const keptCard = (own: number | undefined): Card => ({
  title: 'The key stays',
  blocks:
    own === undefined
      ? [text('The appeal is off the list. Whoever runs Cohort still has it for the authors.')]
      : [text('The appeal is off the list.'), ...buttons(toQuestions(own))],
})
