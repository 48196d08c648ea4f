/** Private practice: each card carries its own state, so practice goes on after a restart. */

import { UserError } from '../../core/errors.js'
import { instantiate } from '../../core/instantiate.js'
import type { Question, QuestionInstance, Topic } from '../../core/model.js'
import { newSeed } from '../../core/random.js'
import { sentence } from '../../core/text.js'
import { becauseOf, planLine } from '../cards/plan.js'
import { itemBlocks } from '../cards/question.js'
import { count, level } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { type LoadedPack, preparedIn } from '../ports/packs.js'
import { IN_OPEN_ROUND, openQuestions } from '../rounds/open-questions.js'
import { packOf } from '../team/team.js'
import { bold, button, buttons, type Card, note, text } from '../ui/card.js'
import { practiceIds } from '../ui/ids.js'
import { MISSED, type QuestionRef, STALE, shortCode } from '../ui/params.js'
import { missedQuestions } from './missed.js'
import { onlyFor, poolFor } from './own-questions.js'

import { type Own, type PlanScope, personPlan } from './plan.js'

/** A run of practice, as written into every button of it. */
export type Run = ReturnType<typeof practiceIds.next.read>
/** What the controls of an item say, as it was read. */
type PracticeParams = ReturnType<typeof practiceIds.chooseMany.read>

/** What stands for a topic in a button, since a slug may be too long for one. */
export function topicCode({ pack, slug }: Pick<Topic, 'pack' | 'slug'>): string {
  return shortCode(`${pack}/${slug}`)
}

/** The next question of a run; throws `UserError` when there is none. */
export async function nextPractice(run: Run, caller: Caller, deps: Deps, own?: Own): Promise<Card> {
  const isOfMissed = run.topic === MISSED
  const scope = await practicable(run.topic, caller, deps)
  const plan = await personPlan({ ...scope, isExtra: true }, caller, deps, own)
  if (!plan.next && scope.pool.length > 0) throw new UserError(IN_OPEN_ROUND)
  if (!plan.next && isOfMissed) return caughtUp(run)
  if (!plan.next)
    throw new UserError(
      'There are no questions on this topic yet. /quiz without a topic draws from all of them.',
    )
  const { question, why } = plan.next
  const seed = newSeed(deps.random)
  const because = becauseOf(why, plan.daysLeft)
  const told = run.topic === '-' ? `${planLine(plan)} · ${because}` : isOfMissed ? undefined : because
  return practiceCard(
    instantiate(question, seed),
    0,
    { ...run, shown: run.shown + 1 },
    { topic: topicOf(run, deps), told },
  )
}

/** Everything that was missed lately has been answered right since. */
function caughtUp(run: Run): Card {
  if (run.shown > 0) return practiceEnd(run)
  const done = 'What you missed lately you have answered right since.'
  return {
    title: 'Nothing is left',
    blocks: [
      text(done),
      ...buttons(button(practiceIds.more.id({ topic: '-' }), 'Practise something else', 'primary')),
    ],
  }
}

/** A topic means its own pack, wherever the caller is. */
async function practicable(
  code: string,
  caller: Caller,
  deps: Deps,
): Promise<Pick<PlanScope, 'pack' | 'pool'>> {
  const pack = await packOf(caller, deps)
  if (code === '-') return { pack, pool: await poolFor(preparedIn(pack), [], caller, deps) }
  if (code === MISSED) {
    const missed = missedQuestions(await deps.store.attempts(caller), deps)
    return { pack, pool: await onlyFor(caller, missed, deps) }
  }
  const topic = topicCalled(code, [pack, ...deps.packs.all])
  if (!topic) throw new UserError(STALE)
  const own = topic.pack === pack.bank.pack.id ? pack : deps.packs.preparing(topic)
  const pool = await poolFor(preparedIn(own), [topic.slug], caller, deps)
  if (pool.length > 0) return { pack: own, pool }
  // The exam has dropped it, and somebody wants to practise it all the same.
  const whole = deps.packs.get(topic.pack) ?? own
  return { pack: whole, pool: whole.bank.questionsFor([topic.slug]) }
}

/** Version 0.2 wrote the code of the slug alone. */
function topicCalled(code: string, packs: readonly LoadedPack[]): Topic | undefined {
  return packs
    .flatMap(({ bank }) => bank.topics)
    .find((topic) => topicCode(topic) === code || shortCode(topic.slug) === code)
}

/** What a run is about; undefined for a whole pack. */
export function topicOf({ topic }: Run, { packs }: Pick<Deps, 'packs'>): Topic | undefined {
  return topic === '-' || topic === MISSED ? undefined : topicCalled(topic, packs.all)
}

interface Said {
  /** What the run is about is said, since it may have been typed in other words. */
  readonly topic?: Topic | undefined
  /** Why it comes, and how the plan stands. */
  readonly told?: string | undefined
}

export function practiceCard(instance: QuestionInstance, index: number, run: Run, said: Said = {}): Card {
  const item = instance.items[index]
  if (!item) throw new UserError(STALE)
  const part = instance.items.length > 1 ? `, part ${index + 1} of ${instance.items.length}` : ''
  const about = said.topic ? sentence`Practice on ${said.topic.title} · ` : ''
  return {
    title: `Practice: question ${run.shown} of ${run.total}${part}`,
    blocks: [
      note(`${about}${level(instance.question)} · only you see this, and it moves no leaderboard`),
      ...(said.told === undefined ? [] : [note(said.told)]),
      ...(instance.scenario ? [text(instance.scenario)] : []),
      ...itemBlocks(item, practiceIds, practiceParams(instance, index, run)),
    ],
  }
}

/** What each control of the item at `index` carries. */
export function practiceParams({ question, seed }: QuestionInstance, index: number, run: Run) {
  return { ...run, question, seed, item: index }
}

export type PracticeState = Awaited<ReturnType<typeof practiceState>>

/** Throws `UserError` also for a question that has come up in a round since. */
export async function practiceState(params: PracticeParams, caller: Caller, deps: Deps) {
  const { question: ref, seed, item: index, ...run } = params
  const question = practisedQuestion(ref, deps)
  const [asked] = question ? await onlyFor(caller, [question], deps) : []
  if (!question || !asked)
    throw new UserError('This question has been revised since. Type /quiz for a fresh one.')
  if ((await openQuestions(caller, deps)).has(question.id)) throw new UserError(IN_OPEN_ROUND)
  const instance = instantiate(question, seed)
  const item = instance.items[index]
  if (!item) throw new UserError(STALE)
  return { instance, item, index, run }
}

/** Version 0.2 wrote the first digits of the version. */
function practisedQuestion(ref: QuestionRef, { questions }: Deps): Question | undefined {
  if ('number' in ref) return questions.numbered(ref.number)
  const question = questions.question(ref.id)
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
