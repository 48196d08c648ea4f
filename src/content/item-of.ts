import type { z } from 'zod'
import type { AuthoredItem } from '../core/model.js'
import type { question as questionSchema } from './schema.js'

/** Returns the item of a question as its file has it; undefined for one that has none, or several. */
export function itemOf(question: z.infer<typeof questionSchema>): AuthoredItem | undefined {
  switch (question.kind) {
    case 'choice':
    case 'response':
      return { kind: question.kind, stem: question.stem, choices: question.choices }
    case 'ordering':
      return { kind: 'ordering', stem: question.stem, steps: question.steps, spare: question.spare }
    case 'matching':
      return { kind: 'matching', stem: question.stem, pairs: question.pairs, spare: question.spare }
    case 'case':
    case 'template':
      return undefined
  }
}
