/** `content check`, `content list`, `questions`: the content as the bot reads it. */

import { count } from '../bot/cards/wording.js'
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import { checkCoverage } from '../content/coverage.js'
import { packsFolder } from '../content/data-packs.js'
import { checkHabits, type Habits, measureHabits } from '../content/habits.js'
import { checkItemWriting } from '../content/item-writing.js'
import { inOrder, type Problem } from '../content/problem.js'
import { UserError } from '../core/errors.js'
import type { Origin } from '../core/model.js'
import type { Io } from '../io.js'
import { checkAll, goodContent, packNamed } from '../server/content.js'

interface ListOptions {
  readonly json?: boolean
  /** Undefined means the first pack. */
  readonly pack?: string
}

/** A pack from elsewhere may cause thousands of lines. */
const MAX_ADVICE = 100

export async function checkContent(json: boolean, config: Config, { out }: Io): Promise<number> {
  const { contentSummary } = await import('../content/load.js')
  const { banks, problems } = await checkAll(config)
  const habits = banks.map(measureHabits)
  const all = inOrder([
    ...problems,
    ...banks.flatMap(checkCoverage),
    ...banks.flatMap((bank, i) => checkHabits(bank, habits[i])),
    ...banks.flatMap(checkItemWriting),
  ])
  const [errors, advice] = [ofLevel('error', all), ofLevel('advice', all)]
  const summary = contentSummary(banks)
  const drafts = await draftCounts(config)
  if (json)
    out(
      JSON.stringify({
        ...summary,
        ...(drafts.size > 0 && { drafts: Object.fromEntries(drafts) }),
        ...{ problems: errors, advice },
      }),
    )
  else {
    for (const p of errors) out(`${p.file}:${p.line}: ${p.message}`)
    for (const p of advice.slice(0, MAX_ADVICE)) out(`${p.file}:${p.line}: advice: ${p.message}`)
    if (advice.length > MAX_ADVICE)
      out(`and ${advice.length - MAX_ADVICE} more pieces of advice; --json lists them all`)
    for (const [pack, n] of drafts)
      out(`${pack}: ${n} draft${n === 1 ? ' waits' : 's wait'}: cohort pack review ${pack}`)
    for (const one of habits) out(formLine(one))
    const told = `${summary.topics} topics, ${summary.questions} questions, ${errors.length} problems`
    out(advice.length === 0 ? told : `${told}, ${count(advice.length, 'piece')} of advice`)
  }
  return errors.length === 0 ? 0 : 1
}

/** Counts the drafts in both folders. Nobody is asked them, so they are not problems. */
async function draftCounts(config: Config): Promise<ReadonlyMap<string, number>> {
  const { draftsIn } = await import('../content/drafts/draft-file.js')
  const drafts = await draftsIn([config.CONTENT_DIR, packsFolder(config.COHORT_DATA_DIR)])
  const counts = [...drafts].map(([pack, { waiting }]) => [pack, waiting.length] as const)
  return new Map(counts.filter(([, n]) => n > 0))
}

const ofLevel = (wanted: Problem['level'], problems: readonly Problem[]) =>
  problems.flatMap(({ level, ...problem }) => (level === wanted ? [problem] : []))

function formLine({ pack, items, positions, ...of }: Habits): string {
  const percent = (n: number) => (items === 0 ? 0 : Math.round((100 * n) / items))
  return [
    `${pack}: ${items} choice items`,
    `key in places 1 to 4: ${positions.map(percent).join(', ')} %`,
    `longest: ${percent(of.keyLongest)} %`,
    `shortest: ${percent(of.keyShortest)} %`,
    `least like the others: ${percent(of.keyLeastAlike)} %`,
    `one of the two most alike: ${percent(of.keyInClosestPair)} %`,
    ...(of.guessed === undefined ? [] : [`found by form alone: ${Math.round(100 * of.guessed)} %`]),
  ].join('; ')
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

function placed({ kind, ...place }: Origin): object {
  if (!('imported' in place)) return place
  const { imported, ...rest } = place
  return { ...rest, ...(imported && { imported }) }
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
    out(JSON.stringify(list.map(({ number, origin, ...authored }) => ({ ...authored, ...placed(origin) }))))
  else
    for (const line of [
      packLine(bank.pack),
      ...list.map((q) => `${q.id}\t${q.kind}\t${q.topics.join(', ')}`),
    ])
      out(line)
  return 0
}

/** The first line of a list or an answer. */
export const packLine = ({ id, title }: Bank['pack']) => `Pack: ${id} (${title})`
