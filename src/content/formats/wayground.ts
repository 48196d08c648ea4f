/**
 * The template of Wayground (formerly Quizizz): the header in row 1, hints in row 2, then one question per
 * row.
 */
import type { Intake } from './intake.js'
import { UNSUPPORTED } from './item.js'
import { ANY_OF_THEM } from './kahoot.js'
import { headerName } from './sheet.js'
import { type TableRow, tableFormat } from './table-format.js'
import { takeRow } from './table-question.js'

const OPTIONS = Array.from({ length: 10 }, (_, i) => `option ${i + 1}` as const)
const COLUMNS = [
  'question text',
  'question type',
  ...OPTIONS,
  'correct answer',
  'image link',
  'answer explanation',
] as const
type Column = (typeof COLUMNS)[number]

function columnNamed(cell: string): Column | undefined {
  const name = headerName(cell)
  if (/^correct answers?$/.test(name)) return 'correct answer'
  return COLUMNS.find((column) => column === name)
}

export const wayground = tableFormat<Column>({
  id: 'wayground',
  name: 'Wayground (Quizizz)',
  columnNamed,
  needed: ['question text', 'question type', 'option 1', 'option 2', 'correct answer'],
  stem: 'question text',
  options: OPTIONS,
  key: 'correct answer',
  readRow: (row, into) => {
    if (!(row.isFirst && isHint(row))) readRow(row, into)
  },
})

/** Recognises `Text of the question (required)`, `Text for option 1`. */
const isHint = ({ cell }: TableRow<Column>) =>
  /^text (of|for) the question\b/i.test(cell('question text').trim()) ||
  /^text for option 1\b/i.test(cell('option 1').trim())

const OTHERS: Readonly<Record<string, string>> = {
  'fill-in-the-blank': UNSUPPORTED.words,
  'fill in the blank': UNSUPPORTED.words,
  'open-ended': UNSUPPORTED.text,
  'open ended': UNSUPPORTED.text,
  draw: 'it asks to draw',
  poll: 'it asks for an opinion, and nothing is right',
}

function readRow({ line, cell, options }: TableRow<Column>, into: Intake): void {
  const type = cell('question type').trim().toLowerCase()
  if (type !== '' && type !== 'multiple choice' && type !== 'checkbox') {
    const reason = OTHERS[type] ?? `questions of the type "${type.slice(0, 40)}" are not asked here`
    into.leaveOut(line, reason)
    return
  }
  const question = {
    line,
    stem: cell('question text'),
    options,
    key: cell('correct answer'),
    explanation: cell('answer explanation'),
    hasPicture: cell('image link').trim() !== '',
  }
  takeRow(into, question, 'place', type === 'checkbox' ? '' : ANY_OF_THEM)
}
