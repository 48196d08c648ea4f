/** Completes a whole line, for chats that let people type freely. */
import type { Search } from '../../search/search.js'
import type { Choosable } from './card.js'
import type { Command, OptionSpec } from './command.js'
import { findCommand } from './parse.js'

export const MAX_SUGGESTIONS = 25
/** Longer than any name of a command. */
const MAX_TYPED = 100

export function completeLine(
  commands: readonly Command[],
  line: string,
  search: Search,
): readonly Choosable[] {
  if (!line.startsWith('/')) return []
  const typed = line.slice(1, MAX_TYPED).toLowerCase()
  const names = commands
    .filter((c) => !c.isMoved && c.name.startsWith(typed.trimStart()))
    .map((c) => ({ value: `/${c.name} `, label: `/${c.name} ${c.usage}`.trim() }))
  const found = findCommand(commands, line.slice(1))
  if (!found || (names.length > 0 && !line.endsWith(' '))) return names.slice(0, MAX_SUGGESTIONS)
  const { command, rest } = found
  const values = Object.values(command.options).flatMap((spec) => suggestions(spec, rest, search))
  // The typed text itself is left out: to look it up, people send the line.
  return values
    .filter(({ value }) => value !== rest)
    .slice(0, MAX_SUGGESTIONS)
    .map((v) => ({ value: `/${command.name} ${v.value}`, label: v.label }))
}

/** The longest text that is completed, since every keystroke asks. */
const MOST_TYPED = 300

/** Values for one option, best first. */
export function suggestions(spec: OptionSpec, line: string, search: Search): readonly Choosable[] {
  const typed = line.slice(0, MOST_TYPED)
  if (spec.suggest) return spec.suggest(typed, search).slice(0, MAX_SUGGESTIONS)
  if (spec.type !== 'choice') return []
  return spec.choices.filter((c) => c.startsWith(typed.toLowerCase())).map((c) => ({ value: c, label: c }))
}
