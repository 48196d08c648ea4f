/** Completions under the sections of their pack: of a large one, names alone do not say what is what. */
import type { LoadedPack } from '../ports/packs.js'
import type { Choosable } from './card.js'

/**
 * Those that name a topic come under its section; sections come in the order of their best. The rest stays as it
 * is, behind them.
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
