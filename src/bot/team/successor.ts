/** Finds the exam that replaces the one a team prepares for. */
import type { Exam, Team } from '../../core/model.js'
import type { Deps } from '../deps.js'

/** A retired exam, and the one of the same pack that can be taken instead. */
export interface Successor {
  readonly old: Exam
  readonly next: Exam
}

/** Undefined while the team's exam is held, and if nothing replaces it. */
export function successorOf(team: Team, { packs }: Pick<Deps, 'packs'>): Successor | undefined {
  if (!packs.get(team.pack)) return undefined
  const [old, ...others] = packs.preparing(team).bank.pack.exams
  const next = others.find(({ state }) => state !== 'retired')
  return old?.state === 'retired' && next ? { old, next } : undefined
}

/** Asks the team once for each replacement, even if the answer is no. */
export async function offerSuccessor(team: Team, deps: Deps): Promise<void> {
  const found = successorOf(team, deps)
  if (!found) return
  const key = `new-exam-${team.id}-${found.next.id}`
  await deps.store.enqueue({ key, kind: 'new-exam', team: team.id, dueAt: deps.clock() })
}
