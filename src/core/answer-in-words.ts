/**
 * An answer as the texts of its options, so that equal answers have equal texts however the instance was
 * shuffled.
 */
import type { Answer, ItemInstance } from './model.js'

export interface AnswerInWords {
  readonly answer: string
  /** The options that the answer contains, where they are chosen one by one. */
  readonly chosen: readonly string[]
}

export function inWords(item: ItemInstance, answer: Answer): AnswerInWords {
  const texts = [...answer].map((letter) => item.options.find((o) => o.letter === letter)?.text ?? '')
  switch (item.kind) {
    case 'choice':
    case 'response':
      return { answer: JSON.stringify([...texts].sort()), chosen: texts }
    case 'ordering':
      return { answer: JSON.stringify(texts), chosen: [] }
    case 'matching':
      return {
        answer: JSON.stringify(item.prompts.map((prompt, i) => [prompt.text, texts[i] ?? '']).sort()),
        chosen: [],
      }
  }
}
