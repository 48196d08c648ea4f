/**
 * Completions grouped by the sections of their pack: in a large pack, names alone do not say what is what.
 */
import type { LoadedPack } from '../ports/packs.js'
import type { Choosable } from './card.js'

/**
 * Completions that name a topic are grouped by its section; sections come in the order of their best
 * completion. All others come after them, unchanged.
 */
export function bySection(found: readonly Choosable[], { bank }: LoadedPack): readonly Choosable[] {
  const titles = new Map(bank.pack.sections.map(({ id, title }) => [id, title]))
  const sections = new Map(bank.topics.map(({ title, section }) => [title, titles.get(section)]))
  const named = found.map((one) => {
    const group = sections.get(one.label)
    return group === undefined ? one : { ...one, group }
  })
  const order = [...new Set(named.flatMap(({ group }) => group ?? []))]
  const place = ({ group }: Choosable) => (group === undefined ? order.length : order.indexOf(group))
  return order.length < 2 ? found : [...named].sort((a, b) => place(a) - place(b))
}
