/**
 * Questions of teams are only for their members. In practice nobody gets a question whose key they know
 * beforehand, because they wrote or reviewed it.
 */
import type { Question } from '../../core/model.js'
import type { Deps } from '../deps.js'
import type { OwnScope } from '../ports/authoring.js'
import type { UserKey } from '../ports/keys.js'
import type { Preparing } from '../ports/packs.js'

type From = Pick<Deps, 'questions' | 'store'>

/**
 * The questions that this person may practise. Returns the same array while nothing changes, if they know
 * none of the keys.
 */
export async function poolFor(
  of: Preparing,
  topics: readonly string[],
  who: UserKey,
  { questions, store }: From,
): Promise<readonly Question[]> {
  const { pack, exam } = of
  if (!questions.hasOwn(pack)) return questions.about({ pack, exam }, topics)
  const scope = await store.ownScope(who)
  const pool = questions.about({ pack, exam, teams: scope.teams }, topics)
  return pool.every((one) => isFor(one, scope)) ? pool : pool.filter((one) => isFor(one, scope))
}

/** The questions of a list that this person may practise. */
export async function onlyFor<T extends Question>(
  who: UserKey,
  questions: readonly T[],
  { store }: From,
): Promise<readonly T[]> {
  if (!questions.some(({ origin }) => origin.kind === 'team')) return questions
  const scope = await store.ownScope(who)
  return questions.filter((one) => isFor(one, scope))
}

function isFor({ id, origin }: Question, { teams, known }: OwnScope): boolean {
  return origin.kind === 'file' || (teams.includes(origin.team) && !known.includes(id))
}
