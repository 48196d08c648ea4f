/** `content check`, `content list`, `questions`: the content as the bot reads it. */
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import { checkItemWriting, type ItemWriting, measureItemWriting } from '../content/item-writing.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { goodContent, packNamed } from '../server/content.js'

interface ListOptions {
  readonly json?: boolean
  /** The first where it is left out. */
  readonly pack?: string
}

export async function checkContent(json: boolean, config: Config, { out }: Io): Promise<number> {
  const { contentSummary, loadContent } = await import('../content/load.js')
  const { banks, problems: faults } = await loadContent(config.CONTENT_DIR)
  const all = [...faults, ...banks.flatMap(checkItemWriting)]
  const problems = all.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
  const summary = contentSummary(banks)
  if (json) out(JSON.stringify({ ...summary, problems }))
  else {
    for (const p of problems) out(`${p.file}:${p.line}: ${p.message}`)
    for (const bank of banks) out(formLine(measureItemWriting(bank)))
    out(`${summary.topics} topics, ${summary.questions} questions, ${problems.length} problems`)
  }
  return problems.length === 0 ? 0 : 1
}

function formLine({ pack, items, positions, keyLongest, keyShortest }: ItemWriting): string {
  const percent = (n: number) => (items === 0 ? 0 : Math.round((100 * n) / items))
  return `${pack}: ${items} choice items; key in places 1 to 4: ${positions.map(percent).join(', ')} %; longest: ${percent(keyLongest)} %; shortest: ${percent(keyShortest)} %`
}

export async function listContent(
  { json, pack: id }: ListOptions,
  config: Config,
  { out }: Io,
): Promise<number> {
  const { pack, topics } = packNamed(id, await goodContent(config))
  const list = topics.map(({ slug, title, aliases, related, markdown }) => {
    return { pack: pack.id, slug, title, aliases, related, text: markdown }
  })
  if (json) out(JSON.stringify(list))
  else for (const line of [packLine(pack), ...list.map((topic) => `${topic.slug}\t${topic.title}`)]) out(line)
  return 0
}

export async function listQuestions(
  { json, topic, pack: id }: ListOptions & { readonly topic?: string },
  config: Config,
  { out }: Io,
): Promise<number> {
  const bank = packNamed(id, await goodContent(config))
  if (topic !== undefined && !bank.topic(topic))
    throw new UserError(`there is no topic "${topic}"; "cohort content list" names them`)
  const list = bank.questionsFor(topic === undefined ? [] : [topic])
  if (json)
    out(
      JSON.stringify(
        list.map(({ number, origin: { kind, ...place }, ...authored }) => ({ ...authored, ...place })),
      ),
    )
  else
    for (const line of [
      packLine(bank.pack),
      ...list.map((q) => `${q.id}\t${q.kind}\t${q.topics.join(', ')}`),
    ])
      out(line)
  return 0
}

/** What a list or an answer begins with. */
export const packLine = ({ id, title }: Bank['pack']) => `Pack: ${id} (${title})`
