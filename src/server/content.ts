/**
 * Loads the packs of the content folder and of the data folder, as configured, and reuses cached readings of
 * packs that have not changed.
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPacks } from '../bot/packs.js'
import type { Store } from '../bot/ports/store.js'
import type { Config } from '../config.js'
import { type Bank, withQuestions } from '../content/bank.js'
import { type Reading, readContent, reader, readPack, writeCache } from '../content/cache.js'
import { packIds, packsFolder } from '../content/data-packs.js'
import { errorsOf, type Problem } from '../content/problem.js'
import { UserError } from '../core/errors.js'
import { CACHE } from '../store/private-folder.js'

/** The build makes this file from the shipped content. */
const SHIPPED = fileURLToPath(new URL('../../dist/content.json', import.meta.url))

type Where = Pick<Config, 'CONTENT_DIR' | 'COHORT_DATA_DIR'>

/** The packs that can be served, and those that cannot. `key`: of the content folder alone. */
export interface Packages extends Pick<Reading, 'banks' | 'key' | 'isCached'> {
  /** Problems in the content folder. */
  readonly problems: readonly Problem[]
  /** Packs of the data folder that are left out because of problems. */
  readonly broken: readonly BrokenPack[]
  /** All readings, keyed by the file in which each is cached. */
  readonly read: ReadonlyMap<string, Reading>
}

export interface BrokenPack {
  readonly id: string
  /** Problems with paths relative to the folder of packs. */
  readonly problems: readonly Problem[]
}

const cacheOf = ({ COHORT_DATA_DIR }: Where, name: string): string =>
  path.join(COHORT_DATA_DIR, CACHE, `${name}.json`)

/**
 * Returns the banks of content without errors. Throws a `UserError` that lists the first errors otherwise.
 */
export async function goodContent(where: Where): Promise<readonly Bank[]> {
  return (await goodReading(where)).banks
}

export function countsOf(banks: readonly Bank[]): string {
  const count = (of: 'topics' | 'questions') => banks.reduce((sum, bank) => sum + bank[of].length, 0)
  return `${count('topics')} topics and ${count('questions')} questions`
}

/** Returns the pack with that id, or the first. Throws a `UserError` that names the existing packs. */
export function packNamed(id: string | undefined, banks: readonly Bank[]): Bank {
  const found = id === undefined ? banks[0] : banks.find(({ pack }) => pack.id === id)
  if (!found)
    throw new UserError(`there is no pack "${id}"; there is ${banks.map(({ pack }) => pack.id).join(', ')}`)
  return found
}

/** Stores new questions of the packs, and opens the packs. */
export async function savedPacks(banks: readonly Bank[], store: Pick<Store, 'saveQuestions' | 'askedSince'>) {
  const saved = await store.saveQuestions(banks.flatMap((bank) => bank.questions))
  return openPacks(withQuestions(banks, saved), store)
}

/** Returns all banks that can be read, even if others have problems. */
export async function someContent(where: Where): Promise<readonly Bank[]> {
  return (await packages(where)).banks
}

/**
 * Like `goodContent`, but returns what `keepReading` needs. A pack of the data folder with problems is left
 * out: a pack from elsewhere must not stop a start.
 */
export async function goodReading(where: Where): Promise<Packages> {
  const dir = where.CONTENT_DIR
  if (!existsSync(dir))
    throw new UserError(
      `CONTENT_DIR is ${dir}, but there is no such folder; set it to the folder that holds the packs`,
    )
  const found = await packages(where)
  const problems = errorsOf(found.problems)
  if (problems.length === 0) return found
  const lines = problems.slice(0, 10).map(inWords)
  const more = problems.length > 10 ? [`and ${problems.length - 10} more`] : []
  throw new UserError(
    [`the content under ${dir} has problems; "cohort content check" lists them all`, ...lines, ...more].join(
      '\n',
    ),
  )
}

const inWords = ({ file, line, message }: Problem) => `${file}:${line}: ${message}`

