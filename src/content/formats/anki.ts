/**
 * Reads Anki's notes as plain text. A card has no answers to choose from, so it becomes a topic to look up.
 */
import { writeAnki } from './anki-write.js'
import { type Row, rowsOf } from './cells.js'
import { decodeText } from './decode.js'
import type { QuestionFile, QuestionFormat, SourceFile } from './format.js'
import { htmlText, type PlainText } from './html-text.js'
import { type Intake, readText } from './intake.js'
import { oneLine, tidy } from './tidy.js'

const NAME = 'Anki'
/** The maximum length of topic titles. */
const LONGEST_TITLE = 80

export const anki: QuestionFormat = {
  id: 'anki',
  name: NAME,
  recognises: (file) => isPackage(file) || HEADER.test(decodeText(file).text) || isCards(file),
  read: (file) =>
    isPackage(file) ? REFUSED : readText(isCards(file) ? 'cards with tabs' : NAME, file, readNotes),
  write: writeAnki,
}

const REFUSED: QuestionFile = {
  format: NAME,
  questions: [],
  leftOut: [
    {
      line: 1,
      message:
        'an Anki package cannot be read; in Anki choose File, Export, "Notes in Plain Text (.txt)" with tags and ' +
        'deck names, and give that file',
    },
  ],
  changed: [],
}

/**
 * Whether it is a zip that holds Anki's database; the database's name is in the directory at the end of the
 * zip.
 */
function isPackage({ bytes }: SourceFile): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false
  const decoder = new TextDecoder('latin1')
  const ends = [bytes.subarray(0, 4096), bytes.subarray(-65_536)].map((part) => decoder.decode(part))
  return ends.some((part) => part.includes('collection.anki2'))
}

/** Whether each line has a front, a tab and a back, as Quizlet and spreadsheets write them. */
function isCards(file: SourceFile): boolean {
  if (!/\.(?:txt|tsv)$/i.test(file.path)) return false
  const lines = decodeText(file)
    .text.split('\n')
    .filter((line) => line.trim() !== '')
  const cards = lines.filter((line) => /^[^\t#][^\t]*\t[^\t]+$/.test(line))
  return cards.length > 1 && cards.length * 10 >= lines.length * 9
}

const HEADER = /^#(?:separator|html|columns|notetype|deck|tags|guid)\b[^:\n]{0,20}:/i
const SEPARATORS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  space: ' ',
  pipe: '|',
  colon: ':',
}

interface Headers {
  readonly separator: string
  readonly isHtml: boolean
  readonly deck: string
  /** The indexes of columns that are not fields, from 0. */
  readonly columns: ReadonlyMap<string, number>
  readonly lines: number
}

function headersOf(lines: readonly string[]): Headers {
  const values = new Map<string, string>()
  let count = 0
  for (; lines[count]?.startsWith('#'); count++) {
    const [, name = '', value = ''] = /^#([^:]{1,40}):(.*)$/.exec(lines[count] ?? '') ?? []
    values.set(name.trim().toLowerCase(), value)
  }
  const named = values.get('separator') ?? 'tab'
  const columns = new Map<string, number>()
  for (const [name, value] of values) {
    const place = Number.parseInt(value, 10)
    if (name.endsWith(' column') && place >= 1) columns.set(name.replace(' column', ''), place - 1)
  }
  return {
    separator: SEPARATORS[named.trim().toLowerCase()] ?? (named === '' ? '\t' : named.charAt(0)),
    isHtml: values.get('html')?.trim().toLowerCase() === 'true',
    deck: values.get('deck')?.trim() ?? '',
    columns,
    lines: count,
  }
}

function readNotes(text: string, into: Intake): void {
  const lines = text.split('\n')
  const headers = headersOf(lines)
  let isTold = false
  const body = lines.slice(headers.lines).join('\n')
  for (const row of rowsOf(body, headers.separator, headers.lines + 1)) {
    const isEmpty = row.cells.every((cell) => cell.trim() === '')
    if (!isEmpty && !row.cells[0]?.startsWith('#')) readNote(row, headers, into)
    if (!isTold) isTold = tellGroups(row, headers, into)
  }
}

/** Reports decks and tags, since cards become topics, which have neither. */
function tellGroups({ line, cells }: Row, { columns, deck }: Headers, into: Intake): boolean {
  const isIn = deck !== '' || at(cells, columns.get('deck')) !== ''
  const names = [...(isIn ? ['decks'] : []), ...(at(cells, columns.get('tags')) !== '' ? ['tags'] : [])]
  if (names.length > 0) into.change(line, `the ${names.join(' and ')} of cards are not kept`)
  return names.length > 0
}

function readNote({ line, cells }: Row, { columns, isHtml, deck }: Headers, into: Intake): void {
  const special = new Set(columns.values())
  const [front, ...others] = cells.filter((_, i) => !special.has(i)).map((cell) => plainCell(cell, isHtml))
  const title = oneLine(front?.text ?? '')
  const text = tidy(others.map((other) => other.text).join('\n\n'))
  const dropped = [front, ...others].flatMap((cell) => cell?.dropped ?? [])
  const reason = problem(title, text, cells)
  const path = at(cells, columns.get('deck')) || deck || (at(cells, columns.get('tags')).split(' ')[0] ?? '')
  if (reason !== undefined)
    into.leaveOut(line, dropped.length > 0 ? `${reason} (left out: ${dropped.join(', ')})` : reason)
  else into.takeTopic({ line, title, text, group: oneLine(path.replaceAll('::', ' / ')) }, dropped)
}

const at = (cells: readonly string[], place: number | undefined) =>
  place === undefined ? '' : (cells[place] ?? '').trim()

function problem(title: string, text: string, cells: readonly string[]): string | undefined {
  if (cells.some((cell) => /\{\{c\d+::/.test(cell))) return 'a card with gaps has no front to look up'
  if (title === '') return 'the front of the card has no text'
  if (title.length > LONGEST_TITLE)
    return `the front of the card has ${title.length} characters; a title has at most ${LONGEST_TITLE}`
  return text === '' ? 'the back of the card has no text' : undefined
}

const SOUND = /\[sound:[^\]\n]{1,500}\]/g

function plainCell(cell: string, isHtml: boolean): PlainText {
  const silent = cell.replace(SOUND, '')
  const { text, dropped } = isHtml ? htmlText(silent) : { text: tidy(silent), dropped: [] }
  return { text, dropped: silent.length < cell.length ? [...dropped, 'a sound'] : dropped }
}
