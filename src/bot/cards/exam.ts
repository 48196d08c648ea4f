/** A mock exam while it runs: an item, the overview, and the question before handing in. */

import { formatOf } from '../../core/grade.js'
import type { Answer, ItemInstance, QuestionInstance } from '../../core/model.js'
import { sentence, type Text } from '../../core/text.js'
import { MINUTE_MS } from '../../core/time.js'
import type { ExamItem, MockExam } from '../ports/exams.js'
import { type Block, bold, button, buttons, type Card, note, type Select, text } from '../ui/card.js'
import { examIds } from '../ui/ids.js'
import { LABELS, sureButtons } from './confidence.js'
import { itemBlocks } from './question.js'
import { count } from './wording.js'

/** Options in one menu: the narrowest platform takes 25. */
const MENU = 25

export interface ExamView {
  readonly exam: MockExam
  readonly now: number
  /** The reader's time zone, for platforms that do not show times in it themselves. */
  readonly zone: string
}

export function examItemCard(view: ExamView, place: number, instance: QuestionInstance): Card {
  const { exam } = view
  const { item: part = 0, answer, isFlagged = false } = exam.items[place] ?? {}
  const item = instance.items[part]
  if (!item) throw new Error(`mock exam ${exam.id} has no item ${place}`)
  const parts = instance.items.length > 1 ? [`part ${part + 1} of ${instance.items.length}`] : []
  const said = [...parts, ...(isFlagged ? ['flagged'] : [])]
  return {
    title: `Mock exam: question ${place + 1} of ${exam.items.length}`,
    again: examIds.show.id({ exam: exam.id, place }),
    blocks: [
      note(...timeLeft(view), said.map((one) => ` · ${one}`).join('')),
      ...(instance.scenario ? [text(instance.scenario)] : []),
      ...itemBlocks(item, examIds, { exam: exam.id, place, shape: formatOf(item) }),
      ...(answer === undefined
        ? [note('Not answered yet.')]
        : [text(bold('Your answer: '), lettersOf(item, answer), '. You can change it until you hand in.')]),
      ...(answer !== undefined && exam.rates ? howSure(exam, place) : []),
      ...buttons(...navigation(exam, place, isFlagged)),
    ],
  }
}

function navigation({ id, items }: MockExam, place: number, isFlagged: boolean) {
  const exam = id
  const isLast = place + 1 === items.length
  const to = (other: number, label: string, style?: 'primary') =>
    button(examIds.show.id({ exam, place: other }), label, style)
  return [
    place > 0 ? to(place - 1, 'Back') : undefined,
    isLast ? undefined : to(place + 1, 'Next', 'primary'),
    button(examIds.flag.id({ exam, place, on: !isFlagged }), isFlagged ? 'Take the flag off' : 'Flag'),
    button(examIds.overview.id({ exam }), 'Overview', isLast ? 'primary' : undefined),
  ]
}

/** The optional buttons for how sure the person is of the current answer. */
function howSure({ id, items }: MockExam, place: number): Block[] {
  const said = items[place]?.confidence
  return [
    text('How sure are you? ', said === undefined ? 'Not said.' : bold(LABELS[said])),
    ...sureButtons((confidence) => examIds.sure.id({ exam: id, place, confidence })),
  ]
}

function lettersOf(item: ItemInstance, answer: Answer): string {
  const letters = [...answer]
  return item.kind === 'matching'
    ? letters.map((letter, i) => `${i + 1} ${letter}`).join(', ')
    : letters.join(', ')
}

function timeLeft({ exam: { endsAt }, now, zone }: ExamView): Text {
  const minutes = Math.max(1, Math.ceil((endsAt - now) / MINUTE_MS))
  const left = { until: endsAt, left: count(minutes, 'minute') }
  return [left, ' left, until ', { time: endsAt, zone, show: 'time' }]
}

/** The overview, as a grid and in words. */
export function overviewCard(view: ExamView): Card {
  const { exam } = view
  const { id, items, place } = exam
  const from = Array.from({ length: Math.ceil(items.length / MENU) }, (_, i) => i * MENU)
  const after = (has: (item: ExamItem) => boolean) => nextPlace(items, place, has)
  const [blank, flagged] = [after(isBlank), after(({ isFlagged }) => isFlagged)]
  const to = (other: number, label: string, style?: 'primary') =>
    button(examIds.show.id({ exam: id, place: other }), label, style)
  return {
    title: 'Mock exam: overview',
    again: examIds.overview.id({ exam: id }),
    blocks: [
      note(...timeLeft(view)),
      { kind: 'list', style: 'plain', items: twin(items) },
      ...buttons(
        to(place, `Go on at question ${place + 1}`, 'primary'),
        blank === undefined ? undefined : to(blank, 'Next blank one'),
        flagged === undefined ? undefined : to(flagged, 'Next flagged one'),
        button(examIds.askToHandIn.id({ exam: id }), 'Hand in'),
      ),
      ...from.map((first) => grid(exam, first)),
    ],
  }
}

