/** `content coverage`: shows how much a pack has for each skill of an exam, and how deep its topics are. */
import { count } from '../bot/cards/wording.js'
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import { type DomainCoverage, type SkillCoverage, skillCoverage } from '../content/skills.js'
import { UserError } from '../core/errors.js'
import type { Exam, Section, Topic } from '../core/model.js'
import type { Io } from '../io.js'
import { checkAll, packNamed } from '../server/content.js'
import { packLine } from './content.js'

interface CoverageOptions {
  readonly json?: boolean
  readonly pack?: string
  /** Undefined means the first exam of the pack. */
  readonly exam?: string
}

/** Also works for content with problems: broken parts count as missing. */
export async function printCoverage(options: CoverageOptions, config: Config, { out }: Io): Promise<void> {
  const bank = packNamed(options.pack, (await checkAll(config)).banks)
  const exam = examNamed(options.exam, bank)
  const domains = exam ? skillCoverage(bank, exam) : []
  const depth = bank.pack.sections.map((section) => depthOf(section, bank.topics))
  if (options.json)
    out(JSON.stringify({ pack: bank.pack.id, ...(exam && { exam: exam.id }), domains, sections: depth }))
  else
    for (const line of [
      packLine(bank.pack),
      ...(exam ? [`Exam: ${exam.name}`, ...domains.flatMap(domainLines)] : ['It prepares for no exam.']),
      ...depth.map(depthLine),
    ])
      out(line)
}

/** Undefined for a pack without exams. Throws a `UserError` for an unknown name. */
function examNamed(id: string | undefined, { pack: { exams } }: Bank): Exam | undefined {
  const found = id === undefined ? exams[0] : exams.find((one) => one.id === id)
  if (id !== undefined && !found)
    throw new UserError(
      `there is no exam "${id}"; there is ${exams.map((one) => one.id).join(', ') || 'none'}`,
    )
  return found
}

function domainLines({ number, title, weight, questions, skills }: DomainCoverage): string[] {
  return [`${number} ${title} (${weight} %): ${count(questions, 'question')}`, ...skills.map(skillLine)]
}

const skillLine = ({ number, title, topics, questions, concepts }: SkillCoverage) =>
  ['', number, count(topics, 'topic'), count(questions, 'question'), count(concepts, 'concept'), title].join(
    '\t',
  )

interface Depth {
  readonly id: string
  readonly topics: number
  /** Medians over the section's topics: items of the first list, and words of the whole topic. */
  readonly facts: number
  readonly words: number
}

function depthOf({ id }: Section, all: readonly Topic[]): Depth {
  const topics = all.filter(({ section }) => section === id)
  return {
    ...{ id, topics: topics.length },
    facts: median(topics.map(factsOf)),
    words: median(
      topics.map(({ markdown }) => markdown.split(/\s+/).filter((word) => /\w/.test(word)).length),
    ),
  }
}

function factsOf({ details }: Topic): number {
  const list = details.find(({ kind }) => kind === 'list')
  return list?.kind === 'list' ? list.items.length : 0
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return (low + high) / 2
}

const depthLine = ({ id, topics, facts, words }: Depth) =>
  `${id}: ${count(topics, 'topic')}, median ${facts} facts and ${words} words`
