/** Question files of the pack that is made. */
import type { AuthoredItem } from '../../core/model.js'
import { MAX_BYTES } from '../files.js'
import { questionsYaml } from '../formats/to-yaml.js'
import { question as questionSchema } from '../schema.js'
import { check, readYaml } from '../yaml.js'
import { hashOf } from './manifest.js'
import { type OurQuestions, ourText } from './our-questions.js'
import type { QuestionsOf, Told } from './read-source.js'

export interface MadeQuestions {
  readonly texts: readonly string[]
  readonly byKind: ReadonlyMap<string, number>
  readonly changed: readonly Told[]
  /** Ids by what identifies a question when its words change. */
  readonly ids: Readonly<Record<string, string>>
}

interface Around {
  /** Ids of other questions; the new ones are added. */
  readonly taken: Set<string>
  readonly topicOf: (group: string, path: string) => readonly string[]
  /** Ids of last time. */
  readonly known: Readonly<Record<string, string>>
}

export function madeQuestions({ path, questions }: QuestionsOf, around: Around): MadeQuestions {
  const topicOf = ({ group }: { readonly group: string }) => around.topicOf(group, path)
  const { texts, ids, changed } = questionsYaml(questions, { taken: around.taken, topicOf })
  const byKind = new Map<string, number>()
  const told: Told[] = changed.map((one) => ({ file: path, ...one }))
  const kept: Record<string, string> = {}
  const renamed = new Map<string, string>()
  questions.forEach(({ item }, i) => {
    const id = ids[i] ?? ''
    const key = `${path}#${hashOf(answersOf(item))}`
    const before = around.known[key]
    const name = before !== undefined && !around.taken.has(before) && !ids.includes(before) ? before : id
    if (name !== id) renamed.set(id, name)
    around.taken.add(name)
    if (!Object.hasOwn(kept, key)) kept[key] = name
    byKind.set(item.kind, (byKind.get(item.kind) ?? 0) + 1)
  })
  const named = texts.map((text) =>
    text.replace(/^- id: (.*)$/gm, (_line, id) => `- id: ${renamed.get(id) ?? id}`),
  )
  return { texts: named.map((text) => goodOnly(text, path, byKind, told)), byKind, changed: told, ids: kept }
}

/** A stem may be put in other words, and stays the same question as long as the answers do. */
function answersOf(item: AuthoredItem): string {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return JSON.stringify(item.choices.map(({ text }) => text).sort())
    case 'ordering':
      return JSON.stringify(item.steps.map(({ text }) => text))
    case 'matching':
      return JSON.stringify(item.pairs.map(({ prompt, answer }) => [prompt, answer]))
  }
}

/** What the bot would refuse is not written: the text as it is where there is nothing. */
function goodOnly(text: string, path: string, byKind: Map<string, number>, told: Told[]): string {
  const yaml = readYaml(text, 0, () => {})
  if (!yaml || !Array.isArray(yaml.value)) return text
  const bad = new Set<number>()
  yaml.value.forEach((value: unknown, i) => {
    const good = check(yaml, value, questionSchema, [i], (_line, message) => {
      if (!bad.has(i)) told.push({ file: path, line: 1, message: `a question is left out: ${message}` })
      bad.add(i)
    })
    const kind = kindOf(value)
    if (!good) byKind.set(kind, (byKind.get(kind) ?? 0) - 1)
  })
  if (bad.size === 0) return text
  return text
    .split(/^(?=- )/m)
    .filter((_entry, i) => !bad.has(i))
    .join('')
}

const kindOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'kind' in value ? String(value.kind) : ''

/** Entries of our own format; `rename` tells a free id, `known` which topics there are. */
export function ourOwn(
  { path, questions }: OurQuestions,
  taken: Set<string>,
  isTopic: (slug: string) => boolean,
): MadeQuestions {
  const changed: Told[] = []
  const byKind = new Map<string, number>()
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
    byKind.set(one.kind, (byKind.get(one.kind) ?? 0) + 1)
    return ourText(one, id, one.topics.filter(isTopic))
  })
  return { texts: parted(entries), byKind, changed, ids: {} }
}

/** As many in a text as a file of a pack may hold. */
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
