/** Reads front matter of other programs: TOML between `+++`, JSON, and Pandoc's lines of `%`. */

export interface Front {
  /** The number of its lines; 0 if there is none of these kinds. */
  readonly lines: number
  readonly values: Readonly<Record<string, unknown>>
}

const NONE: Front = { lines: 0, values: {} }
/** Far more lines than a person writes. */
const MAX_LINES = 200

/** The Markdown parser itself reads YAML between `---`. */
export function otherFront(lines: readonly string[]): Front {
  const [first = ''] = lines
  if (/^\+\+\+\s*$/.test(first)) return toml(lines)
  if (/^\{\s*$/.test(first) || /^\{.*\}\s*$/.test(first)) return json(lines)
  return /^% \S/.test(first) ? pandoc(lines) : NONE
}

function toml(lines: readonly string[]): Front {
  const end = lines.findIndex((line, i) => i > 0 && i < MAX_LINES && /^\+\+\+\s*$/.test(line))
  if (end < 0) return NONE
  const pairs = lines.slice(1, end).flatMap((line) => {
    const [, key, text, number] = /^(\w+)\s*=\s*(?:["']{1}(.*)["']|(\d+))\s*$/.exec(line) ?? []
    return key === undefined ? [] : [[key, text ?? Number(number)] as const]
  })
  return { lines: end + 1, values: Object.fromEntries(pairs) }
}

function json(lines: readonly string[]): Front {
  const end = lines.findIndex((line, i) => i < MAX_LINES && /^(?:\{.*)?\}\s*$/.test(line))
  if (end < 0) return NONE
  try {
    const values: unknown = JSON.parse(lines.slice(0, end + 1).join('\n'))
    return { lines: end + 1, values: { ...(values as object) } }
  } catch {
    return NONE
  }
}

function pandoc(lines: readonly string[]): Front {
  const end = lines.findIndex((line) => !line.startsWith('%'))
  return end < 0 || end > 3 ? NONE : { lines: end, values: { title: lines[0]?.slice(2).trim() } }
}
