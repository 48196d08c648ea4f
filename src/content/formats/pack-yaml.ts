/** Reads questions in the format of packs, as an export writes them. */
import type { AuthoredItem } from '../../core/model.js'
import { itemOf } from '../item-of.js'
import { type OurQuestion, type OurQuestions, ourQuestions } from '../our-questions.js'
import { decodeText } from './decode.js'
import type { QuestionFormat, SourceFile } from './format.js'
import { MISCONCEPTION } from './from-question.js'
import { type Intake, readText } from './intake.js'

const NAME = 'Cohort YAML'

export const packYaml: QuestionFormat = {
  id: 'pack-yaml',
  name: NAME,
  recognises: (file) => questionsIn(file) !== undefined,
  read: (file) => readText(NAME, file, (_, into) => readAll(questionsIn(file), into)),
}

/** A cache, since a file is recognised before it is read. */
const known = new WeakMap<Uint8Array, OurQuestions>()

function questionsIn(file: SourceFile): OurQuestions | undefined {
  const before = known.get(file.bytes)
  if (before) return before
  const { text } = decodeText(file)
  const found = BEGIN.test(text) ? ourQuestions(file.path, text) : undefined
  if (found) known.set(file.bytes, found)
  return found
}

/** Looks at the beginning alone, since reading YAML takes long. */
const BEGIN = /^(?:\s*(?:#[^\n]*|---)?\n){0,100}- +(?:id|kind) *:/

function readAll(found: OurQuestions | undefined, into: Intake): void {
  const { questions = [], leftOut = [] } = found ?? {}
  for (const { line, message } of leftOut) into.leaveOut(line, message)
  for (const one of questions) take(one, into)
  const [first] = questions
  const lost = NOT_KEPT.filter((name) => questions.some(({ value }) => name in value))
  if (first && lost.length > 0) into.change(first.line, `not kept of the questions: ${lost.join(', ')}`)
}

const NOT_KEPT = ['concept', 'difficulty', 'domain', 'task', 'skills', 'recall', 'sources']

function take({ line, id, topics, parsed }: OurQuestion, into: Intake): void {
  const explanation = parsed.misconception === '' ? '' : `${MISCONCEPTION}${parsed.misconception}`
  const about = { explanation, group: topics[0] ?? '' }
  const takeItem = (item: AuthoredItem, name: string) =>
    into.take(line, { item, changed: [], moved: [] }, { ...about, name })
  if (parsed.kind === 'template') {
    into.leaveOut(line, 'its numbers are drawn anew each time, which only a pack can hold')
  } else if (parsed.kind === 'case') {
    const { items, scenario } = parsed
    for (const [i, item] of items.entries())
      takeItem({ ...item, stem: `${scenario}\n\n${item.stem}` }, `${id}-${i + 1}`)
    into.change(line, `a case becomes ${items.length} questions, each below the scenario`)
  } else {
    const item = itemOf(parsed)
    if (item) takeItem(item, id)
  }
}
