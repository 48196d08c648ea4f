/** Private practice: each card carries its own state, so practice continues after a restart. */

import { UserError } from '../../core/errors.js'
import { instantiate } from '../../core/instantiate.js'
import type { Question, Topic } from '../../core/model.js'
import { newSeed } from '../../core/random.js'
import { becauseOf, planLine } from '../cards/plan.js'
import { caughtUpCard, type Practised, practiceCard, practiceEndCard, type Run } from '../cards/practice.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { type LoadedPack, preparedIn } from '../ports/packs.js'
import { IN_OPEN_ROUND, openQuestions } from '../rounds/open-questions.js'
import { packOf } from '../team/team.js'
import type { Card } from '../ui/card.js'
import type { practiceIds } from '../ui/ids.js'
import { MISSED, type QuestionRef, STALE, shortCode } from '../ui/params.js'
import { missedQuestions } from './missed.js'
import { onlyFor, poolFor } from './own-questions.js'

import { type Own, type PlanScope, personPlan } from './plan.js'

/** The parameters of an item's controls. */
type PracticeParams = ReturnType<typeof practiceIds.chooseMany.read>

/** The code of a topic in a button, since a slug may be too long for one. */
export function topicCode({ pack, slug }: Pick<Topic, 'pack' | 'slug'>): string {
  return shortCode(`${pack}/${slug}`)
}

/** The next question of a run; throws a `UserError` if there is none. */
export async function nextPractice(run: Run, caller: Caller, deps: Deps, own?: Own): Promise<Card> {
  const isOfMissed = run.topic === MISSED
  const scope = await practicable(run.topic, caller, deps)
  const plan = await personPlan({ ...scope, isExtra: true }, caller, deps, own)
  if (!plan.next && scope.pool.length > 0) throw new UserError(IN_OPEN_ROUND)
  if (!plan.next && isOfMissed) return run.shown > 0 ? practiceEndCard(run) : caughtUpCard()
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

/** Finds the pack and the questions to practise. A topic means its own pack, in any channel. */
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
  // The exam has dropped the topic, but it can still be practised.
  const whole = deps.packs.get(topic.pack) ?? own
  return { pack: whole, pool: whole.bank.questionsFor([topic.slug]) }
}

/** Finds a topic by its code; version 0.2 wrote only the code of the slug. */
function topicCalled(code: string, packs: readonly LoadedPack[]): Topic | undefined {
  return packs
    .flatMap(({ bank }) => bank.topics)
    .find((topic) => topicCode(topic) === code || shortCode(topic.slug) === code)
}

/** The topic of a run; undefined for a whole pack. */
export function topicOf({ topic }: Run, { packs }: Pick<Deps, 'packs'>): Topic | undefined {
  return topic === '-' || topic === MISSED ? undefined : topicCalled(topic, packs.all)
}

/** A new run; three questions by default. */
export function newRun(topic: string, total = 3): Run {
  return { total, shown: 0, right: 0, answered: 0, topic }
}

/**
 * Reads the state of practice from its button. Also throws a `UserError` for a question that has come up in a
 * round since.
 */
export async function practiceState(params: PracticeParams, caller: Caller, deps: Deps): Promise<Practised> {
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

/** Finds the practised question; version 0.2 wrote the first digits of its version. */
function practisedQuestion(ref: QuestionRef, { questions }: Deps): Question | undefined {
  if ('number' in ref) return questions.numbered(ref.number)
  const question = questions.question(ref.id)
  return question?.version.startsWith(ref.version) ? question : undefined
}
