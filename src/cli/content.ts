/** `content check`, `content list`, `questions`: the content as the bot reads it. */
import { existsSync } from 'node:fs'
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import { checkForm, type Form, measureForm } from '../content/form.js'
import { contentSummary, loadContent } from '../content/load.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'

/** The bank of content without problems; throws `UserError` that lists the first of them otherwise. */
export async function goodContent(dir: string): Promise<Bank> {
  if (!existsSync(dir)) throw new UserError(`CONTENT_DIR is ${dir}, but there is no such folder; set it to the folder that holds the packs`)
  const { bank, problems } = await loadContent(dir)
  if (problems.length === 0) return bank
  const lines = problems.slice(0, 10).map((p) => `${p.file}:${p.line}: ${p.message}`)
  const more = problems.length > 10 ? [`and ${problems.length - 10} more`] : []
  throw new UserError([`the content under ${dir} has problems; "cohort content check" lists them all`, ...lines, ...more].join('\n'))
}

export async function checkContent(json: boolean, config: Config, { out }: Io): Promise<number> {
  const { bank, problems: faults } = await loadContent(config.CONTENT_DIR)
  const problems = [...faults, ...checkForm(bank.questions)].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
  const summary = contentSummary(bank)
  if (json) out(JSON.stringify({ ...summary, problems }))
  else {
    for (const p of problems) out(`${p.file}:${p.line}: ${p.message}`)
    for (const pack of bank.packs) out(formLine(measureForm(pack.id, bank.questions)))
    out(`${summary.topics} topics, ${summary.questions} questions, ${problems.length} problems`)
  }
  return problems.length === 0 ? 0 : 1
}

function formLine({ pack, items, positions, keyLongest, keyShortest }: Form): string {
  const percent = (n: number) => (items === 0 ? 0 : Math.round((100 * n) / items))
  return `${pack}: ${items} choice items; key in places 1 to 4: ${positions.map(percent).join(', ')} %; longest: ${percent(keyLongest)} %; shortest: ${percent(keyShortest)} %`
}

export async function listContent(json: boolean, config: Config, { out }: Io): Promise<number> {
  const { topics } = await goodContent(config.CONTENT_DIR)
  const list = topics.map(({ slug, title, aliases, related, markdown }) => ({ slug, title, aliases, related, text: markdown }))
  if (json) out(JSON.stringify(list))
  else for (const topic of list) out(`${topic.slug}\t${topic.title}`)
  return 0
}

export async function listQuestions(json: boolean, topic: string | undefined, config: Config, { out }: Io): Promise<number> {
  const bank = await goodContent(config.CONTENT_DIR)
  if (topic !== undefined && !bank.topic(topic)) throw new UserError(`there is no topic "${topic}"; "cohort content list" names them`)
  const list = bank.questions.filter((q) => topic === undefined || q.topics.includes(topic))
  if (json) out(JSON.stringify(list.map(({ number, ...authored }) => authored)))
  else for (const q of list) out(`${q.id}\t${q.kind}\t${q.topics.join(', ')}`)
  return 0
}
