/** Grading as the exam does: all or nothing, by comparing canonical answers. */
import { UserError } from './errors.js'
import type { Answer, PosedItem } from './model.js'

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven']

/** Makes picked letters (in the order of places or prompts) an answer; throws `UserError` that says what to pick. */
export function parseAnswer(item: PosedItem, picked: readonly string[]): Answer {
  const known = new Set(item.options.map((o) => o.letter))
  if (picked.some((letter) => !known.has(letter))) throw new UserError('Pick from the options that are shown.')
  const distinct = new Set(picked).size
  switch (item.kind) {
    case 'choice':
      if (picked.length !== 1) throw new UserError('Choose one option.')
      return picked.join('')
    case 'response':
      if (picked.length !== item.pick || distinct !== item.pick)
        throw new UserError(`Choose exactly ${NUMBERS[item.pick] ?? item.pick} options.`)
      return [...picked].sort().join('')
    case 'ordering':
      if (picked.length !== item.places) throw new UserError(`Fill all ${NUMBERS[item.places] ?? item.places} places.`)
      if (distinct !== item.places) throw new UserError('One step stands in two places. Use each step once.')
      return picked.join('')
    case 'matching':
      if (picked.length !== item.prompts.length) throw new UserError('Give every line a match.')
      return picked.join('')
  }
}

export function isRight(item: PosedItem, answer: Answer): boolean {
  return answer === item.key
}
