/**
 * Longer queries are cut: nobody asks in more. Some characters become many when they are spelled out, `ﷺ`
 * eighteen.
 */
const MAX_QUERY = 300

/** As many characters as are looked at, in the form that they are looked at in. */
export function spelledOut(typed: string): string {
  const bare = typed.slice(0, MAX_QUERY).replace(/\p{M}/gu, '')
  return bare.normalize('NFKD').slice(0, MAX_QUERY)
}
