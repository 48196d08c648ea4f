/** Answers to rounds. A press costs one round trip to the database. */
import { UserError } from '../../core/errors.js'
import { formatOf } from '../../core/grade.js'
import type { Answer, QuestionInstance, SlotView } from '../../core/model.js'
import { alreadyCard, closedCard, reasonsCard, recordedCard } from '../cards/feedback.js'
import { answerForm } from '../cards/question.js'
import { itemCard } from '../cards/round.js'
import type { Deps } from '../deps.js'
import type { PostedItem } from '../ports/answers.js'
import type { Caller, Reply } from '../ports/chat.js'
import { instantiateRound, instantiateVersion } from '../rounds/instantiate.js'
import { IN_OPEN_ROUND, isOpenItem } from '../rounds/open-questions.js'
import { isOver, NOT_HERE, roundFor, roundOut } from '../team/access.js'
import { action } from '../ui/action.js'
import { type Button, button, type Card } from '../ui/card.js'
import { roundIds } from '../ui/ids.js'
import { pickedNumber, STALE } from '../ui/params.js'
import { instead, privately } from '../ui/reply.js'
import { answering } from './answering.js'

/** `part`: which item of its question is in the slot. */
async function view(id: number, slot: number, caller: Caller, deps: Deps) {
  const round = await roundOut(id, caller, deps)
  const slots = await instantiateRound(round.questions, deps)
  const one = slots.find((s) => s.slot === slot)
  if (!one) throw new UserError(NOT_HERE)
  return { round, slots, one, part: one.instance.items.indexOf(one.item) }
}

/**
 * Returns the channel, where only its own rounds count; undefined outside a channel, once the platform has
 * said that the caller may see the round.
 */
async function countsIn(round: number, caller: Caller, deps: Deps): Promise<string | undefined> {
  if (caller.channel !== '') return caller.channel
  await roundFor(round, caller, deps)
  return undefined
}

async function record(
  round: number,
  slot: number,
  answer: Answer,
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  const channel = await countsIn(round, caller, deps)
  const result = await deps.store.answer({ ...caller, channel, round, slot, answer, now: deps.clock() })
  deps.metrics.answer(caller.platform, result.outcome)
  const again = roundIds.ask.id({ round, slot })
  switch (result.outcome) {
    case 'recorded': {
      deps.countsToRedraw.add(round)
      const answered = await answeredItem(round, slot, result.posted, answer, deps)
      return { ...recordedCard(answered, result, answered.next, answered.bank), again }
    }
    case 'already': {
      const answered = await answeredItem(round, slot, result.posted, result.answer, deps)
      await checkTold(answered.instance.question.id, result.posted.item, caller, deps, ALREADY_HERE)
      return { ...alreadyCard(answered, result, answered.next, answered.bank), again }
    }
    case 'closed':
      return { ...(await tooLate(round, slot, caller, deps)), again }
    case 'spent':
      throw new UserError(
        'You answered this one before your data was deleted, and one answer counts. Nothing was stored; the next question is yours again.',
      )
    case 'unknown':
      throw new UserError(NOT_HERE)
  }
}

/** Shows what was right after an answer that came too late, unless that is a secret of another round. */
async function tooLate(id: number, slot: number, caller: Caller, deps: Deps): Promise<Card> {
  const { slots, one, part } = await view(id, slot, caller, deps)
  await checkTold(one.instance.question.id, part, caller, deps, CLOSED)
  return closedCard({ ...one, answer: undefined }, nextOf(id, slots, one), bankOf(one.instance, deps))
}

/**
 * Throws a `UserError` if the same question is open for this person in another round, where what is right is
 * still a secret.
 */
async function checkTold(
  question: string,
  item: number,
  caller: Caller,
  deps: Deps,
  why = IN_OPEN_ROUND,
): Promise<void> {
  if (await isOpenItem(question, item, caller, deps)) throw new UserError(why)
}

const CLOSED =
  'This round is closed, so nothing was counted. The next question comes at the usual time; /quiz is always open.'
