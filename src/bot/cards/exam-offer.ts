/** The mock exams to choose from, before one begins. */
import { type ExamSize, examTime } from '../../core/exam.js'
import { sentence } from '../../core/text.js'
import { button, buttons, type Card, fields, note, text } from '../ui/card.js'
import { examIds } from '../ui/ids.js'
import { shortCode } from '../ui/params.js'
import { count, dayOf } from './wording.js'

export interface ExamOffer {
  /** The id of the pack, and the name of its exam. */
  readonly pack: string
  readonly name: string
  /** The workspace where the exam was requested. */
  readonly workspace: string
  readonly sizes: readonly ExamSize[]
  /** Items of the pack that fit the exam. */
  readonly available: number
  /** The latest exam that was handed in; `on`: ISO date. */
  readonly last:
    | { readonly exam: number; readonly right: number; readonly items: number; readonly on: string }
    | undefined
}

const NAMES = { full: 'Full', short: 'Short' } as const

export function examOfferCard({ pack, name, workspace, sizes, available, last }: ExamOffer): Card {
  const possible = sizes.filter(({ items }) => items <= available)
  const lacking = sizes.filter(({ items }) => items > available)
  const start = ({ length, ...size }: ExamSize, extra: boolean) => {
    const time = count(examTime({ length, ...size }, extra), 'minute')
    const id = examIds.start.id({ length, extra, pack: shortCode(pack), workspace })
    return button(
      id,
      `${NAMES[length]}${extra ? ', extra time' : ''}: ${time}`,
      extra ? undefined : 'primary',
    )
  }
  return {
    title: sentence`Mock exam: ${name}`,
    blocks: [
      text(
        'As in the exam: no reasons until the end, all or nothing a question, and blank is wrong. You can go back and forth, flag questions and change answers until you hand in or the time is over.',
      ),
      fields(
        Object.fromEntries(
          possible.map(({ length, items, minutes }) => [
            NAMES[length],
            `${count(items, 'question')} in ${count(minutes, 'minute')}`,
          ]),
        ),
      ),
      ...lacking.map(({ length, items }) =>
        note(
          `${NAMES[length]} would be ${count(items, 'question')}: this pack has ${available} of the exam’s kinds.`,
        ),
      ),
      note('The time runs once you start, also while you are away. Every answer is kept at once.'),
      ...buttons(...possible.flatMap((size) => [start(size, false), start(size, true)])),
      ...(last
        ? [
            note(`Your last one, ${dayOf(last.on)}: ${last.right} of ${last.items} right.`),
            ...buttons(button(examIds.report.id({ exam: last.exam }), 'Its report')),
          ]
        : []),
    ],
  }
}
