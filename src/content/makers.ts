/** Names of makers, which people leave out before other names. */

export function spaced(name: string): string {
  return name.replace(/[-_\s]+/g, ' ').trim()
}

export type Rename = (name: string) => string

/** Returns a function that removes makers' names in front of another name, unless nothing else is left. */
export function makerRemover(makers: readonly string[]): Rename {
  // The longest come first, since one may begin with another.
  const names = [...makers]
    .sort((a, b) => b.length - a.length)
    .map((maker) => maker.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  const before = new RegExp(`^(?:(?:${names.join('|')})\\s+)+`, 'iu')
  return (name) => (makers.length === 0 ? spaced(name) : spaced(name).replace(before, ''))
}
