/** Reads question files that are already in the format of packs: their entries stay unchanged. */
import { stringify } from 'yaml'
import type { Warning } from '../notes.js'
import { question } from '../schema.js'
import { check, readYaml } from '../yaml.js'

export interface OurQuestion {
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

/** Returns undefined if the file is YAML of another kind. */
export function ourQuestions(path: string, text: string): OurQuestions | undefined {
  const leftOut: Warning[] = []
  const report = (line: number, message: string) => leftOut.push({ line, message })
  const yaml = readYaml(text, 0, report)
  if (!yaml || !Array.isArray(yaml.value) || !yaml.value.some(isQuestion)) return undefined
  const questions = yaml.value.flatMap((value: unknown, i): OurQuestion[] => {
    const good = check(yaml, value, question, [i], report)
    if (!good) return []
    return [{ id: good.id, kind: good.kind, topics: good.topics, value: { ...(value as object) } }]
  })
  return { path, questions, leftOut }
}

function isQuestion(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && 'kind' in value
}

/** Writes the entry with the given id and topics, in case its own are taken or missing. */
export function ourText({ value }: OurQuestion, id: string, topics: readonly string[]): string {
  const { id: _id, topics: _topics, ...rest } = value
  return stringify([{ id, ...(topics.length > 0 && { topics }), ...rest }], { lineWidth: 0 })
}
