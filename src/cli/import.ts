/** `content import`: turns notes of a vault into topics in a folder. */
import { isUtf8 } from 'node:buffer'
import { existsSync } from 'node:fs'
import { constants, copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { count } from '../bot/cards/wording.js'
import type { Config } from '../config.js'
import { MAX_BYTES as MAX_TOPIC_BYTES } from '../content/files.js'
import { type Around, type Imported, importNotes } from '../content/import.js'
import { loadContent } from '../content/load.js'
import { makeFolder } from '../content/make-folder.js'
import type { Notes, Warning } from '../content/notes.js'
import type { Problem } from '../content/problem.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { someContent } from '../server/content.js'
import { reasonOf } from './system-error.js'

/** Far above the size of a section; reading hostile Markdown stays bounded. */
const MAX_BYTES = 1_000_000

/**
 * `beside`: what else is to be told of it. Writes nothing, and throws `UserError` with file, line and reason, when the note cannot be imported whole.
 */
export async function importFile(
  file: string,
  out: string | undefined,
  json: boolean,
  config: Config,
  io: Io,
  beside: readonly Warning[],
): Promise<number> {
  const source = await readNote(file)
  const problems: Problem[] = []
  const report = (line: number, message: string) => problems.push({ level: 'error', file, line, message })
  const today = new Date(io.now()).toISOString().slice(0, 10)
  const imported = importNotes(
    source,
    path.basename(file, path.extname(file)),
    await packAround(out, config),
    today,
    report,
  )
  if (out !== undefined)
    imported?.files.forEach((written, i) => {
      if (Buffer.byteLength(written.text) > MAX_TOPIC_BYTES)
        report(
          imported.notes.topics[i]?.line ?? 1,
          `the topic is too long: at most ${MAX_TOPIC_BYTES} bytes are read; split it up`,
        )
    })
  if (!imported || problems.length > 0)
    throw new UserError(problems.map((p) => `${p.file}:${p.line}: ${p.message}`).join('\n'))
  if (out !== undefined) await writeAll(out, imported.files)
  const warnings = [...imported.notes.warnings, ...beside].toSorted((a, b) => a.line - b.line)
  const notes = { ...imported.notes, warnings }
  if (json) io.out(JSON.stringify(notes))
  else print(file, out, notes, io)
  return 0
}

function print(file: string, out: string | undefined, notes: Notes, io: Io): void {
  const sum = (list: readonly (readonly unknown[])[]) => list.reduce((sum, part) => sum + part.length, 0)
  for (const { line, message } of notes.warnings) io.out(`${file}:${line}: ${message}`)
  const [links, tables] = [sum(notes.topics.map((t) => t.links)), sum(notes.topics.map((t) => t.tables))]
  const counts = { topic: notes.topics.length, table: tables, link: links, warning: notes.warnings.length }
  io.out(
    Object.entries(counts)
      .map(([noun, n]) => count(n, noun))
      .join(', '),
  )
  if (out !== undefined)
    io.out(`written to ${out}; add the section to pack.yaml, then run "cohort content check"`)
}

async function readNote(file: string): Promise<string> {
  const bytes = await stat(file).then(
    (found) => {
      if (!found.isFile()) throw new UserError(`${file}:1: is no file`)
      if (found.size > MAX_BYTES)
        throw new UserError(`${file}:1: has ${found.size} bytes; at most ${MAX_BYTES} are read`)
      return readFile(file)
    },
    () => {
      throw new UserError(`${file}:1: there is no such file`)
    },
  )
  if (!isUtf8(bytes)) throw new UserError(`${file}:1: is not UTF-8 text; save it as UTF-8`)
  const text = bytes.toString('utf8')
  const nul = text.indexOf('\0')
  if (nul >= 0)
    throw new UserError(
      `${file}:${text.slice(0, nul).split('\n').length}: holds a NUL character; is it a text file?`,
    )
  return text
}

/**
 * Returns the other topics and the makers of the pack that has `out` as a section; else the makers of the first.
 */
async function packAround(out: string | undefined, config: Config): Promise<Around> {
  const folder = path.dirname(path.resolve(out ?? ''))
  if (out === undefined || !existsSync(path.join(folder, 'pack.yaml')))
    return { known: [], makers: (await someContent(config))[0]?.pack.vocabulary.makers ?? [] }
  const { banks } = await loadContent(path.dirname(folder))
  const bank = banks.find(({ pack }) => pack.id === path.basename(folder))
  const section = path.basename(path.resolve(out))
  return {
    known: bank?.topics.filter((topic) => topic.section !== section) ?? [],
    makers: bank?.pack.vocabulary.makers ?? [],
  }
}

function madeFolder(out: string): string | undefined {
  try {
    return makeFolder(out)
  } catch (error) {
    throw new UserError(`cannot make the folder ${out}: ${reasonOf(error)}`)
  }
}

/** Writes all files or none: it overwrites nothing, and removes what it wrote if one file fails. */
export async function writeAll(out: string, files: Imported['files']): Promise<void> {
  const there = files.filter(({ name }) => existsSync(path.join(out, name)))
  if (there.length > 0)
    throw new UserError(
      `${out} has ${there.map((f) => f.name).join(', ')} already; choose another folder, or remove them first`,
    )
  const made = madeFolder(out)
  const draft = await mkdtemp(path.join(out, '.import-'))
  const placed: string[] = []
  try {
    for (const { name, text } of files) await writeFile(path.join(draft, name), text)
    for (const { name } of files) {
      await copyFile(path.join(draft, name), path.join(out, name), constants.COPYFILE_EXCL)
      placed.push(path.join(out, name))
    }
  } catch (error) {
    for (const file of placed) await rm(file, { force: true })
    if (made !== undefined) await rm(made, { recursive: true, force: true })
    throw new UserError(`cannot write to ${out}: ${reasonOf(error)}; nothing is left there`)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}
