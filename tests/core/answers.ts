/** Reading instance items by their texts, since letters are shuffled. */
import { formatOf, isRight, parseAnswer } from '../../src/core/grade.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { ItemInstance, Question } from '../../src/core/model.js'

export function itemInstance(question: Question, seed = 1, index = 0): ItemInstance {
  const item = instantiate(question, seed).items[index]
  if (!item) throw new Error(`there is no item ${index}`)
  return item
}

export function letterOf(item: ItemInstance, text: string): string {
  const option = item.options.find((o) => o.text === text)
  if (!option) throw new Error(`there is no option ${text}`)
  return option.letter
}

export function textOf(item: ItemInstance, letter: string): string | undefined {
  return item.options.find((o) => o.letter === letter)?.text
}

/** Whether picking the options with these texts, in this order, is right. */
export function grades(item: ItemInstance, ...texts: string[]): boolean {
  return isRight(
    item,
    parseAnswer(
      formatOf(item),
      texts.map((text) => letterOf(item, text)),
    ),
  )
}

/** For a matching item: the answers by prompt, put in the order in which the prompts are shown. */
export function gradesMatch(item: ItemInstance, answers: Readonly<Record<string, string>>): boolean {
  if (item.kind !== 'matching') throw new Error('no matching item')
  return grades(item, ...item.prompts.map((prompt) => answers[prompt.text] ?? ''))
}

/**
 * Every answer that can be given in the right shape; for matching items only those that differ from the key
 * in one line.
 */
export function answersTo(item: ItemInstance): string[] {
  const letters = item.options.map((o) => o.letter)
  switch (item.kind) {
    case 'choice':
      return letters
    case 'response':
      return arrangements(letters, item.pick).filter((picked) => picked === [...picked].sort().join(''))
    case 'ordering':
      return arrangements(letters, item.places)
    case 'matching': {
      const key = [...item.key]
      return [
        item.key,
        ...key.flatMap((right, i) => letters.filter((l) => l !== right).map((l) => key.with(i, l).join(''))),
      ]
    }
  }
}

/** The ways to take `count` of the letters, each at most once, order counting. */
function arrangements(letters: readonly string[], count: number): string[] {
  if (count === 0) return ['']
  return letters.flatMap((letter) =>
    arrangements(
      letters.filter((l) => l !== letter),
      count - 1,
    ).map((rest) => letter + rest),
  )
}
