/** The writers and checkers of a team's own question. */
import type { Question, TeamOrigin } from '../../core/model.js'
import { isolated } from '../../core/text.js'
import { type Block, note } from '../ui/card.js'

/** The most names listed; further people are only counted. */
const NAMED = 4

/** Names as `Ana, Bo and Cy`, each isolated from the words around it. */
export function inList(names: readonly string[]): string {
  const more = names.length > NAMED + 1 ? [`${names.length - NAMED} others`] : []
  const apart = [...(more.length > 0 ? names.slice(0, NAMED) : names).map(isolated), ...more]
  const last = apart.pop()
  return apart.length === 0 ? (last ?? '') : `${apart.join(', ')} and ${last}`
}

/** The origin as a sentence: `Written by Ana, checked by Bo and Cy.` */
export function originWords({
  writers,
  checkers,
  isFromNotes,
  isImported,
}: Pick<TeamOrigin, 'writers' | 'checkers' | 'isFromNotes' | 'isImported'>): string {
  const made = isImported ? 'Imported from a file' : isFromNotes ? 'Made from notes' : 'Written in this team'
  const written = writers.length > 0 ? `Written by ${inList(writers)}` : made
  return checkers.length > 0 ? `${written}, checked by ${inList(checkers)}.` : `${written}.`
}

/** Empty for questions from files. Leaves out the source, whose title may say what is right. */
export const originNote = (question: Question): Block[] => noteOf(question, false)

/** Like `originNote`, with the source, for people who may see the key. */
export const originAndSource = (question: Question): Block[] => noteOf(question, true)

function noteOf({ origin }: Question, isKeyShown: boolean): Block[] {
  if (origin.kind !== 'team' || origin.isImported) return []
  const source = isKeyShown && origin.source !== '' ? [' Source: ', isolated(origin.source)] : []
  return [note(originWords(origin), ...source)]
}
