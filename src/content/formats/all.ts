/** All formats of question files that are read; the first that recognises a file reads it. */
import { aiken } from './aiken.js'
import { anki } from './anki.js'
import { blooket } from './blooket.js'
import type { QuestionFile, QuestionFormat, SourceFile } from './format.js'
import { gift } from './gift.js'
import { jsonExam } from './json-exam.js'
import { kahoot } from './kahoot.js'
import { markdownExam, type Sorted } from './markdown-exam.js'
import { markdownTable, tablesApartFromNotes } from './markdown-table.js'
import { moodleXml } from './moodle-xml.js'
import { packYaml } from './pack-yaml.js'
import { plainCsv } from './plain-csv.js'
import { qti } from './qti.js'
import { trivia } from './trivia.js'
import { wayground } from './wayground.js'

/** Formats that recognise their files with certainty come before those that judge by the looks of a text. */
export const FORMATS: readonly QuestionFormat[] = [
  moodleXml,
  qti,
  anki,
  trivia,
  jsonExam,
  packYaml,
  markdownTable,
  kahoot,
  wayground,
  blooket,
  plainCsv,
  gift,
  aiken,
  markdownExam,
]

/** Returns undefined if no format recognises the file, since it may be notes. */
export function readQuestions(file: SourceFile): QuestionFile | undefined {
  return FORMATS.find((format) => format.recognises(file))?.read(file)
}

/** Like `readQuestions` for a file that may be notes: also returns the notes in it. */
export function readNotesOrQuestions(file: SourceFile): Sorted {
  const format = FORMATS.find((one) => ![markdownExam, markdownTable].includes(one) && one.recognises(file))
  return format ? { found: format.read(file), notes: undefined } : tablesApartFromNotes(file)
}
