/** Reads questions in Cohort's own YAML, as an export writes them, without what only a pack can ask. */
import { itemOf } from '../item-of.js'
import { question as questionSchema } from '../schema.js'
import { check, readYaml } from '../yaml.js'
import { decodeText } from './decode.js'
import type { QuestionFormat } from './format.js'
import { type Intake, readText } from './intake.js'

const NAME = 'Cohort YAML'

/** It is no format of another program, so packs do not convert it: they hold such files as they are. */
export const ownYaml: Pick<QuestionFormat, 'recognises' | 'read'> = {
  recognises: (file) => isOwn(decodeText(file).text),
  read: (file) => readText(NAME, file, readEntries),
}

/** Comments before the first question are at most so long. */
const HEAD = 10_000

function isOwn(text: string): boolean {
  const lines = text.slice(0, HEAD).split('\n')
  const first = lines.find((line) => line.trim() !== '' && !line.startsWith('#') && line.trim() !== '---')
  return first !== undefined && /^- (?:id|kind|stem): /.test(first) && /^(?:- | {2})kind: /m.test(text)
}

/** Reads each question by itself: a file may be longer than the YAML that is read at once. */
function readEntries(text: string, into: Intake): void {
  const lines = text.split('\n')
  const starts = lines.flatMap((line, i) => (line.startsWith('- ') ? [i] : []))
  for (const [n, start] of starts.entries())
    readEntry(lines.slice(start, starts[n + 1]).join('\n'), start, into)
}

/** `offset`: the number of lines above it. */
function readEntry(text: string, offset: number, into: Intake): void {
  const line = offset + 1
  const problems: { line: number; message: string }[] = []
  const report = (at: number, message: string) => problems.push({ line: at, message })
  const yaml = readYaml(text, offset, report)
  const entry: unknown = Array.isArray(yaml?.value) ? yaml.value[0] : undefined
  const found = yaml && check(yaml, entry, questionSchema, [0], report)
  const item = found && itemOf(found)
  const [problem] = problems
  if (problem) into.leaveOut(problem.line, problem.message)
  else if (!found) into.leaveOut(line, 'it is no question')
  else if (!item) into.leaveOut(line, `a question of the kind "${found.kind}" belongs in a pack`)
  else {
    const about = { explanation: '', group: found.topics[0] ?? '', name: found.id }
    const dropped = found.misconception === '' ? [] : ['its common misconception']
    into.take(line, { item, changed: [], moved: [] }, about, dropped)
  }
}
