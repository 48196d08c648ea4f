import { formatOf, isRight } from '../../core/grade.js'
import type { Answer } from '../../core/model.js'
import { isolated } from '../../core/text.js'
import { after, outcomeOf } from '../cards/feedback.js'
import { SHOWN_MISSES } from '../cards/home.js'
import { answerForm, reasonBlocks } from '../cards/question.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { missedQuestions } from '../member/missed.js'
import {
  nextPractice,
  type PracticeState,
  practiceCard,
  practiceEnd,
  practiceParams,
  practiceState,
  type Run,
  topicOf,
} from '../member/practice.js'
import type { Caller } from '../ports/chat.js'
import { action } from '../ui/action.js'
import { bold, button, buttons, type Card, text } from '../ui/card.js'
import { practiceIds } from '../ui/ids.js'
import { MISSED } from '../ui/params.js'
import { instead } from '../ui/reply.js'
import { answering } from './answering.js'

/** Three questions, unless somebody wants more or fewer. */
export function newRun(topic: string, total = 3): Run {
  return { total, shown: 0, right: 0, answered: 0, topic }
}

async function answer(state: PracticeState, given: Answer, caller: Caller, deps: Deps): Promise<Card> {
  const right = isRight(state.item, given)
  const { instance, index } = state
  const { question } = instance
  const kept = await deps.store.practise({
    ...caller,
    question: question.id,
    version: question.version,
    seed: instance.seed,
    item: index,
    answer: given,
    right,
    now: deps.clock(),
  })
  if (kept === 'unknown') throw notHere()
  const run = { ...state.run, right: state.run.right + (right ? 1 : 0), answered: state.run.answered + 1 }
  return {
    title: right ? 'Right' : 'Not this time',
    outcome: outcomeOf({ right }),
    blocks: [
      text(state.item.stem),
      ...reasonBlocks(state.item, given),
      ...(right ? [] : [text(bold('Common misconception: '), isolated(question.misconception))]),
      ...onward(state, run),
      ...after(instance, deps.packs.get(question.pack)?.bank, undefined),
    ],
  }
}

function onward(state: PracticeState, run: Run) {
  const { instance, index } = state
  if (index + 1 < instance.items.length)
    return buttons(
      button(practiceIds.nextPart.id(practiceParams(instance, index + 1, run)), 'Next part', 'primary'),
    )
  return buttons(
    button(practiceIds.next.id(run), run.shown < run.total ? 'Next question' : 'See how it went', 'primary'),
  )
}

export const practiceActions = [
  ...answering({
    ids: practiceIds,
    limits: { answer: 'practice', form: 'practice' },
    async find(where, caller, deps) {
      const state = await practiceState(where, caller, deps)
      return {
        shape: formatOf(state.item),
        record: async (given) => instead(await answer(state, given, caller, deps)),
      }
    },
    async form(where, caller, deps) {
      const { item } = await practiceState(where, caller, deps)
      return answerForm(item, practiceIds.sendForm.id(where))
    },
  }),
  action(practiceIds.nextPart, {
    limit: 'practice',
    async run(where, caller, deps) {
      const { instance, index, run } = await practiceState(where, caller, deps)
      return instead(practiceCard(instance, index, run, { topic: topicOf(run, deps) }))
    },
  }),
  action(practiceIds.next, {
    limit: 'practice',
    run: async (run, caller, deps) =>
      instead(run.shown < run.total ? await nextPractice(run, caller, deps) : practiceEnd(run)),
  }),
  action(practiceIds.more, {
    limit: 'practice',
    async run({ topic }, caller, deps) {
      const missed = topic === MISSED ? missedQuestions(await deps.store.attempts(caller), deps) : undefined
      const run = newRun(topic, missed && Math.min(missed.length, SHOWN_MISSES))
      return instead(await nextPractice(run, caller, deps))
    },
  }),
]
