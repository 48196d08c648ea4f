/**
 * Reads number formats of an Excel file (ECMA-376, part 1, 18.8.30 and 18.8.31), as far as it is certain what
 * people see.
 */
import { childOf, childrenOf, type XmlElement } from '../xml.js'

export interface Shown {
  readonly text: string
  /** The text as the file has it. */
  readonly raw: string
  /** The kind of value, if nobody can tell how it is shown; empty if `text` is what people see. */
  readonly what: string
}

/** The formats that every program knows by their numbers; other built-in ones are dates and times. */
const BUILT_IN: Readonly<Record<number, string>> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  37: '#,##0',
  38: '#,##0',
  39: '#,##0.00',
  40: '#,##0.00',
  48: '##0.0E+0',
  49: '@',
}
const isDateNumber = (id: number) =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Returns the format of each cell style, by its number. */
export function stylesOf(root: XmlElement | undefined): readonly string[] {
  const own = new Map(
    childrenOf(childOf(root, 'numFmts'), 'numFmt').map(({ attributes }) => [
      Number(attributes.get('numFmtId')),
      attributes.get('formatCode') ?? '',
    ]),
  )
  return childrenOf(childOf(root, 'cellXfs'), 'xf').map(({ attributes }) => {
    const id = Number(attributes.get('numFmtId') ?? 0)
    return own.get(id) ?? BUILT_IN[id] ?? (isDateNumber(id) ? 'yyyy-mm-dd' : 'General')
  })
}

const WRITE_ANEW = 'format the cell as text and write it anew'
export const DATE = `a date or a time, and the file does not say how it is shown; ${WRITE_ANEW}`
const OTHER = `a number in a format that is not read; ${WRITE_ANEW}`
/** Matches digits before the point, with or without commas, digits after it, and a percent sign. */
const SIMPLE = /^(?:(0+)|#(,##)?0)(?:\.(0{1,9}))?(%?)$/

/** Formats a number; in General, as a person typed it: 1.1 is stored as 1.1000000000000001. */
export function shownAs(value: string, format: string): Shown {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return { text: value, raw: value, what: '' }
  const raw = String(Number(number.toPrecision(12)))
  // Colours and signs of other countries stand in brackets; numbers below 0 may have their own format.
  const [code = ''] = format
    .replace(/\[(?:black|white|red|green|blue|yellow|magenta|cyan)\]/gi, '')
    .split(';')
  if (/^(?:general|@|)$/i.test(code)) return { text: raw, raw, what: '' }
  const [all, zeros = '0', commas, decimals = '', percent = ''] = SIMPLE.exec(code.trim()) ?? []
  if (all === undefined) return { text: raw, raw, what: isDate(code) ? DATE : OTHER }
  const scaled = percent === '' ? number : Number((number * 100).toPrecision(12))
  const text = Math.abs(scaled).toLocaleString('en', {
    useGrouping: commas !== undefined,
    minimumIntegerDigits: Math.min(21, zeros.length),
    minimumFractionDigits: decimals.length,
    maximumFractionDigits: decimals.length,
  })
  return { text: `${scaled < 0 && /[1-9]/.test(text) ? '-' : ''}${text}${percent}`, raw, what: '' }
}

/** Whether the code has letters of dates outside of quotes and brackets. */
const isDate = (code: string) =>
  /[ymdhs]/i.test(code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, ''))