/** Returns lines for the person who starts the bot. */
export function contentLines({ banks, read, broken }: Packages, where: Where): string[] {
  const from = [where.CONTENT_DIR, ...(read.size > 1 ? [packsFolder(where.COHORT_DATA_DIR)] : [])]
  return [
    `Content: ${countsOf(banks)} from ${from.join(' and ')}.`,
    ...broken.map((one) => `Content: ${leftOut(one)}.`),
  ]
}

/** Returns a line for the start and for `doctor`. */
export function leftOut({ id, problems }: BrokenPack): string {
  const [first] = problems
  return `the pack ${id} of the data folder is left out, and its teams get no questions: ${problems.length} problem(s), the first ${first ? inWords(first) : ''}; "cohort content check" lists them all`
}

/**
 * Returns all problems, without a cache. Files of added packs are named relative to the working directory.
 */
export async function checkAll(where: Where): Promise<Pick<Reading, 'banks' | 'problems'>> {
  const { loadContent } = await import('../content/load.js')
  const shipped = await loadContent(where.CONTENT_DIR)
  const [banks, problems] = [[...shipped.banks], [...shipped.problems]]
  const dir = packsFolder(where.COHORT_DATA_DIR)
  for (const id of await packIds(dir)) {
    const added = await loadContent(dir, id)
    banks.push(...added.banks)
    problems.push(...added.problems.map((one) => ({ ...one, file: path.join(dir, one.file) })))
    if (shipped.banks.some(({ pack }) => pack.id === id))
      problems.push({
        file: path.join(dir, id, 'pack.yaml'),
        line: 1,
        level: 'error',
        message: twice(id, where),
      })
  }
  return { banks, problems }
}

/** Throws a `UserError` if a pack is in both folders: Cohort cannot guess which one teams mean. */
async function packages(where: Where): Promise<Packages> {
  const shipped = await readContent(where.CONTENT_DIR, [SHIPPED, cacheOf(where, 'content')])
  const read = new Map([[cacheOf(where, 'content'), shipped]])
  const added: Reading[] = []
  const broken: BrokenPack[] = []
  const dir = packsFolder(where.COHORT_DATA_DIR)
  const ids = await packIds(dir)
  const by = ids.length > 0 ? await reader() : ''
  for (const id of ids) {
    refuseTwice(id, shipped.banks, where)
    const cache = cacheOf(where, `pack-${id}`)
    const reading = await readPack(dir, id, [cache], by)
    read.set(cache, reading)
    const errors = errorsOf(reading.problems)
    if (errors.length > 0) broken.push({ id, problems: errors })
    else added.push(reading)
  }
  return {
    banks: [...shipped.banks, ...inOrder(added.flatMap(({ banks }) => banks))],
    key: shipped.key,
    problems: shipped.problems,
    broken,
    read,
    isCached: [...read.values()].every(({ isCached }) => isCached),
  }
}

function inOrder(banks: readonly Bank[]): Bank[] {
  return banks.toSorted((a, b) => (a.pack.order ?? 0) - (b.pack.order ?? 0))
}

function refuseTwice(id: string, shipped: readonly Bank[], where: Where): void {
  if (!shipped.some(({ pack }) => pack.id === id)) return
  throw new UserError(twice(id, where))
}

function twice(id: string, where: Where): string {
  const [one, other] = [path.join(where.CONTENT_DIR, id), path.join(packsFolder(where.COHORT_DATA_DIR), id)]
  return `the pack "${id}" is there twice, in ${one} and in ${other}; remove one of them: "cohort pack remove ${id}" removes the second`
}

/** Deletes the cached reading of a removed pack. */
export const dropReading = (id: string, where: Where): Promise<void> =>
  rm(cacheOf(where, `pack-${id}`), { force: true })

/** Caches readings that were parsed from the packs, in the data folder. */
export async function keepReading({ read }: Packages): Promise<void> {
  for (const [file, reading] of read) if (!reading.isCached) await writeCache(file, reading)
}
