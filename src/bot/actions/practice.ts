import type { Confidence } from '../../core/confidence.js'
import { orOver } from '../../core/errors.js'
import { formatOf, isRight, parseAnswer } from '../../core/grade.js'
import type { Answer } from '../../core/model.js'
import { sureCard } from '../cards/confidence.js'
import { after, outcomeOf } from '../cards/feedback.js'
import { SHOWN_MISSES } from '../cards/home.js'
import { answerForm, misconceptionBlocks, reasonBlocks } from '../cards/question.js'
import { repairedBlock } from '../cards/repair.js'
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
import { nextRepair, repairIfAnswered } from '../member/repair.js'
import type { Caller } from '../ports/chat.js'
import { action } from '../ui/action.js'
import { button, buttons, type Card, text } from '../ui/card.js'
import { practiceIds } from '../ui/ids.js'
import { MISSED, REPAIR } from '../ui/params.js'
import { instead } from '../ui/reply.js'
import { answering } from './answering.js'

/** Three questions, unless somebody wants more or fewer. */
export function newRun(topic: string, total = 3): Run {
  return { total, shown: 0, right: 0, answered: 0, topic }
}

async function answer(
  state: PracticeState,
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
  return {
    title: right ? 'Right' : 'Not this time',
    outcome: outcomeOf({ right }),
    blocks: [
      ...(repaired === undefined ? [] : [repairedBlock(repaired)]),
      text(state.item.stem),
      ...reasonBlocks(state.item, given),
      ...(right ? [] : misconceptionBlocks(question)),
      ...(repaired === undefined ? onward(state, run) : buttons(goOn())),
      ...after(instance, deps.packs.get(question.pack)?.bank, undefined),
    ],
  }
}

const goOn = () => button(practiceIds.more.id({ topic: '-' }), 'Practise more', 'primary')

/** The answer stands, whatever comes of the streak: the next step tries it again. */
function tryRepair(caller: Caller, deps: Deps): Promise<number | undefined> {
  return repairIfAnswered(caller, deps).catch((error) => {
    deps.log.error({ error }, 'streak not repaired')
    return undefined
  })
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

/** For whoever wants to say how sure they are, before anything is recorded or told. */
function askHowSure({ instance, item, index, run }: PracticeState, given: Answer): Card {
  const params = practiceParams(instance, index, run)
  return sureCard(item.stem, given, (confidence) =>
    practiceIds.rate.id({ ...params, answer: given, confidence }),
  )
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
          instead(member?.rates ? askHowSure(state, given) : await answer(state, given, caller, deps)),
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
      return instead(run.shown < run.total ? await nextPractice(run, caller, deps) : practiceEnd(run))
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
