/** The feedback after an answer, which only the member sees. */

import type { Bank } from '../../content/bank.js'
import type { ItemInstance, QuestionInstance, Streak } from '../../core/model.js'
import { sentence } from '../../core/text.js'
import { type Block, type Button, bold, buttons, type Card, note, type Outcome, text } from '../ui/card.js'
import { originAndSource } from './origin.js'
import { reasonBlocks } from './question.js'
import { lostLine, repairButton } from './repair.js'
import { reportButton } from './report.js'
import { importNote } from './sources.js'
import { readButton } from './topic.js'
import { count } from './wording.js'

interface Answered {
  readonly instance: QuestionInstance
  readonly item: ItemInstance
  readonly answer: string | undefined
}

export function outcomeOf({ right }: { readonly right: boolean }): Outcome {
  return right ? 'right' : 'wrong'
}

export function recordedCard(
  a: Answered,
  result: {
    right: boolean
    points: number
    bonus: number
    streak: Streak
    lostDays: number
    isKnown?: boolean
    seasonPoints: number
  },
  next: Button | undefined,
  bank: Bank | undefined,
): Card {
  const bonus =
    result.bonus > 0 ? ` (${result.bonus} of them for ${count(result.streak.days, 'day')} in a row)` : ''
  return {
    title: result.right ? 'Right' : 'Not this time',
    outcome: outcomeOf(result),
    blocks: [
      text(
        bold(`+${count(result.points, 'point')}`),
        `${bonus}. `,
        `You have ${result.seasonPoints} this season. `,
        streakLine(result.streak),
        ...(result.lostDays > 0 ? [` ${lostLine(result.lostDays)}`] : []),
      ),
      ...(result.isKnown ? [note('You knew this one before it was asked, so it counts as tried.')] : []),
      ...reasonBlocks(a.item, a.answer),
      ...after(a.instance, bank, next),
      ...(result.lostDays > 0 ? buttons(repairButton({ days: result.lostDays })) : []),
    ],
  }
}

export function alreadyCard(
  a: Answered,
  earlier: { right: boolean; points: number },
  next: Button | undefined,
  bank: Bank | undefined,
): Card {
  return {
    title: 'You have answered this one',
    outcome: outcomeOf(earlier),
    blocks: [
      text(
        `Your first answer counts: ${earlier.right ? 'right' : 'not right'}, +${count(earlier.points, 'point')}.`,
      ),
      ...reasonBlocks(a.item, a.answer),
      ...after(a.instance, bank, next),
    ],
  }
}

/** Replaces an item that can no longer be answered. */
export function closedCard(a: Answered, next: Button | undefined, bank: Bank | undefined): Card {
  return {
    title: 'This round is closed',
    blocks: [
      text('No answer counts any more. The next question comes at the usual time; /quiz is always open.'),
      text(a.item.stem),
      ...reasonBlocks(a.item, a.answer),
      ...after(a.instance, bank, next),
    ],
  }
}

export function reasonsCard(a: Answered, bank: Bank | undefined): Card {
  return {
    title: 'Why',
    blocks: [text(a.item.stem), ...reasonBlocks(a.item, a.answer), ...after(a.instance, bank, undefined)],
  }
}

function streakLine(streak: Streak): string {
  const freezes = streak.freezes > 0 ? `, ${count(streak.freezes, 'freeze')} in hand` : ''
  return `Streak: ${count(streak.days, 'day')}${freezes}.`
}

/**
 * The source, where to read more, and how to report the question. `bank`: that of the question, if its pack
 * exists.
 */
export function after(instance: QuestionInstance, bank: Bank | undefined, next: Button | undefined): Block[] {
  const topics = instance.question.topics.map((slug) => bank?.topic(slug)).filter((t) => t !== undefined)
  return [
    ...importNote(instance.question),
    ...originAndSource(instance.question),
    ...buttons(
      next,
      ...topics.slice(0, 2).map((t) => readButton(t, sentence`Read: ${t.title}`)),
      reportButton(instance.question),
    ),
  ]
}
