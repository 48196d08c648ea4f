/** `content export`: the questions of a pack in a format that other programs read. */
import { writeFile } from 'node:fs/promises'
import { count } from '../bot/cards/wording.js'
import type { Config } from '../config.js'
import { exportQuestions } from '../content/formats/export.js'
import { EXPORT_FORMATS } from '../content/formats/export-formats.js'
import { UserError } from '../core/errors.js'
import { type Io, pathIn } from '../io.js'
import { goodContent, packNamed } from '../server/content.js'
import { reasonOf } from './system-error.js'

export interface ExportOptions {
  readonly format: string
  readonly pack?: string
  readonly topic?: string
  /** Undefined means standard output. */
  readonly out?: string
}

/** Warns by `io.err` about each question that the format cannot express completely. */
export async function exportContent(options: ExportOptions, config: Config, io: Io): Promise<number> {
  const { format, topic, out } = options
  const bank = packNamed(options.pack, await goodContent(config))
  if (topic !== undefined && !bank.topic(topic))
    throw new UserError(`there is no topic "${topic}"; "cohort content list" names them`)
  const questions = bank.questionsFor(topic === undefined ? [] : [topic])
  if (questions.length === 0) throw new UserError('there are no questions to export')
  const written = exportQuestions(format, questions, bank.topic, bank.pack.title)
  if (!written) throw new UserError(`there is no format "${format}"; there are ${EXPORT_FORMATS.join(', ')}`)
  if (out !== undefined) await writeNew(pathIn(io, out), written.bytes)
  else if (written.extension === '.zip')
    throw new UserError(`${format} is a zip file; say where it goes, with --out <file>.zip`)
  else io.out(new TextDecoder('utf-8', { ignoreBOM: true }).decode(written.bytes).replace(/\r?\n$/, ''))
  for (const { name, message } of written.warnings) io.err(name === '' ? message : `${name}: ${message}`)
  const where = out === undefined ? '' : ` to ${out}`
  io.err(
    `${count(written.count, 'question')} exported${where} as ${format}, ${count(written.warnings.length, 'warning')}`,
  )
  return 0
}

/** Never overwrites an existing file. */
async function writeNew(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      error.code === 'EEXIST'
        ? `${file} is there already; choose another name, or remove it first`
        : `cannot write ${file}: ${reasonOf(error)}`,
    )
  })
}
