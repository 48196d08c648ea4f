/** Private practice: each card carries its own state, so practice goes on after a restart. */
import { UserError } from '../../core/errors.js'
import type { Posed, Question } from '../../core/model.js'
import { pose } from '../../core/pose.js'
import { pickPractice } from '../../core/practice.js'
import { itemBlocks } from '../cards/question.js'
import { count, DIFFICULTY_NAMES } from '../cards/voice.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { IN_OPEN_ROUND, openQuestions } from '../rounds/open-questions.js'
import { bold, button, type Card, note, text } from '../ui/card.js'
import { practiceIds } from '../ui/ids.js'
import { type QuestionRef, STALE } from '../ui/params.js'

/** A run of practice, as written into every button of it. */
export type Run = ReturnType<typeof practiceIds.next.read>
/** What the controls of an item say, as it was read. */
type PracticeParams = ReturnType<typeof practiceIds.chooseMany.read>

/** Six characters that stand for a topic in a button, since a slug may be too long for one. */
export function topicCode(slug: string): string {
  let hash = 0x811c9dc5
  for (const character of slug) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(36).slice(-6)
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
      ...itemBlocks(item, practiceIds, practiceParams(posed, index, run)),
    ],
  }
}

/** What each control of the item at `index` carries. */
export function practiceParams({ question, seed }: Posed, index: number, run: Run) {
  return { ...run, question, seed, item: index }
}

export type PracticeState = Awaited<ReturnType<typeof practiceState>>

/** Throws `UserError` also for a question that has come up in a round since. */
export async function practiceState(params: PracticeParams, caller: Caller, deps: Deps) {
  const { question: ref, seed, item: index, ...run } = params
  const question = practisedQuestion(ref, deps)
  if (!question) throw new UserError('This question has been revised since. Type /quiz for a fresh one.')
  if ((await openQuestions(caller, deps)).has(question.id)) throw new UserError(IN_OPEN_ROUND)
  const posed = pose(question, seed)
  const item = posed.items[index]
  if (!item) throw new UserError(STALE)
  return { posed, item, index, run }
}

/** Version 0.2 wrote the first digits of the version. */
function practisedQuestion(ref: QuestionRef, { bank }: Deps): Question | undefined {
  if ('number' in ref) return bank.questionNumbered(ref.number)
  const question = bank.question(ref.id)
  return question?.version.startsWith(ref.version) ? question : undefined
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
      { kind: 'buttons', buttons: [button(practiceIds.more.id(run), 'Practise more', 'primary')] },
    ],
  }
}
