/** The report of a mock exam, which only the person sees. */
import type { Bank } from '../../content/bank.js'
import type { ExamResult } from '../../core/exam.js'
import type { Exam, QuestionInstance } from '../../core/model.js'
import type { Readiness } from '../../core/readiness.js'
import { sentence, short, type Text } from '../../core/text.js'
import type { ExamItem, MockExam } from '../ports/exams.js'
import { type Block, bold, button, buttons, type Card, heading, note, text } from '../ui/card.js'
import { examIds, memberIds, practiceIds } from '../ui/ids.js'
import { after } from './feedback.js'
import { misconceptionBlocks, reasonBlocks } from './question.js'
import { readinessBlocks } from './readiness.js'
import { count } from './wording.js'

const STEM = 120
/** The most misses on the card; the others open with a press, all with their reasons. */
export const LISTED_MISSES = 10

export interface ReportView {
  readonly exam: MockExam
  readonly result: ExamResult
  /** Undefined if the pack no longer has that exam. */
  readonly facts: Exam | undefined
  readonly ready: Readiness | undefined
  /** The first misses, each with its place and its stem. */
  readonly misses: readonly { readonly place: number; readonly stem: string }[]
}

export function examReportCard({ exam, result, facts, ready, misses }: ReportView): Card {
  const { items, right, blank, missed } = result
  const wasOver = exam.handedInAt !== undefined && exam.handedInAt >= exam.endsAt
  return {
    title: `Mock exam: ${right} of ${items} right (${percent(right, items)})`,
    again: examIds.report.id({ exam: exam.id }),
    blocks: [
      text(
        wasOver ? 'The time was over, so it was handed in as it was. ' : '',
        blank === 0
          ? 'No question was left blank.'
          : `${blank} ${blank === 1 ? 'was' : 'were'} left blank, which counts as wrong.`,
      ),
      ...domainBlocks(result, facts),
      text(paceLine(exam, result)),
      ...(ready && facts ? readinessBlocks(ready, facts) : []),
      ...missBlocks(misses, missed.length),
      ...actions(exam, missed.length),
    ],
  }
}

const percent = (right: number, of: number) => `${of === 0 ? 0 : Math.round((100 * right) / of)} %`

function domainBlocks({ domains }: ExamResult, facts: Exam | undefined): Block[] {
  const named = (number: number | undefined) => {
    const title = facts?.domains.find((domain) => domain.number === number)?.title
    if (number === undefined) return 'Other'
    return title === undefined ? `Domain ${number}` : sentence`${number} ${title}`
  }
  return [
    heading('By domain'),
    {
      kind: 'table',
      header: [['Domain'], ['Right'], ['Share'], ['Time a question']],
      rows: domains.map(({ number, right, items, spentMs }) => [
        [named(number)],
        [`${right} of ${items}`],
        [percent(right, items)],
        [duration(spentMs / items)],
      ]),
    },
  ]
}

function paceLine({ items }: MockExam, { spentMs }: ExamResult): string {
  const longest = items.reduce((most, one, i) => (one.spentMs > (items[most]?.spentMs ?? 0) ? i : most), 0)
  const mean = `${duration(spentMs / Math.max(1, items.length))} a question`
  return `${mean}; question ${longest + 1} took longest, ${duration(items[longest]?.spentMs ?? 0)}.`
}

/** Formats a duration as `1 min 24 s`. */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return [
    ...(minutes > 0 ? [`${minutes} min`] : []),
    ...(seconds % 60 > 0 || minutes === 0 ? [`${seconds % 60} s`] : []),
  ].join(' ')
}

function missBlocks(misses: ReportView['misses'], all: number): Block[] {
  if (all === 0) return []
  const lines = misses.map(({ place, stem }): Text => [bold(`${place + 1}`), sentence` ${short(stem, STEM)}`])
  const more = all - misses.length
  return [
    heading('What was missed'),
    { kind: 'list', style: 'plain', items: lines },
    ...(more > 0 ? [note(`And ${more} more. Go through them to see the reasons of each.`)] : []),
  ]
}

function actions({ id: exam, isPlanned }: MockExam, missed: number): Block[] {
  if (missed === 0) return buttons(button(practiceIds.more.id({ topic: '-' }), 'Practise', 'primary'))
  return buttons(
    button(examIds.miss.id({ exam, nth: 0 }), 'Go through the misses', 'primary'),
    isPlanned ? undefined : button(examIds.plan.id({ exam }), 'Put the misses into my plan'),
    button(memberIds.study.id({}), 'Your study'),
  )
}

export interface MissView {
  readonly exam: MockExam
  readonly nth: number
  readonly of: number
  readonly place: number
  readonly item: ExamItem
  readonly instance: QuestionInstance
  readonly bank: Bank | undefined
  /** Why it must be kept secret: it is in a question of the day that this person has not answered yet. */
  readonly secret: string | undefined
}

/** One miss, with the reason of each option. */
export function examMissCard({ exam, nth, of, place, item, instance, bank, secret }: MissView): Card {
  const id = { exam: exam.id }
  const asked = instance.items[item.item]
  if (!asked) throw new Error(`mock exam ${exam.id} has no item ${place}`)
  const left = item.answer === undefined ? 'You left it blank. ' : ''
  return {
    title: `Miss ${nth + 1} of ${of}: question ${place + 1}`,
    outcome: 'wrong',
    again: examIds.miss.id({ ...id, nth }),
    blocks: [
      note(`${left}You looked at it for ${duration(item.spentMs)}.`),
      ...(instance.scenario ? [text(instance.scenario)] : []),
      text(asked.stem),
      ...(secret === undefined
        ? [...reasonBlocks(asked, item.answer), ...misconceptionBlocks(instance.question)]
        : [text(secret)]),
      ...buttons(
        nth > 0 ? button(examIds.miss.id({ ...id, nth: nth - 1 }), 'Back') : undefined,
        nth + 1 < of ? button(examIds.miss.id({ ...id, nth: nth + 1 }), 'Next', 'primary') : undefined,
        button(examIds.report.id(id), 'The report'),
      ),
      ...(secret === undefined ? after(instance, bank, undefined) : []),
    ],
  }
}

export function plannedCard(missed: number): Card {
  return {
    title: 'In your plan',
    blocks: [
      text(
        `What you missed comes first from now on, ${count(missed, 'question')} in all, a sibling of each where there is one. /quiz asks for it.`,
      ),
      ...buttons(button(practiceIds.more.id({ topic: '-' }), 'Practise now', 'primary')),
    ],
  }
}
