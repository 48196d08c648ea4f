/** Private practice: each card carries its own state, so practice goes on after a restart. */
import { UserError } from '../../core/errors.js'
import type { Posed, PosedItem, Question } from '../../core/model.js'
import { pose } from '../../core/pose.js'
import { pickPractice } from '../../core/practice.js'
import { type Asking, itemBlocks } from '../cards/question.js'
import { count, DIFFICULTY_NAMES } from '../cards/voice.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { IN_OPEN_ROUND, openQuestions } from '../rounds/open-questions.js'
import { encode, encodeQuestion, number, questionNumber, STALE, word } from '../ui/action.js'
import { bold, button, type Card, note, text } from '../ui/card.js'

/** A run of practice, as written into every button of it. */
export interface Run {
  /** Questions in all, those shown so far, items answered right, items answered. */
  readonly total: number
  readonly shown: number
  readonly right: number
  readonly answered: number
  /** `topicCode`, or `-` for the whole pack. */
  readonly topic: string
}

export const MAX_PRACTICE = 20
const MAX_SEED = 2 ** 32 - 1

/** Six characters that stand for a topic in a button, since a slug may be too long for one. */
export function topicCode(slug: string): string {
  let hash = 0x811c9dc5
  for (const character of slug) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(36).slice(-6)
}

export function encodeRun(run: Run): (string | number)[] {
  return [run.total, run.shown, run.right, run.answered, run.topic]
}

export function decodeRun(params: readonly string[], from: number): Run {
  const [total, shown, right, answered] = [0, 1, 2, 3].map((i) => number(params, from + i))
  const topic = word(params, from + 4)
  if (total === undefined || shown === undefined || right === undefined || answered === undefined || total > MAX_PRACTICE)
    throw new UserError(STALE)
  if (!/^(-|[0-9a-z]{1,6})$/.test(topic)) throw new UserError(STALE)
  return { total, shown, right, answered, topic }
}

/** The next question of a run; throws `UserError` when there is none. */
export async function nextPractice(run: Run, caller: Caller, deps: Deps): Promise<Card> {
  const topics = run.topic === '-' ? [] : deps.bank.topics.filter((t) => topicCode(t.slug) === run.topic).map((t) => t.slug)
  if (run.topic !== '-' && topics.length === 0) throw new UserError(STALE)
  const all = deps.bank.packs.flatMap((pack) => deps.bank.questionsFor(pack.id, topics))
  const [attempts, open] = await Promise.all([deps.store.attempts(caller), openQuestions(caller, deps)])
  const pool = all.filter((question) => !open.has(question.id))
  const [question] = pickPractice({ pool, attempts, count: 1, now: deps.clock(), random: deps.random })
  if (!question && all.length > 0) throw new UserError(IN_OPEN_ROUND)
  if (!question) throw new UserError('There are no questions on this topic yet. /quiz without a topic draws from all of them.')
  const seed = Math.floor(deps.random() * 2 ** 32)
  return practiceCard(pose(question, seed), 0, { ...run, shown: run.shown + 1 })
}

export function practiceCard(posed: Posed, index: number, run: Run): Card {
  const item = posed.items[index]
  if (!item) throw new UserError(STALE)
  const part = posed.items.length > 1 ? `, part ${index + 1} of ${posed.items.length}` : ''
  return {
    title: `Practice: question ${run.shown} of ${run.total}${part}`,
    blocks: [
      note(
        `Exam domain ${posed.question.domain} · ${DIFFICULTY_NAMES[posed.question.difficulty]} · only you see this, and it moves no leaderboard`,
      ),
      ...(posed.scenario ? [text(posed.scenario)] : []),
      ...itemBlocks(item, asking(posed, index, run)),
    ],
  }
}

function asking(posed: Posed, index: number, run: Run): Asking {
  const state = practiceParams(posed, index, run)
  return { pick: (letter) => encode('try', ...state, letter), menu: encode('tries', ...state), open: encode('tryfill', ...state) }
}

/** Question, seed, item, then the run. */
export function practiceParams(posed: Posed, index: number, run: Run): (string | number)[] {
  return [encodeQuestion(posed.question), posed.seed, index, ...encodeRun(run)]
}

export interface PracticeState {
  readonly question: Question
  readonly posed: Posed
  readonly item: PosedItem
  readonly index: number
  readonly run: Run
  /** What stands after the run: the letter of a press. */
  readonly rest: readonly string[]
}

/** What a button of practice says. Throws `UserError` also for a question that has come up in a round since. */
export async function practiceState(params: readonly string[], caller: Caller, deps: Deps): Promise<PracticeState> {
  const { question, state } = practisedQuestion(params, deps)
  if (!question) throw new UserError('This question has been revised since. Type /quiz for a fresh one.')
  if ((await openQuestions(caller, deps)).has(question.id)) throw new UserError(IN_OPEN_ROUND)
  const posed = pose(question, number(state, 0, MAX_SEED))
  const index = number(state, 1)
  const item = posed.items[index]
  if (!item) throw new UserError(STALE)
  return { question, posed, item, index, run: decodeRun(state, 2), rest: state.slice(7) }
}

/** Version 0.2 wrote the id of a question and the first digits of its version. */
function practisedQuestion(params: readonly string[], { bank }: Deps): { question: Question | undefined; state: readonly string[] } {
  const numbered = questionNumber(params, 0)
  if (numbered !== undefined) return { question: bank.questionNumbered(numbered), state: params.slice(1) }
  const question = bank.question(word(params, 0))
  return { question: question?.version.startsWith(word(params, 1)) ? question : undefined, state: params.slice(2) }
}

export function practiceEnd(run: Run): Card {
  const share = run.answered === 0 ? 0 : Math.round((100 * run.right) / run.answered)
  return {
    title: 'Practice done',
    blocks: [
      text(
        bold(`${run.right} of ${count(run.answered, 'answer')} right (${share} %).`),
        ' What went wrong comes back sooner, what went well later.',
      ),
      { kind: 'buttons', buttons: [button(encode('more', run.topic), 'Practise more', 'primary')] },
    ],
  }
}
