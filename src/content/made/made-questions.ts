/** Writes the question files of the pack that is made. */
import { MAX_BYTES } from '../files.js'
import { questionsYaml } from '../formats/to-yaml.js'
import { type OurQuestions, ourText } from '../our-questions.js'
import { question as questionSchema } from '../schema.js'
import { check, readYaml } from '../yaml.js'
import { keyOfQuestion, marksOf } from './known-questions.js'
import { ownMarks } from './moved-files.js'
import type { QuestionsOf, Told } from './read-source.js'

export interface MadeQuestions {
  readonly texts: readonly string[]
  readonly changed: readonly Told[]
  /** The ids for the manifest. */
  readonly ids: Readonly<Record<string, string>>
}

interface Around {
  /** The ids of other questions; the new ones are added. */
  readonly taken: Set<string>
  readonly topicOf: (group: string, path: string) => readonly string[]
  /** The previous ids, in the order of the questions. */
  readonly known: readonly (string | undefined)[]
  /** Returns the other file, changed by hand, that contains the question with the id. */
  readonly elsewhere: (id: string) => string | undefined
}

export function madeQuestions(
  { path, format, questions: all }: QuestionsOf,
  { taken, topicOf, known, elsewhere }: Around,
): MadeQuestions {
  const told: Told[] = []
  const ids: Record<string, string> = {}
  const places = all.map((_question, i) => i).filter((i) => !isElsewhere(i))
  function isElsewhere(i: number): boolean {
    const [id, question] = [known[i], all[i]]
    const file = id === undefined ? undefined : elsewhere(id)
    if (id === undefined || file === undefined || !question) return false
    ids[keyOfQuestion(path, marksOf(question.item))] = id
    const message = `stands in ${file} as ${id}, which was changed by hand: it is not taken again`
    told.push({ file: path, line: question.line, message })
    return true
  }
  const questions = places.flatMap((i) => all[i] ?? [])
  const kept = places.map((i) => known[i]).map((id) => (id !== undefined && taken.has(id) ? undefined : id))
  const yaml = questionsYaml(questions, {
    ...{ taken, kept, topicOf: ({ group }) => topicOf(group, path) },
    format,
  })
  told.push(...yaml.changed.map((one) => ({ file: path, ...one })))
  questions.forEach(({ item }, i) => {
    const [key, id] = [keyOfQuestion(path, marksOf(item)), yaml.ids[i] ?? '']
    taken.add(id)
    if (!Object.hasOwn(ids, key)) ids[key] = id
  })
  return { texts: yaml.texts.map((text) => goodOnly(text, path, told)), changed: told, ids }
}

/** Leaves out questions that the bot would refuse, and reports them. */
function goodOnly(text: string, path: string, told: Told[]): string {
  const yaml = readYaml(text, 0, () => {})
  if (!yaml || !Array.isArray(yaml.value)) return text
  const bad = new Set<number>()
  yaml.value.forEach((value: unknown, i) => {
    check(yaml, value, questionSchema, [i], (_line, message) => {
      if (!bad.has(i)) told.push({ file: path, line: 1, message: `a question is left out: ${message}` })
      bad.add(i)
    })
  })
  if (bad.size === 0) return text
  return text
    .split(/^(?=- )/m)
    .filter((_entry, i) => !bad.has(i))
    .join('')
}

/** Writes entries of our own format; one whose id is taken gets another. */
export function ourOwn(
  { path, questions }: OurQuestions,
  taken: Set<string>,
  isTopic: (slug: string) => boolean,
): MadeQuestions {
  const changed: Told[] = []
  const ids: Record<string, string> = {}
  const entries = questions.map((one) => {
    let { id } = one
    for (let i = 2; taken.has(id); i++) id = `${one.id.slice(0, 44)}-${i}`
    taken.add(id)
    if (id !== one.id)
      changed.push({
        file: path,
        line: 1,
        message: `the question ${one.id} is called ${id}: another has its id`,
      })
    ids[keyOfQuestion(path, ownMarks(one))] = id
    return ourText(one, id, one.topics.filter(isTopic))
  })
  return { texts: parted(entries), changed, ids }
}

/** Joins entries to texts within the size limit of a pack's file. */
function parted(entries: readonly string[]): string[] {
  const texts: string[] = []
  for (const entry of entries) {
    const last = texts.at(-1)
    if (last === undefined || Buffer.byteLength(last) + Buffer.byteLength(entry) >= MAX_BYTES)
      texts.push(entry)
    else texts[texts.length - 1] = `${last}\n${entry}`
  }
  return texts
}
