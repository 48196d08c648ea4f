/** The share that a person can expect to get right, from their first answers. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Bank } from '../../content/bank.js'
import { placedByTopics } from '../../content/exam-view.js'
import type { Exam } from '../../core/model.js'
import { type FirstAnswer, type Readiness, readiness } from '../../core/readiness.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { ConceptMemory, Learner } from '../ports/learning.js'
import type { LoadedPack } from '../ports/packs.js'
import { packOf } from '../team/team.js'
import { learnerOf } from './plan.js'

export interface Expected {
  readonly ready: Readiness
  readonly exam: Exam
}

/**
 * Returns the readiness for the exam that the person prepares for, else for that of the team's pack;
 * undefined for a pack without an exam.
 */
export async function readinessOf(caller: Caller, deps: Deps): Promise<Expected | undefined> {
  const learner = await learnerOf(caller, deps)
  return readinessIn(await preparedPack(learner, caller, deps), learner, deps)
}

/** The pack of the exam that the person prepares for, else that of the team. */
export async function preparedPack(
  learner: Learner | undefined,
  caller: Caller,
  deps: Deps,
): Promise<LoadedPack> {
  return preparedBy(learner, await packOf(caller, deps), deps)
}

/**
 * The pack to prepare with. If the person's exam belongs to the team's pack, the team's choice of exam is
 * used.
 */
export function preparedBy(learner: Learner | undefined, own: LoadedPack, { packs }: Deps): LoadedPack {
  const named = learner?.exam?.pack
  if (named === undefined || named === own.bank.pack.id || !packs.get(named)) return own
  return packs.preparing({ pack: named })
}

/** Returns the readiness for the first exam of the pack; undefined for a pack without an exam. */
export async function readinessIn(
  { bank }: LoadedPack,
  learner: Learner | undefined,
  deps: Deps,
): Promise<Expected | undefined> {
  const [exam] = bank.pack.exams
  if (!exam?.items) return undefined
  // Reading and simulating each take time: other tasks run in between.
  await turn()
  const concepts = (learner?.concepts ?? []).filter((one) => one.pack === bank.pack.id)
  const shape = { items: exam.items.scored + exam.items.unscored, domains: exam.domains }
  return {
    ready: readiness(
      concepts.flatMap((one) => firstAnswers(one, bank, deps)),
      shape,
      deps.clock(),
    ),
    exam,
  }
}

/** First answers to questions that the exam has. */
function firstAnswers({ seen }: ConceptMemory, bank: Bank, { questions }: Deps): FirstAnswer[] {
  return Object.entries(seen).flatMap(([key, { first }]) => {
    const asked = questions.question(key.split(' ')[0] ?? '')
    const served =
      asked?.origin.kind === 'team'
        ? placedByTopics(asked, bank.questionsFor)
        : bank.question(asked?.id ?? '')
    const domain = served?.domain
    return domain === undefined ? [] : [{ domain, ...first }]
  })
}
