/** Grading as in the exam: all or nothing, by comparing canonical answers. */
import { UserError } from './errors.js'
import type { Answer, ItemInstance } from './model.js'

/** The key of a withdrawn question: every answer to it counts as right. */
export const ANY_ANSWER: Answer = '*'

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven']

/** The facts about an item that are needed to read an answer to it; small enough for a button to carry. */
export interface AnswerFormat {
  readonly kind: ItemInstance['kind']
  /** How many letters an answer has. */
  readonly places: number
  /** How many options there are: the letters from `A` on. */
  readonly options: number
}

export function formatOf(item: ItemInstance): AnswerFormat {
  return { kind: item.kind, places: placesOf(item), options: item.options.length }
}

function placesOf(item: ItemInstance): number {
  switch (item.kind) {
    case 'choice':
      return 1
    case 'response':
      return item.pick
    case 'ordering':
      return item.places
    case 'matching':
      return item.prompts.length
  }
}

/**
 * Turns picked letters (in the order of places or prompts) into an answer. Throws a `UserError` that says
 * what to pick.
 */
export function parseAnswer({ kind, places, options }: AnswerFormat, picked: readonly string[]): Answer {
  const known = (letter: string) =>
    letter.length === 1 && letter >= 'A' && letter.charCodeAt(0) < 65 + options
  if (!picked.every(known)) throw new UserError('Pick from the options that are shown.')
  const distinct = new Set(picked).size
  const wanted = NUMBERS[places] ?? places
  switch (kind) {
    case 'choice':
      if (picked.length !== 1) throw new UserError('Choose one option.')
      return picked.join('')
    case 'response':
      if (picked.length !== places || distinct !== places)
        throw new UserError(`Choose exactly ${wanted} options.`)
      return [...picked].sort().join('')
    case 'ordering':
      if (picked.length !== places) throw new UserError(`Fill all ${wanted} places.`)
      if (distinct !== places) throw new UserError('One step stands in two places. Use each step once.')
      return picked.join('')
    case 'matching':
      if (picked.length !== places) throw new UserError('Give every line a match.')
      return picked.join('')
  }
}

export function isRight(item: Pick<ItemInstance, 'key'>, answer: Answer): boolean {
  return isWithdrawn(item) || answer === item.key
}

export function isWithdrawn(item: Pick<ItemInstance, 'key'>): boolean {
  return item.key === ANY_ANSWER
}
