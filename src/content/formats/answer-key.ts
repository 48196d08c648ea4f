/** Reads which answers a cell names as right: by their places, their letters or their texts. */

export interface Key {
  /** The places count from 0. */
  readonly places: readonly number[]
  /** How the key was understood, if an author should check that. */
  readonly remark: string
}
export type KeyRead = Key | { readonly reason: string }

/** How keys of a table are read if a number may be the place of an answer or its text. */
export type KeyMeaning = 'place' | 'text' | 'unknown'

/** `options` has empty texts where a row has none, so that places are those of the columns. */
export function readKey(cell: string, options: readonly string[], meaning: KeyMeaning): KeyRead {
  const text = cell.trim()
  if (text === '') return { reason: 'no answer is marked as right' }
  const byPlace = placesIn(text, options.length)
  const byText = placesOfTexts(text, options)
  if (meaning === 'unknown' && byText && 'places' in byPlace && !isSame(byText, byPlace.places))
    return { reason: `the key "${text}" may be the place of an answer or its text; name it by its letter` }
  if (byText && (meaning !== 'place' || 'reason' in byPlace)) return { places: byText, remark: '' }
  if ('reason' in byPlace) return byPlace
  const empty = byPlace.places.find((place) => (options[place] ?? '').trim() === '')
  return empty === undefined ? byPlace : { reason: `the key "${text}" names an answer that is empty` }
}

/** Decides by the rows whose keys can have only one meaning. */
export function meaningOf(
  rows: readonly { readonly key: string; readonly options: readonly string[] }[],
): KeyMeaning {
  let [places, texts] = [0, 0]
  for (const { key, options } of rows) {
    const isPlace = 'places' in placesIn(key.trim(), options.length)
    const isText = placesOfTexts(key, options) !== undefined
    if (isPlace && !isText) places++
    if (isText && !isPlace) texts++
  }
  if (places > 0 && texts === 0) return 'place'
  return texts > 0 && places === 0 ? 'text' : 'unknown'
}

const isSame = (a: readonly number[], b: readonly number[]) => a.toSorted().join() === b.toSorted().join()

// ---- by place -------------------------------------------------------------------------

const LABEL = /^(?:options?|answers?|choices?|antwort(?:en)?)[\s_#:.]*(?=[A-H]\b|\d)/i
const AND = String.raw`\s*(?:[,;./&|+\n]|and\b|und\b)\s*`
const NUMBERS = new RegExp(String.raw`^\d{1,2}(?:${AND}\d{1,2})*$`, 'i')
const LETTERS = new RegExp(`^[A-H](?:${AND}[A-H])*$`, 'i')
const LETTERS_TOGETHER = /^[A-H]{2,8}$/
/** What a spreadsheet makes of 1.3 or 1/3: a day, as a name or as the number of days since 1900. */
const DATE = /^(?:\d{4}-\d\d-\d\d|\d{1,2}[. /-]+[a-zä]{3,9}\b|[a-z]{3,9}[. /-]+\d)/i
const EARLIEST_DATE = 36_526

function placesIn(cell: string, count: number): KeyRead {
  const text = cell.replace(LABEL, '').replace(/^[([]\s*|\s*[)\].]$/g, '')
  if (/^\d{5}$/.test(text) && Number(text) >= EARLIEST_DATE) return placesOfDate(Number(text), count)
  if (DATE.test(text))
    return { reason: `the key "${cell}" was made a date by a spreadsheet; format the column as text` }
  if (NUMBERS.test(text)) return placesOfNumbers(text.match(/\d+/g)?.map(Number) ?? [], count)
  const upper = text.toUpperCase()
  if (LETTERS.test(text) || LETTERS_TOGETHER.test(text))
    return within(
      (upper.replace(/\bAND\b|\bUND\b/g, ' ').match(/[A-H]/g) ?? []).map(
        (letter) => letter.charCodeAt(0) - 65,
      ),
      count,
      text,
    )
  return { reason: `the key "${cell.slice(0, 80)}" is none of the answers` }
}

/** A key of 13 for four answers was originally 1,3. */
function placesOfNumbers(numbers: readonly number[], count: number): KeyRead {
  const [only = 0] = numbers
  const digits = [...String(only)].map(Number)
  const isJoined = numbers.length === 1 && only > 9 && only > count && isRising(digits, count)
  if (isJoined)
    return { places: digits.map((n) => n - 1), remark: `the key ${only} was read as ${digits.join(' and ')}` }
  return within(
    numbers.map((n) => n - 1),
    count,
    numbers.join(', '),
  )
}

const isRising = (digits: readonly number[], count: number) =>
  digits.every((digit, i) => digit > (digits[i - 1] ?? 0) && digit <= count)

/** It does not matter which number is the day, since both are keys. */
function placesOfDate(days: number, count: number): KeyRead {
  const date = new Date(Date.UTC(1899, 11, 30 + days))
  const numbers = [date.getUTCDate(), date.getUTCMonth() + 1].sort((a, b) => a - b)
  const read = within(
    numbers.map((n) => n - 1),
    count,
    String(days),
  )
  if ('reason' in read)
    return { reason: `the key was made a date by a spreadsheet (${days}); format the column as text` }
  return { ...read, remark: `the key was a date, and was read as ${numbers.join(' and ')}` }
}

function within(places: readonly number[], count: number, text: string): KeyRead {
  const outside = places.some((place) => place < 0 || place >= count)
  if (outside) return { reason: `the key "${text}" names an answer that is not there` }
  return { places: [...new Set(places)], remark: '' }
}

// ---- by text --------------------------------------------------------------------------

function placesOfTexts(cell: string, options: readonly string[]): readonly number[] | undefined {
  const known = options.map(plain)
  const find = (text: string) => (plain(text) === '' ? -1 : known.indexOf(plain(text)))
  const [, letter = '', rest = ''] = /^\(?([A-H])[.):]\s*(\S[\s\S]*)$/i.exec(cell.trim()) ?? []
  const lettered = letter === '' ? -1 : letter.toUpperCase().charCodeAt(0) - 65
  for (const texts of [[cell], cell.split(/[;|\n]/), cell.split(',')]) {
    const places = texts.map(find)
    if (places.every((place) => place >= 0)) return [...new Set(places)]
  }
  return lettered >= 0 && known[lettered] === plain(rest) ? [lettered] : undefined
}

const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase()
