/** Formats whose files are tables with their own header. */
import type { Row, Sheet } from './csv-rows.js'
import type { QuestionFormat } from './format.js'
import { type Intake, readInto } from './intake.js'
import { findTable, readTables, sheetsOf } from './sheet.js'

export interface TableRow<Column extends string> extends Row {
  readonly cell: (column: Column) => string
  /** One entry for each column of options that the table has. */
  readonly options: readonly { readonly text: string }[]
  /** Whether the row is directly below the header. */
  readonly isFirst: boolean
}

interface TableFormat<Column extends string> {
  readonly id: string
  readonly name: string
  readonly columnNamed: (cell: string) => Column | undefined
  /** Columns that every table of the format has. */
  readonly needed: readonly Column[]
  readonly stem: Column
  readonly options: readonly Column[]
  readonly key: Column
  /** Whether the header is that of this format, if its columns alone do not say so. */
  readonly isOwn?: (header: readonly string[]) => boolean
  /** Reads a row that is not empty. */
  readonly readRow: (row: TableRow<Column>, into: Intake) => void
}

export function tableFormat<Column extends string>(format: TableFormat<Column>): QuestionFormat {
  const { id, name, stem, key, isOwn = () => true } = format
  const tableOf = (sheet: Sheet) => {
    const table = findTable(sheet, format.columnNamed, format.needed)
    return table && isOwn(table.header.cells) ? table : undefined
  }
  return {
    id,
    name,
    recognises: (file) => sheetsOf(file).sheets.some((sheet) => tableOf(sheet) !== undefined),
    read: (file) =>
      readInto(name, file, (into) => {
        readTables(sheetsOf(file), into, tableOf, (table) => {
          table.rows.forEach((row, i) => {
            const cell = (column: Column) => (column === key ? table.rawCell : table.cell)(row, column)
            const options = format.options.filter(table.has).map((column) => ({ text: cell(column) }))
            // Templates number rows that nobody has filled in.
            const isEmpty = [cell(stem), ...options.map(({ text }) => text)].every(
              (text) => text.trim() === '',
            )
            const reason = table.reason(row, key)
            if (reason !== undefined) into.leaveOut(row.line, reason)
            else if (!isEmpty) format.readRow({ ...row, cell, options, isFirst: i === 0 }, into)
          })
        })
      }),
  }
}
