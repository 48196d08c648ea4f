/** The content as the configuration says, from what was read of it before where nothing has changed. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import { type Reading, readContent, writeCache } from '../content/cache.js'
import { UserError } from '../core/errors.js'
import { CACHE } from '../store/private-folder.js'

/** Made by the build, of the content that is shipped. */
const SHIPPED = fileURLToPath(new URL('../../dist/content.json', import.meta.url))

type Where = Pick<Config, 'CONTENT_DIR' | 'COHORT_DATA_DIR'>

const cacheOf = ({ COHORT_DATA_DIR }: Where): string => path.join(COHORT_DATA_DIR, CACHE, 'content.json')

/** The banks of content without problems; throws `UserError` that lists the first of them otherwise. */
export async function goodContent(where: Where): Promise<readonly Bank[]> {
  return (await goodReading(where)).banks
}

export function countsOf(banks: readonly Bank[]): string {
  const count = (of: 'topics' | 'questions') => banks.reduce((sum, bank) => sum + bank[of].length, 0)
  return `${count('topics')} topics and ${count('questions')} questions`
}

/** The pack of that id, or the first; throws `UserError` that names those there are. */
export function packNamed(id: string | undefined, banks: readonly Bank[]): Bank {
  const found = id === undefined ? banks[0] : banks.find(({ pack }) => pack.id === id)
  if (!found)
    throw new UserError(`there is no pack "${id}"; there is ${banks.map(({ pack }) => pack.id).join(', ')}`)
  return found
}

/** What can be read, whatever else has problems. */
export async function someContent(where: Where): Promise<readonly Bank[]> {
  return (await readingOf(where)).banks
}

/** As `goodContent`, for `keepReading`. */
export async function goodReading(where: Where): Promise<Reading> {
  const dir = where.CONTENT_DIR
  if (!existsSync(dir))
    throw new UserError(
      `CONTENT_DIR is ${dir}, but there is no such folder; set it to the folder that holds the packs`,
    )
  const reading = await readingOf(where)
  const { problems } = reading
  if (problems.length === 0) return reading
  const lines = problems.slice(0, 10).map((p) => `${p.file}:${p.line}: ${p.message}`)
  const more = problems.length > 10 ? [`and ${problems.length - 10} more`] : []
  throw new UserError(
    [`the content under ${dir} has problems; "cohort content check" lists them all`, ...lines, ...more].join(
      '\n',
    ),
  )
}

const readingOf = (where: Where) => readContent(where.CONTENT_DIR, [SHIPPED, cacheOf(where)])

/** Keeps in the data folder, where there is one, what had to be read anew. */
export async function keepReading(reading: Reading, where: Where): Promise<void> {
  if (!reading.isCached) await writeCache(cacheOf(where), reading)
}
