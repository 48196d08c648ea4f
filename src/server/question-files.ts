/** Reads question files that people hand in, a few at a time, so that memory stays bounded. */
import type { QuestionFiles } from '../bot/ports/files.js'
import type { SourceFile } from '../content/formats/format.js'
import type { ApartReading } from '../content/read-in-worker.js'
import { UserError } from '../core/errors.js'

const AT_ONCE = 2
/** Further people are asked to try again later. */
const MOST_WAITING = 20

export function createQuestionFiles(readApart: (file: SourceFile) => Promise<ApartReading>): QuestionFiles {
  const waiting: (() => void)[] = []
  let underWay = 0

  async function turn(): Promise<void> {
    if (underWay >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
    else underWay++
  }

  /** Assigns the place to the file that has waited longest. */
  function end(): void {
    const next = waiting.shift()
    if (next) next()
    else underWay--
  }

  return {
    async read(upload) {
      if (waiting.length >= MOST_WAITING)
        throw new UserError('Many files are being read right now. Please send yours again in a minute.')
      await turn()
      try {
        return await readApart({ path: upload.name, bytes: await upload.read() })
      } finally {
        end()
      }
    },
  }
}
