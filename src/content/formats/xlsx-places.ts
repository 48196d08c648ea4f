/** Places of cells in an Excel file, such as `AB7`. */
import type { XmlElement } from '../xml.js'

/** Blooket's template has 26 columns. */
export const MAX_COLUMNS = 60

/** Returns undefined for a row without a number that Excel can have. */
export function lineOf(row: XmlElement): number | undefined {
  const [number] = /^[1-9]\d{0,6}$/.exec(row.attributes.get('r') ?? '') ?? []
  return number === undefined ? undefined : Number(number)
}

/** Returns the column from 0, such as 27 for `AB7`. */
export function columnOf(reference: string): number | undefined {
  const [letters] = /^[A-Z]{1,3}(?=\d)/i.exec(reference) ?? []
  if (letters === undefined) return undefined
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

export const nameOfCell = (column: number, line: number): string => `${lettersOf(column)}${line}`

export const lettersOf = (column: number): string =>
  (column < 26 ? '' : lettersOf(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))
