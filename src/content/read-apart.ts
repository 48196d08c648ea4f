/** Reads a question file, or says what it is instead. */
import { readQuestions } from './formats/all.js'
import type { SourceFile } from './formats/format.js'
import { whyUnknown } from './formats/unknown.js'
import type { ApartReading } from './read-in-worker.js'

export function readOrTell(file: SourceFile): ApartReading {
  const found = readQuestions(file)
  return found ? { kind: 'read', file: found } : { kind: 'unknown', why: whyUnknown(file) }
}