const isBlank = ({ answer }: ExamItem) => answer === undefined

/** The next place whose item has the property, starting after `place` and wrapping around. */
function nextPlace(
  items: readonly ExamItem[],
  place: number,
  has: (item: ExamItem) => boolean,
): number | undefined {
  const order = items.map((_, i) => (place + 1 + i) % items.length)
  return order.find((i) => has(items[i] as ExamItem))
}

function twin(items: readonly ExamItem[]): Text[] {
  const line = (name: string, has: (item: ExamItem) => boolean): Text => {
    const places = items.flatMap((item, i) => (has(item) ? [i + 1] : []))
    return [bold(sentence`${name}: `), places.length === 0 ? 'none' : `${places.length} (${runs(places)})`]
  }
  return [
    line('Answered', (item) => !isBlank(item)),
    line('Flagged', ({ isFlagged }) => isFlagged),
    line('Blank', isBlank),
  ]
}

/** Formats ascending numbers as ranges: `1-3, 6`. */
function runs(numbers: readonly number[]): string {
  const found: [number, number][] = []
  for (const one of numbers) {
    const last = found.at(-1)
    if (last && last[1] === one - 1) last[1] = one
    else found.push([one, one])
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ')
}

function grid({ id, items }: MockExam, from: number): Select {
  const part = items.slice(from, from + MENU)
  return {
    kind: 'select',
    id: examIds.pick.id({ exam: id, from }),
    label: part.length === 1 ? `Question ${from + 1}` : `Questions ${from + 1} to ${from + part.length}`,
    min: 1,
    max: 1,
    options: part.map((item, i) => {
      const signs = `${isBlank(item) ? '' : ' ✓'}${item.isFlagged ? ' ⚑' : ''}`
      const state = `${isBlank(item) ? 'blank' : 'answered'}${item.isFlagged ? ', flagged' : ''}`
      return {
        value: String(from + i),
        label: `${from + i + 1}: ${state}`,
        cell: `${from + i + 1}${signs}`,
      }
    }),
  }
}

/**
 * The numbers of unanswered and flagged items, shown before handing in and whenever the person comes back.
 */
function stateLine({ items }: MockExam): string {
  const blank = items.filter(isBlank).length
  const flagged = items.filter(({ isFlagged }) => isFlagged).length
  const left = blank === 0 ? 'All are answered' : `${blank} of ${items.length} ${isAre(blank)} blank`
  return `${left}, ${flagged === 0 ? 'none is' : `${flagged} ${isAre(flagged)}`} flagged.`
}

const isAre = (n: number) => (n === 1 ? 'is' : 'are')

export function runningCard(view: ExamView): Card {
  const { exam } = view
  return {
    title: 'Your mock exam is running',
    blocks: [
      text(...timeLeft(view), '. ', stateLine(exam)),
      ...buttons(goOn(exam, 'primary'), button(examIds.askToHandIn.id({ exam: exam.id }), 'Hand in')),
    ],
  }
}

const goOn = ({ id, place }: MockExam, style?: 'primary') =>
  button(examIds.goOn.id({ exam: id }), `Go on at question ${place + 1}`, style)

export function handInCard(view: ExamView): Card {
  const { exam } = view
  return {
    title: 'Hand in?',
    blocks: [
      text(
        stateLine(exam),
        ' What is blank is wrong. Once it is handed in, nothing can be changed: you see the report.',
      ),
      note(...timeLeft(view)),
      ...buttons(button(examIds.handIn.id({ exam: exam.id }), 'Hand in now', 'danger'), goOn(exam)),
    ],
  }
}

/** The warning that the bot sends by itself some minutes before the end. */
export function warningCard(view: ExamView): Card {
  const { exam } = view
  return {
    title: `${count(Math.max(1, Math.round((exam.endsAt - view.now) / MINUTE_MS)), 'minute')} left in your mock exam`,
    blocks: [
      text(
        stateLine(exam),
        ' When the time is over it is handed in by itself, with all that you have answered.',
      ),
      ...buttons(goOn(exam, 'primary')),
    ],
  }
}

/** The reply in a channel, where others may watch. */
export function examElsewhereCard(): Card {
  return {
    title: 'It is in your direct messages',
    blocks: [
      text(
        'Your mock exam goes on there, between Cohort and you alone. Type /exam to get it there once more.',
      ),
    ],
  }
}

/** Adapts the card for the channel, for a person who takes no direct messages. */
export function withoutDirectMessages(card: Card): Card {
  const told =
    'Cohort cannot write to you directly, so this goes on here, and only you see it. When it is gone, /exam shows where you were.'
  const blocks: readonly Block[] = [note(told), ...card.blocks]
  return { ...card, blocks }
}
