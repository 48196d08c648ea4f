/** `content check`, `content list`, `questions`: the content as the bot reads it. */
import type { Config } from '../config.js'
import { checkForm, type Form, measureForm } from '../content/form.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { goodContent } from '../server/content.js'

export async function checkContent(json: boolean, config: Config, { out }: Io): Promise<number> {
  const { contentSummary, loadContent } = await import('../content/load.js')
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
  const { topics } = await goodContent(config)
  const list = topics.map(({ slug, title, aliases, related, markdown }) => ({ slug, title, aliases, related, text: markdown }))
  if (json) out(JSON.stringify(list))
  else for (const topic of list) out(`${topic.slug}\t${topic.title}`)
  return 0
}

export async function listQuestions(json: boolean, topic: string | undefined, config: Config, { out }: Io): Promise<number> {
  const bank = await goodContent(config)
  if (topic !== undefined && !bank.topic(topic)) throw new UserError(`there is no topic "${topic}"; "cohort content list" names them`)
  const list = bank.questions.filter((q) => topic === undefined || q.topics.includes(topic))
  if (json) out(JSON.stringify(list.map(({ number, ...authored }) => authored)))
  else for (const q of list) out(`${q.id}\t${q.kind}\t${q.topics.join(', ')}`)
  return 0
}
