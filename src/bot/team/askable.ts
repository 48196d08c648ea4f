/** Whether a team can be asked what it picked: topics and packs may be removed from the content. */
import type { Team } from '../../core/model.js'
import type { Lack } from '../cards/trouble.js'
import type { Deps } from '../deps.js'

/** Returns what is missing; undefined while everything that the team picked has questions. */
export function lackOf(
  team: Team,
  { packs, questions }: Pick<Deps, 'packs' | 'questions'>,
): Lack | undefined {
  if (!packs.get(team.pack)) return { kind: 'pack', pack: team.pack }
  const gone = team.topics.filter((slug) => questions.about(team, [slug]).length === 0)
  const isAll = questions.about(team, team.topics).length === 0
  return isAll || gone.length > 0 ? { kind: 'topics', gone, of: team.topics.length, isAll } : undefined
}

/** Whether nothing at all can be asked. */
export const isNothing = (lack: Lack | undefined): lack is Lack =>
  lack !== undefined && (lack.kind === 'pack' || lack.isAll)
