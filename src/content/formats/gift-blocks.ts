/** Splits a GIFT file into its questions, so that a broken one spoils no other. */
export interface GiftBlock {
  readonly kind: 'category' | 'question'
  /** The line where the block begins, after its comments. */
  readonly line: number
  readonly text: string
}

/** The signs that a backslash escapes; before anything else it is an ordinary backslash. */
const ESCAPED = '~=#{}:\\n'
const COMMENT = /^\s*\/\//
const CATEGORY = /^\s*\$CATEGORY:(.*)$/
/** Matches a line that continues the answers after a blank line. */
const GOES_ON = /^\s*[=~}#]/

/** Calls `visit` for each unescaped sign, in order. */
function scan(text: string, visit: (sign: string, at: number) => void): void {
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i)
    if (sign === '\\' && ESCAPED.includes(text.charAt(i + 1) || ' ')) i++
    else visit(sign, i)
  }
}

export function unescaped(text: string): string {
  return text.replace(/\\([~=#{}:\\n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
}

/** Returns the indexes of the signs that are not escaped. */
export function placesOf(text: string, signs: string): readonly number[] {
  const places: number[] = []
  scan(text, (sign, at) => signs.includes(sign) && places.push(at))
  return places
}

export function giftBlocks(text: string): readonly GiftBlock[] {
  const blocks: GiftBlock[] = []
  let [lines, line, depth, isAfterBlank]: [string[], number, number, boolean] = [[], 0, 0, false]
  const end = () => {
    if (lines.length > 0) blocks.push({ kind: 'question', line, text: lines.join('\n') })
    ;[lines, depth, isAfterBlank] = [[], 0, false]
  }
  text.split('\n').forEach((content, i) => {
    const [, category] = CATEGORY.exec(content) ?? []
    if (COMMENT.test(content)) return
    if (content.trim() === '') {
      if (depth > 0) isAfterBlank = true
      else end()
      return
    }
    // An unclosed brace ends with its question, not with the file.
    if (content.startsWith('::') || category !== undefined || (isAfterBlank && !GOES_ON.test(content))) end()
    if (category !== undefined) {
      blocks.push({ kind: 'category', line: i + 1, text: category.trim() })
      return
    }
    if (lines.length === 0) line = i + 1
    lines.push(content)
    isAfterBlank = false
    scan(content, (sign) => {
      if (sign === '{') depth++
      else if (sign === '}') depth = Math.max(0, depth - 1)
    })
  })
  end()
  return blocks
}
