/** Writes questions in a format of another program, or in our own. */
import type { Question, Topic } from '../../core/model.js'
import { FORMATS } from './all.js'
import type { WrittenFile } from './format.js'
import { authoredYaml, fromQuestions } from './from-question.js'

const YAML = 'yaml'

/** Returns undefined for a format that is not among `EXPORT_FORMATS`. */
export function exportQuestions(
  format: string,
  questions: readonly Question[],
  topicNamed: (slug: string) => Pick<Topic, 'title'> | undefined,
  title: string,
): WrittenFile | undefined {
  if (format === YAML)
    return {
      bytes: new TextEncoder().encode(authoredYaml(questions)),
      extension: '.questions.yaml',
      count: questions.length,
      warnings: [],
    }
  const write = FORMATS.find(({ id }) => id === format)?.write
  if (!write) return undefined
  const { questions: found, warnings } = fromQuestions(questions, topicNamed)
  const written = write(found, title)
  return { ...written, warnings: [...warnings, ...written.warnings] }
}
