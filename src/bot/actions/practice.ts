import { isRight, parseAnswer, shapeOf } from '../../core/grade.js'
import type { Answer } from '../../core/model.js'
import { after } from '../cards/feedback.js'
import { answerForm, reasonBlocks } from '../cards/question.js'
import { notHere } from '../cards/voice.js'
import type { Deps } from '../deps.js'
import {
  decodeRun,
  encodeRun,
  nextPractice,
  type PracticeState,
  practiceCard,
  practiceEnd,
  practiceParams,
  practiceState,
  type Run,
} from '../member/practice.js'
import type { Caller } from '../ports/chat.js'
import { type Action, encode, word } from '../ui/action.js'
import { bold, button, buttons, type Card, text } from '../ui/card.js'
import { instead, opening } from '../ui/reply.js'
import { parseForm } from './answer.js'

const DEFAULT_COUNT = 3

export function newRun(topic: string, total = DEFAULT_COUNT): Run {
  return { total, shown: 0, right: 0, answered: 0, topic }
}

async function answer(state: PracticeState, given: Answer, caller: Caller, deps: Deps): Promise<Card> {
  const right = isRight(state.item, given)
  const { question, posed, index } = state
  const kept = await deps.store.practise({
    ...caller,
    question: question.id,
    version: question.version,
    seed: posed.seed,
    item: index,
    answer: given,
    right,
    now: deps.clock(),
  })
  if (kept === 'unknown') throw notHere()
  const run = { ...state.run, right: state.run.right + (right ? 1 : 0), answered: state.run.answered + 1 }
  return {
    title: right ? 'Right' : 'Not this time',
    blocks: [
      text(state.item.stem),
      ...reasonBlocks(state.item, given),
      ...(right ? [] : [text(bold('Common misconception: '), question.misconception)]),
      ...onward(state, run),
      ...buttons(...after(posed, deps.bank, undefined).flatMap((b) => (b.kind === 'buttons' ? b.buttons : []))),
    ],
  }
}

function onward(state: PracticeState, run: Run) {
  const { posed, index } = state
  if (index + 1 < posed.items.length)
    return buttons(button(encode('part', ...practiceParams(posed, index + 1, run)), 'Next part', 'primary'))
  return buttons(button(encode('next', ...encodeRun(run)), run.shown < run.total ? 'Next question' : 'See how it went', 'primary'))
}

const tryOne: Action = {
  name: 'try',
  opensForm: false,
  limit: 'practice',
  async run(params, _input, caller, deps) {
    const state = await practiceState(params, caller, deps)
    return instead(await answer(state, parseAnswer(shapeOf(state.item), [word(state.rest, 0)]), caller, deps))
  },
}

const tries: Action = {
  name: 'tries',
  opensForm: false,
  limit: 'practice',
  async run(params, input, caller, deps) {
    const state = await practiceState(params, caller, deps)
    return instead(await answer(state, parseAnswer(shapeOf(state.item), input.values), caller, deps))
  },
}

const fill: Action = {
  name: 'tryfill',
  opensForm: true,
  limit: 'practice',
  async run(params, _input, caller, deps) {
    const { item, posed, index, run } = await practiceState(params, caller, deps)
    return opening(answerForm(item, encode('tryfilled', ...practiceParams(posed, index, run))))
  },
}

const filled: Action = {
  name: 'tryfilled',
  opensForm: false,
  limit: 'practice',
  async run(params, input, caller, deps) {
    const state = await practiceState(params, caller, deps)
    return instead(await answer(state, parseForm(shapeOf(state.item), input.form), caller, deps))
  },
}

const part: Action = {
  name: 'part',
  opensForm: false,
  limit: 'practice',
  async run(params, _input, caller, deps) {
    const { posed, index, run } = await practiceState(params, caller, deps)
    return instead(practiceCard(posed, index, run))
  },
}

const next: Action = {
  name: 'next',
  opensForm: false,
  limit: 'practice',
  async run(params, _input, caller, deps) {
    const run = decodeRun(params, 0)
    return instead(run.shown < run.total ? await nextPractice(run, caller, deps) : practiceEnd(run))
  },
}

const more: Action = {
  name: 'more',
  opensForm: false,
  limit: 'practice',
  run: async (params, _input, caller, deps) => instead(await nextPractice(newRun(word(params, 0)), caller, deps)),
}

export const practiceActions = [tryOne, tries, fill, filled, part, next, more]
