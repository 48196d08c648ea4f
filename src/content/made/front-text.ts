/** Writes front matter as a person would write it. */

/** Matches text that needs no quotes in YAML, also in lists. */
const PLAIN = /^\p{L}[\p{L}\p{N} ()+/.;'–-]*$/u
const WORDS = /^(?:true|false|yes|no|on|off|null|y|n)$/i

export function scalar(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) && !text.endsWith(' ') ? text : JSON.stringify(text)
}

const flow = (list: readonly string[]): string => `[${list.map(scalar).join(', ')}]`

/** Writes keys with scalars or lists; those without a value are left out. */
export function frontText(values: Readonly<Record<string, string | readonly string[] | undefined>>): string {
  return Object.entries(values)
    .flatMap(([key, value]) => {
      if (value === undefined || value.length === 0) return []
      return [`${key}: ${typeof value === 'string' ? scalar(value) : flow(value)}\n`]
    })
    .join('')
}
