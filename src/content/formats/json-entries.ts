/** Finds the questions in a JSON file, however deep they lie and whatever lies next to them. */
import { type JsonFault, type JsonFile, readJson } from '../json.js'
import { decodeText } from './decode.js'
import type { SourceFile } from './format.js'
import { type Fields, fieldsOf, questionFields, stemOf, textIn } from './json-fields.js'

export interface JsonEntry {
  readonly line: number
  /** Empty for what stands among questions and is none. */
  readonly fields: Fields
  /** What the objects around it say of their subject; empty for nothing. */
  readonly group: string
}

export interface JsonEntries {
  readonly entries: readonly JsonEntry[]
  readonly faults: readonly JsonFault[]
}

/** What is told of each fault of a file. */
export const NO_JSON = 'this is no JSON, and what it belongs to is not read'
const NOTHING: JsonEntries = { entries: [], faults: [] }
const GROUPS = ['topic', 'category', 'domain', 'section', 'subject', 'chapter', 'title', 'name']

/** A cache, since more than one format asks for the questions of the same file. */
const known = new WeakMap<Uint8Array, JsonEntries>()

export function jsonEntries(file: SourceFile): JsonEntries {
  const before = known.get(file.bytes)
  if (before) return before
  const { text } = decodeText(file)
  const found = /^\s*[[{]/.test(text) ? entriesIn(readJson(text)) : NOTHING
  known.set(file.bytes, found)
  return found
}

function entriesIn(file: JsonFile): JsonEntries {
  const entries: JsonEntry[] = []
  const isQuestion = (value: unknown) =>
    isObject(value) && !file.isBroken(value) && stemOf(questionFields(value)) !== ''
  const visit = (value: unknown, group: string) => {
    if (Array.isArray(value)) visitAll(value, file.lineOf(value), group)
    else if (!isObject(value)) return
    else if (isQuestion(value))
      entries.push({ line: file.lineOf(value), fields: questionFields(value), group })
    else for (const part of Object.values(value)) visit(part, textIn(fieldsOf(value), GROUPS) || group)
  }
  /** What is no question among questions is an entry too, so that it is reported. */
  const visitAll = (list: readonly unknown[], begin: number, group: string) => {
    const areQuestions = list.some(isQuestion)
    let line = begin
    for (const value of list) {
      if (isObject(value)) line = file.lineOf(value)
      const before = entries.length
      visit(value, group)
      const isOther = areQuestions && entries.length === before && !(isObject(value) && file.isBroken(value))
      if (isOther) entries.push({ line, fields: new Map(), group })
    }
  }
  visitAll(file.values, 1, '')
  return { entries, faults: file.faults }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
