/** Whether a question would not be asked in its team even if it were approved. */
import type { Team } from '../../core/model.js'
import type { Aside } from '../cards/authoring.js'
import type { Deps } from '../deps.js'
import type { TeamQuestion } from '../ports/authoring.js'

/** Returns what prevents it from being asked; undefined if nothing does. */
export function asideOf(
  { pack, content }: Pick<TeamQuestion, 'pack' | 'content'>,
  team: Pick<Team, 'pack' | 'topics'>,
  { packs }: Pick<Deps, 'packs'>,
): Aside | undefined {
  if (pack === team.pack && !packs.get(pack)) return { kind: 'gone', pack }
  if (pack !== team.pack) return { kind: 'pack', title: packs.get(pack)?.bank.pack.title ?? pack }
  const isAsked = team.topics.length === 0 || content.topics.some((topic) => team.topics.includes(topic))
  return isAsked ? undefined : { kind: 'topics' }
}
