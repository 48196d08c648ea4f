/** The output of `pack add` and `pack update`. */
import { contentSummary } from '../content/load.js'
import type { Changes, PackDiff } from '../content/pack-diff.js'
import type { Pack } from '../core/model.js'
import type { Taken } from './pack-take.js'

const NAMED = 10

/** Returns `Attribution (licence)`, as far as the pack has them. */
export function credit({ licence, attribution }: Pick<Pack, 'licence' | 'attribution'>): string | undefined {
  if (licence === undefined) return attribution
  return attribution === undefined ? licence : `${licence}, ${attribution}`
}

export function packLines({ id, bank, origin }: Taken): string[] {
  const { topics, questions, byKind } = contentSummary([bank])
  const kinds = Object.entries(byKind).map(([kind, count]) => `${count} ${kind}`)
  const by = credit(bank.pack)
  return [
    `${id}: ${bank.pack.title}`,
    `  ${topics} topics, ${questions} questions${kinds.length > 0 ? ` (${kinds.join(', ')})` : ''}`,
    `  licence: ${by ?? 'it names none; ask those who publish it before you share it'}`,
    `  from ${origin.from}${origin.commit === undefined ? '' : `, commit ${origin.commit}`}`,
    `  content ${origin.hash.slice(0, 12)}`,
  ]
}

export function changeLines(
  id: string,
  diff: PackDiff,
  { bank, origin }: Taken,
  isEdited: boolean,
): string[] {
  return [
    `${id}: a new version of ${bank.pack.title}${origin.commit === undefined ? '' : `, commit ${origin.commit.slice(0, 12)}`}`,
    ...linesOf('topics', diff.topics),
    ...linesOf('questions', diff.questions),
    ...(diff.keys.length > 0
      ? [
          `  keys changed: ${list(diff.keys)}`,
          '    What was posted of them is graded anew with the next start, and the teams are told.',
        ]
      : []),
    ...diff.others.map(
      ({ id: one, reason }) =>
        `  ${one} asks something else now, and what was posted keeps its key: ${reason}`,
    ),
    ...(isEdited ? ['  Files of it were changed here since it was added; these changes go.'] : []),
  ]
}

function linesOf(what: string, { added, removed, changed }: Changes): string[] {
  const parts = Object.entries({ added, removed, changed }).filter(([, ids]) => ids.length > 0)
  return parts.map(([how, ids]) => `  ${what} ${how}: ${ids.length} (${list(ids)})`)
}

const list = (ids: readonly string[]) =>
  `${ids.slice(0, NAMED).join(', ')}${ids.length > NAMED ? `, and ${ids.length - NAMED} more` : ''}`
