/**
 * Converts inline Markdown to HTML without its emphasis; `html-text.ts` reads the result. It makes one pass
 * and reads each sign once.
 */
const PUNCTUATION = /[!-/:-@[-`{-~]/
const WORD = /[\p{L}\p{N}]/u

export const escapedHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Returns the end of a run of the same sign. */
function runEnd(text: string, from: number): number {
  let end = from
  while (text[end] === text[from]) end++
  return end
}

/** Adds to `dropped` what a text cannot hold. */
export function inlineHtml(source: string, dropped: string[]): string {
  const out: string[] = []
  const ticks = tickRuns(source)
  const open = new Map<string, number[]>()
  let [begin, i] = [0, 0]
  const flush = () => {
    if (i > begin) out.push(source.slice(begin, i))
  }
  const skipTo = (end: number) => {
    i = end
    begin = end
  }
  while (i < source.length) {
    const sign = source.charAt(i)
    if (sign === '\\' && PUNCTUATION.test(source.charAt(i + 1))) {
      flush()
      out.push(escapedHtml(source.charAt(i + 1)))
      skipTo(i + 2)
    } else if (sign === '`') {
      const end = runEnd(source, i)
      const close = ticks.closing(i, end - i)
      flush()
      if (close !== undefined) out.push(escapedHtml(codeOf(source.slice(end, close))))
      else out.push(source.slice(i, end))
      skipTo(close === undefined ? end : close + end - i)
    } else if (sign === '*' || sign === '_' || sign === '~') {
      flush()
      const end = runEnd(source, i)
      emphasis(source, i, end, open, out)
      skipTo(end)
    } else if (sign === '[' || (sign === '!' && source[i + 1] === '[')) {
      flush()
      const link = linkAt(source, i)
      if (link?.isPicture) dropped.push('a picture')
      else if (link) out.push(inlineHtml(link.words, dropped), link.address)
      else out.push(sign)
      skipTo(link?.end ?? i + 1)
    } else if (sign === '<') {
      const address = /^<(https?:\/\/[^<>\s]{1,2000})>/.exec(source.slice(i, i + 2020))
      flush()
      out.push(address ? escapedHtml(address[1] ?? '') : sign)
      skipTo(i + (address?.[0].length ?? 1))
    } else i++
  }
  flush()
  return out.join('')
}

/** Finds the next run of backticks of the same length for each run, all at once. */
function tickRuns(source: string) {
  const next = new Map<number, number>()
  const last = new Map<number, number>()
  const runs = [...source.matchAll(/`+/g)]
  for (const { 0: run, index } of runs.reverse()) {
    const after = last.get(run.length)
    if (after !== undefined) next.set(index, after)
    last.set(run.length, index)
  }
  return { closing: (at: number, _length: number) => next.get(at) }
}

const codeOf = (code: string) => (/^ .*\S.* $/s.test(code) ? code.slice(1, -1) : code)

/** A run opens before a word and closes after one; a run without a partner stays. */
function emphasis(
  source: string,
  from: number,
  end: number,
  open: Map<string, number[]>,
  out: string[],
): void {
  const [before, after] = [source.charAt(from - 1), source.charAt(end)]
  const sign = source.charAt(from)
  const run = source.slice(from, end)
  const canOpen = /\S/.test(after) && !(sign === '_' && WORD.test(before))
  const canClose = /\S/.test(before) && !(sign === '_' && WORD.test(after))
  const openers = open.get(run) ?? []
  const opener = canClose && run !== '~' && run.length <= 3 ? openers.pop() : undefined
  if (opener !== undefined) out[opener] = ''
  else {
    if (canOpen) open.set(run, [...openers.slice(-50), out.length])
    out.push(run)
  }
}

interface Link {
  readonly isPicture: boolean
  readonly words: string
  readonly address: string
  readonly end: number
}

/** Reads `[words](address)`, `![…](…)`, `[[note|words]]`; undefined if the bracket is not a link. */
function linkAt(source: string, at: number): Link | undefined {
  const near = source.slice(at, at + 3000)
  const wiki = /^(!?)\[\[([^[\]|\n]{1,200})(?:\|([^[\]\n]{1,200}))?\]\]/.exec(near)
  if (wiki) {
    const [all, mark, target = '', words] = wiki
    return { isPicture: mark === '!', words: words ?? target, address: '', end: at + all.length }
  }
  const match =
    /^(!?)\[((?:[^[\]\\]|\\.){0,800})\]\((?:<([^<>\n]{0,2000})>|([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?))(?:\s+"[^"\n]{0,300}")?\s*\)/.exec(
      near,
    )
  if (!match) return undefined
  const [all, mark, words = '', quoted, bare = ''] = match
  const address = quoted ?? bare
  const isKept = /^https?:\/\//i.test(address) && !words.includes(address)
  return {
    isPicture: mark === '!',
    words,
    address: isKept ? ` (${escapedHtml(address)})` : '',
    end: at + all.length,
  }
}
