/** The chance to be right without knowing the answer. */
import type { AuthoredItem, Question } from './model.js'

/** Returns one over the number of possible answers; for a case, the mean of its items. */
export function guessOf(question: Question): number {
  switch (question.kind) {
    // A template offers four numbers to choose from.
    case 'template':
      return 1 / 4
    case 'case':
      return question.items.reduce((sum, item) => sum + guessItem(item), 0) / question.items.length
    case 'choice':
    case 'response':
    case 'ordering':
    case 'matching':
      return guessItem(question)
  }
}

/** Like `guessOf`, but for one item of the question. */
export function guessOfItem(question: Question, item: number): number {
  const part = question.kind === 'case' ? question.items[item] : undefined
  return part ? guessItem(part) : guessOf(question)
}

function guessItem(question: AuthoredItem): number {
  switch (question.kind) {
    case 'choice':
      return 1 / question.choices.length
    case 'response':
      return 1 / ways(question.choices.length, question.choices.filter(({ right }) => right).length)
    case 'ordering':
      return 1 / orders(question.steps.length + question.spare.length, question.steps.length)
    case 'matching':
      return (
        1 /
        (new Set(question.pairs.map(({ answer }) => answer)).size + question.spare.length) **
          question.pairs.length
      )
  }
}

function orders(from: number, places: number): number {
  return places === 0 ? 1 : from * orders(from - 1, places - 1)
}

const ways = (from: number, places: number) => orders(from, places) / orders(places, places)
