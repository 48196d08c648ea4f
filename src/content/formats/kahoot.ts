/** Kahoot's template for spreadsheets: an introduction, the header in row 8, then one question per row. */
import type { QuestionFormat } from './format.js'
import { writeKahoot } from './kahoot-write.js'
import { headerName } from './sheet.js'
import { tableFormat } from './table-format.js'
import { takeRow } from './table-question.js'

const OPTIONS = ['answer 1', 'answer 2', 'answer 3', 'answer 4', 'answer 5', 'answer 6'] as const
const COLUMNS = ['question', ...OPTIONS, 'correct'] as const
type Column = (typeof COLUMNS)[number]

/** What several right answers mean to people who answer in a live game. */
export const ANY_OF_THEM = 'several answers are right; here people are asked for all of them'

/** Recognises `Question - max 120 characters`; the header of an earlier template had 95. */
function columnNamed(cell: string): Column | undefined {
  const name = headerName(cell)
  if (name.startsWith('correct answer')) return 'correct'
  return COLUMNS.find((column) => column === name)
}

/** Only Kahoot names its limits in the header. */
const hasLimits = (cells: readonly string[]) =>
  cells.some((cell) => /question.*max\s*\d+\s*char/is.test(cell))

const table = tableFormat<Column>({
  id: 'kahoot',
  name: 'Kahoot',
  columnNamed,
  needed: ['question', 'answer 1', 'answer 2', 'correct'],
  stem: 'question',
  options: OPTIONS,
  key: 'correct',
  isOwn: hasLimits,
  readRow: ({ line, cell, options }, into) =>
    takeRow(into, { line, stem: cell('question'), options, key: cell('correct') }, 'place', ANY_OF_THEM),
})

export const kahoot: QuestionFormat = { ...table, write: writeKahoot }
