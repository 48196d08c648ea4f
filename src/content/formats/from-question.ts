/** Converts questions of a pack for other programs. */
import { stringify } from 'yaml'
import type { Origin, Question, Topic } from '../../core/model.js'
import { authoredId } from '../../core/question-id.js'
import { short } from '../../core/text.js'
import { LONGEST } from '../longest.js'
import type { FoundQuestion, WrittenFile } from './format.js'

export interface Exported {
  readonly questions: readonly FoundQuestion[]
  /** What no format of other programs can hold, by the question's id. */
  readonly warnings: WrittenFile['warnings']
}

/** Ids become names, first topics become groups, and the misconception becomes the explanation. */
export function fromQuestions(
  questions: readonly Question[],
  topicNamed: (slug: string) => Pick<Topic, 'title'> | undefined,
): Exported {
  const warnings: { name: string; message: string }[] = []
  const found = questions.flatMap((question, i) => {
    const [topic = ''] = question.topics
    const name = authoredId(question)
    const explanation = question.misconception === '' ? '' : `${MISCONCEPTION}${question.misconception}`
    const about = { line: i + 1, explanation, group: topicNamed(topic)?.title ?? topic, name }
    const warn = (message: string) => warnings.push({ name, message })
    return itemsOf(question, warn).map((item, place): FoundQuestion => {
      const isPart = question.kind === 'case'
      return { ...about, item, name: isPart ? `${name}-${place + 1}` : name }
    })
  })
  return { questions: found, warnings }
}

export const MISCONCEPTION = 'A common misconception: '

function itemsOf(question: Question, warn: (message: string) => void): readonly FoundQuestion['item'][] {
  switch (question.kind) {
    case 'case':
      warn(`a case becomes ${question.items.length} questions, each below the scenario`)
      return question.items.map((item) => ({ ...item, stem: `${question.scenario}\n\n${item.stem}` }))
    case 'template':
      warn('its numbers are drawn anew each time, which no other program can; it is left out')
      return []
    case 'choice':
      return [{ kind: question.kind, stem: question.stem, choices: question.choices }]
    case 'response':
      return [{ kind: question.kind, stem: question.stem, choices: question.choices }]
    case 'ordering':
      return [{ kind: question.kind, stem: question.stem, steps: question.steps, spare: question.spare }]
    case 'matching':
      return [{ kind: question.kind, stem: question.stem, pairs: question.pairs, spare: question.spare }]
  }
}

/** Writes questions as in `.questions.yaml`: nothing is lost, and empty values are left out. */
export function authoredYaml(questions: readonly Question[]): string {
  return questions
    .map((question) => {
      const {
        origin,
        pack: _pack,
        version: _version,
        number: _number,
        concept,
        isRecall,
        ...authored
      } = question
      const id = authoredId(question)
      const { kind, ...rest } = authored
      const named = concept === id ? {} : { concept }
      const recall = isRecall ? { recall: true } : {}
      const entry = { ...rest, id, ...named, ...recall, ...placed(origin) }
      return stringify([{ id, kind, ...(withoutNothing(entry) as object) }], {
        lineWidth: 0,
        aliasDuplicateObjects: false,
      })
    })
    .join('\n')
}

/** A question by members of a team keeps the source as they named it, but nobody's name. */
function placed(origin: Origin): object {
  const isImported = origin.kind === 'file' ? origin.imported : origin.isImported === true
  const imported = isImported ? { imported: true } : {}
  if (origin.kind === 'file') return { sources: origin.sources, ...imported }
  const documents = origin.source === '' ? [] : [short(origin.source, LONGEST.document)]
  return { sources: { notes: [], documents, checked: 'none' }, ...imported }
}

/** Leaves out empty texts and lists, `right: false`, and a date on which nobody read the sources. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, withoutNothing(inner)] as const)
    .filter(([key, inner]) => !saysNothing(key, inner))
  return Object.fromEntries(kept)
}

const saysNothing = (key: string, value: unknown) =>
  value === '' ||
  value === undefined ||
  (key === 'right' && value === false) ||
  (key === 'checked' && value === 'none') ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
