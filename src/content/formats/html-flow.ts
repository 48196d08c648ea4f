/** Collects words and line breaks as a reader of the page sees them. */
import { BREAKS } from './html-tags.js'

export interface Flow {
  add(text: string): void
  open(name: string): void
  close(name: string): void
  /** Returns the current position, for `since`. */
  mark(): number
  since(mark: number): string
}

const PLAIN_SIGNS = '0123456789+-=()'
const SMALL = { sup: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾', sub: '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎' } as const

export function flow(keepsLines: boolean): Flow {
  /**
   * The parts are joined once at the end: a text that grows piece by piece is copied at each look at its end.
   */
  const parts: string[] = []
  let [breaks, verbatim] = [0, 0]
  let small: keyof typeof SMALL | undefined
  const broken = (name: string) => {
    breaks = Math.max(breaks, BREAKS.get(name) ?? 0)
  }
  const isAtStart = () => parts.length === 0 || breaks > 0 || /\s$/.test(parts.at(-1) ?? '')
  const put = (text: string) => {
    if (text === '') return
    if (breaks > 0 && parts.length > 0) parts.push('\n'.repeat(breaks))
    breaks = 0
    parts.push(text)
  }
  return {
    add(text) {
      if (small) put(smallText(text, small))
      else if (verbatim > 0 || keepsLines) put(text)
      else {
        const words = text.replace(/[ \t\n\f\r]+/g, ' ')
        // A blank at the beginning of a line is not visible.
        put(isAtStart() ? words.replace(/^ /, '') : words)
      }
    },
    open(name) {
      broken(name)
      if (name === 'br') parts.push('\n')
      if (name === 'pre') verbatim++
      if (name === 'sup' || name === 'sub') small = name
      if (name === 'li') put('- ')
      if ((name === 'td' || name === 'th') && parts.length > 0 && breaks === 0) put(' | ')
    },
    close(name) {
      if (name === 'pre') verbatim = Math.max(0, verbatim - 1)
      if (name === 'sup' || name === 'sub') small = undefined
      broken(name)
    },
    mark: () => parts.length,
    since: (mark) => parts.slice(mark).join(''),
  }
}

/** Writes digits as small digits, since 10³ would otherwise become 103; other text follows a sign. */
function smallText(text: string, mark: keyof typeof SMALL): string {
  const signs = [...text.trim()]
  if (signs.length === 0) return ''
  if (signs.every((sign) => PLAIN_SIGNS.includes(sign)))
    return signs.map((sign) => SMALL[mark][PLAIN_SIGNS.indexOf(sign)] ?? sign).join('')
  const before = mark === 'sup' ? '^' : '_'
  return signs.length === 1 ? `${before}${text.trim()}` : `${before}(${text.trim()})`
}