const ALREADY_HERE =
  'You have answered this one, and your answer counts. It is also open in another team of yours: what is right is told again once you have answered there.'

/** `next`: the next item of a longer round is one press away. */
async function answeredItem(round: number, slot: number, posted: PostedItem, answer: Answer, deps: Deps) {
  const instance = await instantiateVersion(posted, deps)
  const item = instance.items[posted.item]
  if (!item) throw new UserError(STALE)
  const isMore = posted.item + 1 < instance.items.length
  const next = slot + 1 < posted.slots ? nextButton(round, slot, isMore) : undefined
  return { instance, item, answer, next, bank: bankOf(instance, deps) }
}

/** `isMore`: the question has a further item. */
function nextButton(round: number, slot: number, isMore: boolean): Button {
  return button(roundIds.ask.id({ round, slot: slot + 1 }), isMore ? 'Next part' : 'Next question', 'primary')
}

/** A button to the item after this one, if there is one. */
function nextOf(round: number, slots: readonly SlotView[], { slot, instance, item }: SlotView) {
  const isMore = instance.items.indexOf(item) + 1 < instance.items.length
  return slots.some((other) => other.slot === slot + 1) ? nextButton(round, slot, isMore) : undefined
}

/**
 * Shows one item to one member: to be answered, or with the result. It replaces the item before, if only that
 * member saw it.
 */
async function ask(id: number, slot: number, caller: Caller, deps: Deps): Promise<Reply> {
  const { round, slots, one, part } = await view(id, slot, caller, deps)
  const earlier = (await deps.store.answersOf(caller, id)).get(slot)
  if (!earlier && !isOver(round, deps)) return instead(itemCard(round, slots, one))
  await checkTold(one.instance.question.id, part, caller, deps, earlier ? ALREADY_HERE : IN_OPEN_ROUND)
  const next = nextOf(id, slots, one)
  const told = { ...one, answer: earlier?.answer }
  const bank = bankOf(one.instance, deps)
  const card = earlier ? alreadyCard(told, earlier, next, bank) : closedCard(told, next, bank)
  return instead({ ...card, again: roundIds.ask.id({ round: id, slot }) })
}

const bankOf = ({ question }: QuestionInstance, { packs }: Deps) => packs.get(question.pack)?.bank

/** Explains every option, for a button under the reveal, once the round is over or the asker has answered. */
async function explained(id: number, slot: number, caller: Caller, deps: Deps): Promise<Reply> {
  const { round, one, part } = await view(id, slot, caller, deps)
  const earlier = (await deps.store.answersOf(caller, id)).get(slot)
  if (!earlier && !isOver(round, deps)) throw new UserError('Answer first: the reasons are shown after that.')
  await checkTold(one.instance.question.id, part, caller, deps)
  const card = reasonsCard({ ...one, answer: earlier?.answer }, bankOf(one.instance, deps))
  return privately({ ...card, again: roundIds.explain.id({ round: id, slot }) })
}

export const answerActions = [
  ...answering({
    ids: roundIds,
    limits: { answer: 'never', form: 'answering' },
    find: async ({ round, slot, shape }, caller, deps) => ({
      shape,
      record: async (answer) => privately(await record(round, slot, answer, caller, deps)),
    }),
    async form({ round, slot }, caller, deps) {
      const { round: found, one } = await view(round, slot, caller, deps)
      const isAnswered = (await deps.store.answersOf(caller, round)).has(slot)
      if (isAnswered || isOver(found, deps)) return ask(round, slot, caller, deps)
      const { item } = one
      return answerForm(item, roundIds.sendForm.id({ round, slot, shape: formatOf(item) }))
    },
  }),
  action(roundIds.ask, {
    limit: 'answering',
    run: ({ round, slot }, caller, deps) => ask(round, slot, caller, deps),
  }),
  action(roundIds.explain, { run: ({ round, slot }, caller, deps) => explained(round, slot, caller, deps) }),
  action(roundIds.explainPicked, {
    run: ({ round }, caller, deps, { values }) => explained(round, pickedNumber(values), caller, deps),
  }),
]
