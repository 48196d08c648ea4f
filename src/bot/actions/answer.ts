/** Answering a round: by a button, a menu or a form. The press itself costs one round trip. */
import { inField, UserError } from '../../core/errors.js'
import { parseAnswer, type Shape, shapeOf } from '../../core/grade.js'
import type { Answer, Round, SlotView } from '../../core/model.js'
import { alreadyCard, reasonsCard, recordedCard } from '../cards/feedback.js'
import { answerForm } from '../cards/question.js'
import { itemCard } from '../cards/round.js'
import type { Deps } from '../deps.js'
import type { Caller, FormValues, Reply } from '../ports/chat.js'
import type { PostedItem } from '../ports/store.js'
import { IN_OPEN_ROUND, isOpenItem } from '../rounds/open-questions.js'
import { poseRound, poseVersion } from '../rounds/pose.js'
import { NOT_HERE, roundFor } from '../team/access.js'
import { type Action, encode, encodeShape, fieldList, type Input, number, STALE, shape, word } from '../ui/action.js'
import { type Button, button, type Card } from '../ui/card.js'
import { opening, privately } from '../ui/reply.js'

async function view(round: number, slot: number, caller: Caller, deps: Deps): Promise<{ round: Round; slots: SlotView[]; view: SlotView }> {
  const found = await roundFor(round, caller, deps)
  const slots = await poseRound(found.questions, deps)
  const one = slots.find((s) => s.slot === slot)
  if (!one) throw new UserError(NOT_HERE)
  return { round: found, slots, view: one }
}

/** In a channel, only its own rounds; elsewhere undefined, once the platform has said that the caller may see the round. */
async function countsIn(round: number, caller: Caller, deps: Deps): Promise<string | undefined> {
  if (caller.channel !== '') return caller.channel
  await roundFor(round, caller, deps)
  return undefined
}

async function record(round: number, slot: number, answer: Answer, caller: Caller, deps: Deps): Promise<Card> {
  const channel = await countsIn(round, caller, deps)
  const result = await deps.store.answer({ ...caller, channel, round, slot, answer, now: deps.clock() })
  deps.metrics.answer(caller.platform, result.outcome)
  switch (result.outcome) {
    case 'recorded': {
      deps.stale.add(round)
      const answered = await posedItem(result.posted, answer, deps)
      return recordedCard(answered, result, nextButton(round, slot, answered.posed.items.length, result.posted), deps.bank)
    }
    case 'already': {
      const answered = await posedItem(result.posted, result.answer, deps)
      await checkTold(answered.posed.question.id, result.posted.item, caller, deps, ALREADY_HERE)
      return alreadyCard(answered, result, nextButton(round, slot, answered.posed.items.length, result.posted), deps.bank)
    }
    case 'closed':
      throw new UserError('This round is closed, so nothing was counted. The next question comes at the usual time; /quiz is always open.')
    case 'spent':
      throw new UserError(
        'You answered this one before your data was deleted, and one answer counts. Nothing was stored; the next question is yours again.',
      )
    case 'unknown':
      throw new UserError(NOT_HERE)
  }
}

/** The same question may be open for this person in another round: then what is right is not told here either. */
async function checkTold(question: string, item: number, caller: Caller, deps: Deps, why = IN_OPEN_ROUND): Promise<void> {
  if (await isOpenItem(question, item, caller, deps)) throw new UserError(why)
}

const ALREADY_HERE =
  'You have answered this one, and your answer counts. It is also open in another team of yours: what is right is told again once you have answered there.'

/** The slot of the first item of the same question. */
const firstSlot = (slots: readonly SlotView[], { posed }: SlotView) => slots.find((one) => one.posed === posed)?.slot ?? 0

async function posedItem(posted: PostedItem, answer: Answer, deps: Deps) {
  const posed = await poseVersion(posted, deps)
  const item = posed.items[posted.item]
  if (!item) throw new UserError(STALE)
  return { posed, item, answer }
}

