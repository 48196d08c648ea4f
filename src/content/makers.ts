/** Names of makers, which people leave out before others. */

export function spaced(name: string): string {
  return name.replace(/[-_\s]+/g, ' ').trim()
}

export type Rename = (name: string) => string

/** Takes the names of makers away that stand before another name, unless nothing else is left. */
export function makerRemover(makers: readonly string[]): Rename {
  // The longest first: one may begin with another.
  const names = [...makers]
    .sort((a, b) => b.length - a.length)
    .map((maker) => maker.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  const before = new RegExp(`^(?:(?:${names.join('|')})\\s+)+`, 'iu')
  return (name) => (makers.length === 0 ? spaced(name) : spaced(name).replace(before, ''))
}
