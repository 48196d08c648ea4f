/** Reads question files that are already in the format of packs: their entries stay unchanged. */
import { stringify } from 'yaml'
import type { z } from 'zod'
import type { Warning } from './notes.js'
import { question } from './schema.js'
import { check, readYaml } from './yaml.js'

/** A question as its schema has read it. */
type Parsed = z.infer<typeof question>

export interface OurQuestion {
  readonly line: number
  readonly parsed: Parsed
  readonly id: string
  readonly kind: string
  readonly topics: readonly string[]
  readonly value: Readonly<Record<string, unknown>>
}

export interface OurQuestions {
  readonly path: string
  readonly questions: readonly OurQuestion[]
  readonly leftOut: readonly Warning[]
}

/**
 * Returns undefined if the file is YAML of another kind. A file that cannot be read as a whole is read entry
 * by entry: a broken one costs itself alone, and the file may be longer than one of a pack.
 */
export function ourQuestions(path: string, text: string): OurQuestions | undefined {
  const whole = questionsIn(text, 0)
  if (whole.isYaml) return whole.isOurs ? { path, ...whole } : undefined
  const all = entriesIn(text)
  const entries = all.slice(0, MAX_ENTRIES).map(({ text: entry, line }) => questionsIn(entry, line))
  if (!entries.some(({ isOurs }) => isOurs)) return undefined
  const [rest] = all.slice(MAX_ENTRIES)
  const surplus = `at most ${MAX_ENTRIES} questions of a file are read; split it up`
  return {
    path,
    questions: entries.flatMap(({ questions }) => questions),
    leftOut: [
      ...entries.flatMap(({ leftOut }) => leftOut),
      ...(rest ? [{ line: rest.line + 1, message: surplus }] : []),
    ],
  }
}

const MAX_ENTRIES = 3000

/** `offset`: the number of lines above the text in its file. */
function questionsIn(text: string, offset: number) {
  const leftOut: Warning[] = []
  const report = (line: number, message: string) => leftOut.push({ line, message })
  const yaml = readYaml(text, offset, report)
  const list: readonly unknown[] = Array.isArray(yaml?.value) ? yaml.value : []
  const questions = list.flatMap((value, i): OurQuestion[] => {
    const parsed = yaml && check(yaml, value, question, [i], report)
    if (!yaml || !parsed) return []
    const { id, kind, topics } = parsed
    return [{ id, kind, topics, line: yaml.lineOf([i]), parsed, value: { ...Object(value) } }]
  })
  return { questions, leftOut, isYaml: yaml !== undefined, isOurs: list.some(isQuestion) }
}

/** Whatever stands further to the right belongs to the entry above it. */
function entriesIn(text: string): readonly { readonly text: string; readonly line: number }[] {
  const entries: { lines: string[]; line: number }[] = []
  text.split('\n').forEach((line, i) => {
    if (/^- /.test(line)) entries.push({ lines: [], line: i })
    entries.at(-1)?.lines.push(line)
  })
  return entries.map(({ lines, line }) => ({ text: lines.join('\n'), line }))
}

function isQuestion(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'kind' in value
}

/** Writes the entry with the given id and topics, in case its own are taken or missing. */
export function ourText({ value }: OurQuestion, id: string, topics: readonly string[]): string {
  const { id: _id, topics: _topics, ...rest } = value
  return stringify([{ id, ...(topics.length > 0 && { topics }), ...rest }], { lineWidth: 0 })
}
