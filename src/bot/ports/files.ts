/** Reads question files. */
import type { ApartReading } from '../../content/read-in-worker.js'
import type { Upload } from './upload.js'

export interface QuestionFiles {
  /** Throws a `UserError` as `Upload.read` does, and when too many files wait to be read. */
  read(upload: Upload): Promise<ApartReading>
}
