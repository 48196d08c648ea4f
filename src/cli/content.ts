/** `content check`, `content list`, `questions`: the content as the bot reads it. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import { type Reading, readContent, writeCache } from '../content/cache.js'
import { checkForm, type Form, measureForm } from '../content/form.js'
import { UserError } from '../core/errors.js'
import { CACHE } from '../store/private-folder.js'

/** Made by the build, of the content that is shipped. */
const SHIPPED = fileURLToPath(new URL('../../dist/content.json', import.meta.url))

type Where = Pick<Config, 'CONTENT_DIR' | 'COHORT_DATA_DIR'>

const cacheOf = ({ COHORT_DATA_DIR }: Where): string => path.join(COHORT_DATA_DIR, CACHE, 'content.json')

/** The bank of content without problems; throws `UserError` that lists the first of them otherwise. */
export async function goodContent(where: Where): Promise<Bank> {
  return (await goodReading(where)).bank
}

/** As `goodContent`, for `keepReading`. */
export async function goodReading(where: Where): Promise<Reading> {
  const dir = where.CONTENT_DIR
  if (!existsSync(dir)) throw new UserError(`CONTENT_DIR is ${dir}, but there is no such folder; set it to the folder that holds the packs`)
  const reading = await readContent(dir, [SHIPPED, cacheOf(where)])
  const { problems } = reading
  if (problems.length === 0) return reading
  const lines = problems.slice(0, 10).map((p) => `${p.file}:${p.line}: ${p.message}`)
  const more = problems.length > 10 ? [`and ${problems.length - 10} more`] : []
  throw new UserError([`the content under ${dir} has problems; "cohort content check" lists them all`, ...lines, ...more].join('\n'))
}

/** Keeps in the data folder, where there is one, what had to be read anew. */
export async function keepReading(reading: Reading, where: Where): Promise<void> {
  if (!reading.isCached) await writeCache(cacheOf(where), reading)
}

export async function checkContent(json: boolean, config: Config): Promise<number> {
  const { contentSummary, loadContent } = await import('../content/load.js')
  const { bank, problems: faults } = await loadContent(config.CONTENT_DIR)
  const problems = [...faults, ...checkForm(bank.questions)].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
  const summary = contentSummary(bank)
  if (json) console.log(JSON.stringify({ ...summary, problems }))
  else {
    for (const p of problems) console.log(`${p.file}:${p.line}: ${p.message}`)
    for (const pack of bank.packs) console.log(formLine(measureForm(pack.id, bank.questions)))
    console.log(`${summary.topics} topics, ${summary.questions} questions, ${problems.length} problems`)
  }
  return problems.length === 0 ? 0 : 1
}

function formLine({ pack, items, positions, keyLongest, keyShortest }: Form): string {
  const percent = (n: number) => (items === 0 ? 0 : Math.round((100 * n) / items))
  return `${pack}: ${items} choice items; key in places 1 to 4: ${positions.map(percent).join(', ')} %; longest: ${percent(keyLongest)} %; shortest: ${percent(keyShortest)} %`
}

export async function listContent(json: boolean, config: Config): Promise<number> {
  const { topics } = await goodContent(config)
  const list = topics.map(({ slug, title, aliases, related, markdown }) => ({ slug, title, aliases, related, text: markdown }))
  if (json) console.log(JSON.stringify(list))
  else for (const topic of list) console.log(`${topic.slug}\t${topic.title}`)
  return 0
}

export async function listQuestions(json: boolean, topic: string | undefined, config: Config): Promise<number> {
  const bank = await goodContent(config)
  if (topic !== undefined && !bank.topic(topic)) throw new UserError(`there is no topic "${topic}"; "cohort content list" names them`)
  const list = bank.questions.filter((q) => topic === undefined || q.topics.includes(topic))
  if (json) console.log(JSON.stringify(list.map(({ number, ...authored }) => authored)))
  else for (const q of list) console.log(`${q.id}\t${q.kind}\t${q.topics.join(', ')}`)
  return 0
}
