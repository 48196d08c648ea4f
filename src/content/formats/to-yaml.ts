/** Writes questions of other formats as `.questions.yaml`, which an author may edit by hand afterwards. */
import { stringify } from 'yaml'
import type { AuthoredItem } from '../../core/model.js'
import { MAX_BYTES } from '../files.js'
import type { Warning } from '../notes.js'
import { explained } from './explanation.js'
import type { FoundQuestion } from './format.js'
import { markdownExam } from './markdown-exam.js'
import { questionIds } from './question-ids.js'

export interface Around {
  /** The ids of the pack's other questions. */
  readonly taken: Iterable<string>
  /** The ids that questions have already, by their indexes. */
  readonly kept?: readonly (string | undefined)[]
  /** Returns the slugs of the topics of a question; none if they are unknown. */
  readonly topicOf: (question: FoundQuestion) => readonly string[]
  /** The name of the source format. */
  readonly format?: string
}

export interface QuestionsYaml {
  /** All questions in one text. */
  readonly text: string
  /** All questions in several texts, each within the size limit of a pack's file. */
  readonly texts: readonly string[]
  /** The ids in the order of the questions. */
  readonly ids: readonly string[]
  /** What our format cannot hold of the questions. */
  readonly changed: readonly Warning[]
}

/**
 * `explanation` becomes the reason of the right answer. The name and the group of a question are not kept.
 */
export function questionsYaml(
  questions: readonly FoundQuestion[],
  { taken, kept, topicOf, format }: Around,
): QuestionsYaml {
  const ids = questionIds(questions, taken, kept)
  // In such a file a group is a heading of the text, which need not be a topic.
  const hasHeadings = format === markdownExam.name
  const changed: Warning[] = []
  const unknown = new Map<string, { readonly line: number; readonly n: number }>()
  const entries = questions.map((question, i) => {
    const { item, lost } = explained(question.item, question.explanation)
    if (lost !== '') changed.push({ line: question.line, message: `the explanation ${lost}` })
    const topics = topicOf(question)
    if (topics.length === 0 && question.group !== '' && !hasHeadings) {
      const { line, n } = unknown.get(question.group) ?? { line: question.line, n: 0 }
      unknown.set(question.group, { line, n: n + 1 })
    }
    return entryOf(ids[i] ?? '', item, topics)
  })
  for (const [group, { line, n }] of unknown)
    changed.push({
      line,
      message: `no topic is called "${group}": ${n === 1 ? '1 question of it is' : `${n} questions of it are`} about none`,
    })
  return { text: entries.join('\n'), texts: parted(entries), ids, changed }
}

function entryOf(id: string, item: AuthoredItem, topics: readonly string[]): string {
  const { kind, stem } = item
  return stringify(
    [{ id, kind, imported: true, ...(topics.length > 0 && { topics }), stem, ...answersOf(item) }],
    {
      lineWidth: 0,
      aliasDuplicateObjects: false,
    },
  )
}

/** Returns what there is to choose from, as an entry has it; empty values are left out. */
export function answersOf(item: AuthoredItem): object {
  const reason = ({ why }: { readonly why: string }) => (why === '' ? {} : { why })
  const step = (one: { readonly text: string; readonly why: string }) => ({ text: one.text, ...reason(one) })
  const spareOf = (spare: readonly unknown[]) => (spare.length === 0 ? {} : { spare })
  switch (item.kind) {
    case 'choice':
    case 'response':
      return {
        choices: item.choices.map((one) => ({
          text: one.text,
          ...(one.right && { right: true }),
          ...reason(one),
        })),
      }
    case 'ordering':
      return { steps: item.steps.map(step), ...spareOf(item.spare.map(step)) }
    case 'matching':
      return {
        pairs: item.pairs.map((one) => ({ prompt: one.prompt, answer: one.answer, ...reason(one) })),
        ...spareOf(item.spare),
      }
  }
}

function parted(entries: readonly string[]): string[] {
  const texts: string[] = []
  let bytes = 0
  for (const entry of entries) {
    const more = Buffer.byteLength(entry) + 1
    const last = texts.length - 1
    if (last < 0 || bytes + more > MAX_BYTES) {
      texts.push(entry)
      bytes = more
    } else {
      texts[last] += `\n${entry}`
      bytes += more
    }
  }
  return texts
}