/** The next item of a longer round is one press away. */
function nextButton(round: number, slot: number, items: number, posted: PostedItem): Button | undefined {
  if (slot + 1 >= posted.slots) return undefined
  return button(encode('ask', round, slot + 1), posted.item + 1 < items ? 'Next part' : 'Next question', 'primary')
}

const pick: Action = {
  name: 'pick',
  opensForm: false,
  limit: 'never',
  async run(params, _input, caller, deps) {
    const answer = parseAnswer(shape(params, 2), [word(params, 3)])
    return privately(await record(number(params, 0), number(params, 1), answer, caller, deps))
  },
}

const picks: Action = {
  name: 'picks',
  opensForm: false,
  limit: 'never',
  async run(params, input, caller, deps) {
    const answer = parseAnswer(shape(params, 2), input.values)
    return privately(await record(number(params, 0), number(params, 1), answer, caller, deps))
  },
}

const fill: Action = {
  name: 'fill',
  opensForm: true,
  limit: 'answering',
  async run(params, _input, caller, deps) {
    const [round, slot] = [number(params, 0), number(params, 1)]
    const { item } = (await view(round, slot, caller, deps)).view
    return opening(answerForm(item, encode('filled', round, slot, encodeShape(shapeOf(item)))))
  },
}

const filled: Action = {
  name: 'filled',
  opensForm: false,
  limit: 'never',
  async run(params, input, caller, deps) {
    const answer = parseForm(shape(params, 2), input.form)
    return privately(await record(number(params, 0), number(params, 1), answer, caller, deps))
  },
}

/** The values of `p0`, `p1`, … in order, as an answer; a `UserError` names the field where one comes a second time. */
export function parseForm(shape: Shape, form: FormValues): Answer {
  const names = Object.keys(form).filter((name) => /^p\d$/.test(name))
  const picked = names.sort().flatMap((name) => fieldList(form, name))
  const twice = picked.findIndex((letter, i) => picked.indexOf(letter) < i)
  return inField(`p${Math.max(0, twice)}`, () => parseAnswer(shape, picked))
}

const ask: Action = {
  name: 'ask',
  opensForm: false,
  limit: 'answering',
  async run(params, _input: Input, caller, deps) {
    const [id, slot] = [number(params, 0), number(params, 1)]
    const { round, slots, view: one } = await view(id, slot, caller, deps)
    const earlier = await deps.store.answerOf(caller, id, slot)
    if (earlier) await checkTold(one.posed.question.id, slot - firstSlot(slots, one), caller, deps, ALREADY_HERE)
    if (earlier) return privately(alreadyCard({ posed: one.posed, item: one.item, answer: earlier.answer }, earlier, undefined, deps.bank))
    return privately(itemCard(round, slots, one))
  },
}

/** From the reveal: every option explained, once the round is over or the asker has answered. */
const why: Action = {
  name: 'why',
  opensForm: false,
  run: (params, _input, caller, deps) => explained(number(params, 0), number(params, 1), caller, deps),
}

/** The same by a menu of the questions of a round. */
const whys: Action = {
  name: 'whys',
  opensForm: false,
  run: (params, input, caller, deps) => explained(number(params, 0), number([Number(input.values[0]).toString(36)], 0), caller, deps),
}

async function explained(id: number, slot: number, caller: Caller, deps: Deps): Promise<Reply> {
  const { round, slots, view: one } = await view(id, slot, caller, deps)
  const earlier = await deps.store.answerOf(caller, id, slot)
  if (!earlier && round.state !== 'closed' && deps.clock() < round.closesAt)
    throw new UserError('Answer first: the reasons are shown after that.')
  await checkTold(one.posed.question.id, slot - firstSlot(slots, one), caller, deps)
  return privately(reasonsCard({ posed: one.posed, item: one.item, answer: earlier?.answer }, deps.bank))
}

export const answerActions = [pick, picks, fill, filled, ask, why, whys]
