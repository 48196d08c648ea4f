/**
 * Longer queries are cut, since nobody needs more. Some characters become many in the compatibility
 * decomposition, such as `ﷺ` eighteen.
 */
const MAX_QUERY = 300

/** Returns the searched part of the text, without marks and in the compatibility decomposition (NFKD). */
export function spelledOut(typed: string): string {
  const bare = typed.slice(0, MAX_QUERY).replace(/\p{M}/gu, '')
  return bare.normalize('NFKD').slice(0, MAX_QUERY)
}
