/** Reads notes line by line, and leaves code alone. */

/** The characters that a box, a list or a quote puts before a line, and the text after them. */
export interface Line {
  readonly indent: string
  readonly rest: string
}

export function lineOf(text: string): Line {
  const rest = text.replace(/^(?:[ \t]|>)+/, '')
  return { indent: text.slice(0, text.length - rest.length), rest }
}

/** Returns for each line whether it belongs to fenced code, including the fences. */
export function inCode(lines: readonly string[]): boolean[] {
  let fence: string | undefined
  return lines.map((text) => {
    const { rest } = lineOf(text)
    if (fence === undefined) {
      fence = openedBy(rest)
      return fence !== undefined
    }
    const end = /^(`{3,}|~{3,})[ \t]*$/.exec(rest)?.[1]
    if (end?.startsWith(fence)) fence = undefined
    return true
  })
}

/** A fence may also follow the mark of a list item. */
function openedBy(rest: string): string | undefined {
  const [, ticks, tildes] = /^(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:(`{3,})[^`]*$|(~{3,}))/.exec(rest) ?? []
  return ticks ?? tildes
}

/** Returns the line with `change` applied to the text outside code spans. */
export function outsideCode(text: string, change: (part: string) => string): string {
  if (!text.includes('`')) return change(text)
  const ticks = /(?<!\\)(`+)(?!`)/g
  let [result, from] = ['', 0]
  for (let open = ticks.exec(text); open; open = ticks.exec(text)) {
    const run = open[0].length
    const close = closing(text, open.index + run, run)
    if (close < 0) continue
    result += change(text.slice(from, open.index)) + text.slice(open.index, close + run)
    from = close + run
    ticks.lastIndex = from
  }
  return result + change(text.slice(from))
}

/** Returns the index of the next run of exactly as many ticks. */
function closing(text: string, from: number, run: number): number {
  for (const { 0: ticks, index } of text.slice(from, from + MAX_SPAN).matchAll(/`+/g))
    if (ticks.length === run) return from + index
  return -1
}

/** The maximum length of a code span keeps a line of many ticks fast. */
const MAX_SPAN = 1000

/** Returns a code span that shows the text unchanged. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = /^`|`$|^ .* $/.test(text) ? ' ' : ''
  return `${fence}${pad}${text}${pad}${fence}`
}
