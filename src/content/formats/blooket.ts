/** Blooket's template: a title in row 1, headers of two lines in row 2, and columns that are not used. */
import { UNSUPPORTED } from './item.js'
import { ANY_OF_THEM } from './kahoot.js'
import { headerName } from './sheet.js'
import { tableFormat } from './table-format.js'
import { takeRow } from './table-question.js'

const OPTIONS = ['answer 1', 'answer 2', 'answer 3', 'answer 4'] as const
const COLUMNS = ['question #', 'question text', ...OPTIONS, 'correct', 'picture'] as const
type Column = (typeof COLUMNS)[number]

/** Recognises `Correct Answer(s)` above `(Only include Answer #)`. */
function columnNamed(cell: string): Column | undefined {
  const name = headerName(cell)
  if (name.startsWith('correct answer')) return 'correct'
  if (name === 'question image') return 'picture'
  return COLUMNS.find((column) => column === name)
}

export const blooket = tableFormat<Column>({
  id: 'blooket',
  name: 'Blooket',
  columnNamed,
  needed: ['question #', 'question text', 'answer 1', 'answer 2', 'correct'],
  stem: 'question text',
  options: OPTIONS,
  key: 'correct',
  readRow: ({ line, cells, cell, options }, into) => {
    // The type of the question stands in a column without a name.
    const isTyped = cells.some((text) => /^typing( answer)?$/i.test(text.trim()))
    const key = cell('correct')
    const hasPicture = cell('picture').trim() !== ''
    if (isTyped && key.trim() === '') into.leaveOut(line, UNSUPPORTED.words)
    else takeRow(into, { line, stem: cell('question text'), options, key, hasPicture }, 'place', ANY_OF_THEM)
  },
})
