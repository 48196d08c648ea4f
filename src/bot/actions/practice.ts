import type { Confidence } from '../../core/confidence.js'
import { orOver } from '../../core/errors.js'
import { formatOf, isRight, parseAnswer } from '../../core/grade.js'
import type { Answer } from '../../core/model.js'
import { SHOWN_MISSES } from '../cards/home.js'
import {
  howSureCard,
  type Practised,
  practiceCard,
  practiceEndCard,
  practisedCard,
} from '../cards/practice.js'
import { answerForm } from '../cards/question.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { missedQuestions } from '../member/missed.js'
import { newRun, nextPractice, practiceState, topicOf } from '../member/practice.js'
import { nextRepair, repairIfAnswered } from '../member/repair.js'
import type { Caller } from '../ports/chat.js'
import { action } from '../ui/action.js'
import type { Card } from '../ui/card.js'
import { practiceIds } from '../ui/ids.js'
import { MISSED, REPAIR } from '../ui/params.js'
import { instead } from '../ui/reply.js'
import { answering } from './answering.js'

async function answer(
  state: Practised,
  given: Answer,
  caller: Caller,
  deps: Deps,
  confidence?: Confidence,
): Promise<Card> {
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
    confidence,
    now: deps.clock(),
  })
  if (kept === 'unknown') throw notHere()
  const run = { ...state.run, right: state.run.right + (right ? 1 : 0), answered: state.run.answered + 1 }
  const repaired = run.topic === REPAIR ? await tryRepair(caller, deps) : undefined
  const bank = deps.packs.get(question.pack)?.bank
  return practisedCard({ ...state, run }, given, { right, repaired, bank })
}

/** The answer is recorded even if the repair fails: the next step tries it again. */
function tryRepair(caller: Caller, deps: Deps): Promise<number | undefined> {
  return repairIfAnswered(caller, deps).catch((error) => {
    deps.log.error({ error }, 'streak not repaired')
    return undefined
  })
}

export const practiceActions = [
  ...answering({
    ids: practiceIds,
    limits: { answer: 'practice', form: 'practice' },
    async find(where, caller, deps) {
      const [state, member] = await Promise.all([
        practiceState(where, caller, deps),
        deps.store.member(caller),
      ])
      return {
        shape: formatOf(state.item),
        record: async (given) =>
          instead(member?.rates ? howSureCard(state, given) : await answer(state, given, caller, deps)),
      }
    },
    async form(where, caller, deps) {
      const { item } = await practiceState(where, caller, deps)
      return answerForm(item, practiceIds.sendForm.id(where))
    },
  }),
  action(practiceIds.rate, {
    limit: 'practice',
    replaces: true,
    run: ({ answer: given, confidence, ...where }, caller, deps) =>
      orOver(async () => {
        const state = await practiceState(where, caller, deps)
        const read = parseAnswer(formatOf(state.item), given.split(''))
        return instead(await answer(state, read, caller, deps, confidence))
      }),
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
    run: async (run, caller, deps) => {
      if (run.topic === REPAIR) return instead(await nextRepair(run, caller, deps))
      return instead(run.shown < run.total ? await nextPractice(run, caller, deps) : practiceEndCard(run))
    },
  }),
  action(practiceIds.more, {
    limit: 'practice',
    async run({ topic }, caller, deps) {
      if (topic === REPAIR) return instead(await nextRepair(newRun(topic), caller, deps))
      const missed = topic === MISSED ? missedQuestions(await deps.store.attempts(caller), deps) : undefined
      const run = newRun(topic, missed && Math.min(missed.length, SHOWN_MISSES))
      return instead(await nextPractice(run, caller, deps))
    },
  }),
]
