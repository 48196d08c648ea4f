/** Replaces Slack's formatting marks in data, if they would format, by characters that look alike. */

/** Look-alikes for each kind of mark: `*`, `_`, `~` and the backtick. */
const LOOK_ALIKES = [...'∗＿∼ˋ'].map((character) => character.charCodeAt(0))

const MARK = /[*_~`]/

/** Replaces every pair of marks between which Slack would format by look-alikes. */
export function unmarked(text: string): string {
  if (!MARK.test(text)) return text
  const codes = new Uint16Array(text.length)
  for (let place = 0; place < text.length; place++) codes[place] = text.charCodeAt(place)
  let marks = marksOf(text)
  // Inner marks take effect once the outer ones are gone.
  for (let i = 0; i < 4; i++) {
    silence(marks)
    for (const { place, kind, silent } of marks) if (silent) codes[place] = LOOK_ALIKES[kind] ?? 0
    const left = marks.filter(({ silent }) => !silent)
    if (left.length === marks.length) break
    marks = left
  }
  return Buffer.from(codes.buffer).toString('utf16le')
}

interface Mark {
  readonly place: number
  readonly kind: number
  /** Line number, counted from the first line of the text. */
  readonly line: number
  /** Whether it can begin a pair: no word before it and no space after it. */
  begins: boolean
  /** Whether it can end a pair: no space before it and no word after it. */
  ends: boolean
  silent: boolean
}

function marksOf(text: string): Mark[] {
  const marks: Mark[] = []
  let line = 0
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place)
    if (code === LINE_FEED) line++
    const kind = kindOf(code)
    if (kind < 0) continue
    const begins = place + 1 < text.length && !isSpace(text, place + 1) && !isWord(text, place - 1)
    const ends = place > 0 && !isSpace(text, place - 1) && !isWord(text, place + 1)
    marks.push({ place, kind, line, begins, ends, silent: false })
  }
  return marks
}

/**
 * Silences the first mark that can begin, and the next of its kind on its line that can end with something
 * between them; then continues after that.
 */
function silence(marks: readonly Mark[]): void {
  const partners = partnersOf(marks)
  const silenced: number[] = []
  for (let i = 0; i < marks.length; i++) {
    const partner = partners[i] ?? 0
    const [mark, end] = [marks[i], marks[partner]]
    if (partner === 0 || !mark || !end) continue
    mark.silent = true
    end.silent = true
    silenced.push(i, partner)
    i = partner
  }
  for (const i of silenced) if (marks[i]?.kind === TICK) besideLetter(marks, i)
}

const TICK = 3

/** Updates adjacent marks, since the look-alike of a backtick counts as a letter. */
function besideLetter(marks: readonly Mark[], i: number): void {
  const [before, mark, after] = [marks[i - 1], marks[i], marks[i + 1]]
  if (before && mark && before.place === mark.place - 1) before.ends = false
  if (after && mark && after.place === mark.place + 1) after.begins = false
}

/** Returns for each mark that can begin the number of the next one that ends it; 0 for none. */
function partnersOf(marks: readonly Mark[]): Int32Array {
  const partners = new Int32Array(marks.length)
  // For each kind: the nearest later mark that can end, and the one after it, which counts if nothing is
  // between.
  const next = [0, 0, 0, 0]
  const second = [0, 0, 0, 0]
  for (let i = marks.length - 1; i >= 0; i--) {
    const mark = marks[i]
    if (!mark || mark.silent) continue
    const { kind, place, line } = mark
    const near = next[kind] ?? 0
    const end = (marks[near]?.place ?? 0) - place > 1 ? near : (second[kind] ?? 0)
    if (mark.begins && end > 0 && marks[end]?.line === line) partners[i] = end
    if (!mark.ends) continue
    second[kind] = near
    next[kind] = i
  }
  return partners
}

const LINE_FEED = 10

function kindOf(code: number): number {
  switch (code) {
    case 42:
      return 0
    case 95:
      return 1
    case 126:
      return 2
    case 96:
      return TICK
    default:
      return -1
  }
}

const ASCII = 128

function isSpace(text: string, place: number): boolean {
  const code = text.charCodeAt(place)
  return code < ASCII ? code === 32 || (code >= 9 && code <= 13) : /\s/.test(text.charAt(place))
}

/** Caches for each code whether it is a letter or a digit; 0 while unknown. */
const KNOWN = new Int8Array(0x10000)
const [YES, NO] = [1, 2]

/** Whether the character at `place`, or the one of which it is a half, is a letter or a digit. */
function isWord(text: string, place: number): boolean {
  const code = text.charCodeAt(place)
  if (Number.isNaN(code)) return false
  // Half of a surrogate pair means nothing by itself.
  if (code >= 0xd800 && code <= 0xdfff) {
    const isSecond = code >= 0xdc00 && /[\uD800-\uDBFF]/.test(text.charAt(place - 1))
    return /^[\p{L}\p{N}]/u.test(text.slice(isSecond ? place - 1 : place, place + 2))
  }
  if (KNOWN[code] === 0) KNOWN[code] = /[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? YES : NO
  return KNOWN[code] === YES
}
