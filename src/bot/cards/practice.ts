/**
 * The cards of private practice: each carries the state of its run, so practice continues after a restart.
 */
import type { Bank } from '../../content/bank.js'
import { UserError } from '../../core/errors.js'
import type { Answer, ItemInstance, QuestionInstance, Topic } from '../../core/model.js'
import { sentence } from '../../core/text.js'
import { bold, button, buttons, type Card, note, text } from '../ui/card.js'
import { practiceIds } from '../ui/ids.js'
import { STALE } from '../ui/params.js'
import { sureCard } from './confidence.js'
import { after, outcomeOf } from './feedback.js'
import { itemBlocks, misconceptionBlocks, reasonBlocks } from './question.js'
import { repairedBlock } from './repair.js'
import { count, level } from './wording.js'

/** A run of practice, as written into each of its buttons. */
export type Run = ReturnType<typeof practiceIds.next.read>

/** One item of a practised question. */
export interface Practised {
  readonly instance: QuestionInstance
  readonly item: ItemInstance
  readonly index: number
  readonly run: Run
}

interface Said {
  /** The topic to name, since it may have been typed in other words. */
  readonly topic?: Topic | undefined
  /** Why this question was chosen, and the state of the plan. */
  readonly told?: string | undefined
}

export function practiceCard(instance: QuestionInstance, index: number, run: Run, said: Said = {}): Card {
  const item = instance.items[index]
  if (!item) throw new UserError(STALE)
  const part = instance.items.length > 1 ? `, part ${index + 1} of ${instance.items.length}` : ''
  const params = practiceParams(instance, index, run)
  const again = practiceIds.nextPart.idIfShort(params)
  const about = said.topic ? sentence`Practice on ${said.topic.title} · ` : ''
  return {
    title: `Practice: question ${run.shown} of ${run.total}${part}`,
    ...(again !== undefined && { again }),
    blocks: [
      note(`${about}${level(instance.question)} · only you see this, and it moves no leaderboard`),
      ...(said.told === undefined ? [] : [note(said.told)]),
      ...(instance.scenario ? [text(instance.scenario)] : []),
      ...itemBlocks(item, practiceIds, params),
    ],
  }
}

/** The parameters of each control of the item at `index`. */
export function practiceParams({ question, seed }: QuestionInstance, index: number, run: Run) {
  return { ...run, question, seed, item: index }
}

export interface Feedback {
  readonly right: boolean
  /** Days of the streak that this answer has repaired. */
  readonly repaired: number | undefined
  readonly bank: Bank | undefined
}

export function practisedCard(done: Practised, given: Answer, { right, repaired, bank }: Feedback): Card {
  const { instance, item } = done
  return {
    title: right ? 'Right' : 'Not this time',
    outcome: outcomeOf({ right }),
    blocks: [
      ...(repaired === undefined ? [] : [repairedBlock(repaired)]),
      text(item.stem),
      ...reasonBlocks(item, given),
      ...(right ? [] : misconceptionBlocks(instance.question)),
      ...buttons(repaired === undefined ? onward(done) : goOn()),
      ...after(instance, bank, undefined),
    ],
  }
}

const goOn = () => button(practiceIds.more.id({ topic: '-' }), 'Practise more', 'primary')

function onward({ instance, index, run }: Practised) {
  if (index + 1 < instance.items.length)
    return button(practiceIds.nextPart.id(practiceParams(instance, index + 1, run)), 'Next part', 'primary')
  const isLast = run.shown >= run.total
  return button(practiceIds.next.id(run), isLast ? 'See how it went' : 'Next question', 'primary')
}

/** Asks people who want that how sure they are, before anything is recorded or shown. */
export function howSureCard({ instance, item, index, run }: Practised, given: Answer): Card {
  const params = practiceParams(instance, index, run)
  return sureCard(item.stem, given, (confidence) =>
    practiceIds.rate.id({ ...params, answer: given, confidence }),
  )
}

/** The card for a member who has answered everything right that they missed lately. */
export function caughtUpCard(): Card {
  return {
    title: 'Nothing is left',
    blocks: [
      text('What you missed lately you have answered right since.'),
      ...buttons(button(practiceIds.more.id({ topic: '-' }), 'Practise something else', 'primary')),
    ],
  }
}

export function practiceEndCard(run: Run): Card {
  const share = run.answered === 0 ? 0 : Math.round((100 * run.right) / run.answered)
  return {
    title: 'Practice done',
    blocks: [
      text(
        bold(`${run.right} of ${count(run.answered, 'answer')} right (${share} %).`),
        ' What went wrong comes back sooner, what went well later.',
      ),
      { kind: 'buttons', buttons: [button(practiceIds.more.id(run), 'Practise more', 'primary')] },
    ],
  }
}
