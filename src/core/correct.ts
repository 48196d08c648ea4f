/** Applies today's key to an instance that was posted from an older version of a question. */
import { ANY_ANSWER } from './grade.js'
import type { ItemInstance, Option, QuestionInstance } from './model.js'

/** `reason`: why today's key cannot be expressed in the old options. */
export type Correction = { readonly instance: QuestionInstance } | { readonly reason: string }

/**
 * Returns the same instance, in its old layout and letters so that stored answers keep their meaning, but
 * with the key and the reasons of `current`: the instance of the current version with the same seed. Options,
 * steps, prompts and answers are matched by their texts, the items of a case one by one.
 */
export function correct(instance: QuestionInstance, current: QuestionInstance): Correction {
  if (instance.items.length !== current.items.length)
    return { reason: `it had ${instance.items.length} parts then and has ${current.items.length} now` }
  const items: ItemInstance[] = []
  for (const [i, item] of instance.items.entries()) {
    const now = current.items[i]
    const corrected = now ? correctItem(item, now) : 'it has fewer parts now'
    if (typeof corrected === 'string')
      return { reason: instance.items.length > 1 ? `part ${i + 1}: ${corrected}` : corrected }
    items.push(corrected)
  }
  return {
    instance: {
      ...instance,
      question: { ...instance.question, misconception: current.question.misconception },
      items,
    },
  }
}

/** Returns the same instance for a withdrawn question: every answer is right. */
export function withdrawn(instance: QuestionInstance): QuestionInstance {
  return { ...instance, items: instance.items.map((item) => ({ ...item, key: ANY_ANSWER })) }
}

/** Returns the reason as a string if the item cannot be corrected. */
function correctItem(item: ItemInstance, current: ItemInstance): ItemInstance | string {
  if (item.kind === 'matching' && current.kind === 'matching') return correctMatching(item, current)
  if (item.kind === 'matching' || item.kind !== current.kind)
    return `it was of kind ${item.kind} then and is ${current.kind} now`
  if (item.key.length !== current.key.length)
    return `${item.key.length} options were right then and ${current.key.length} are now`
  const texts = keyTexts(current)
  const letters = texts.map((text) => letterOf(item.options, text))
  const missing = texts.find((_, i) => letters[i] === undefined)
  if (missing !== undefined) return `what is right now was not among the options then: "${missing}"`
  const key = item.kind === 'ordering' ? letters.join('') : letters.sort().join('')
  return { ...item, key, options: item.options.map((option) => explained(option, current.options, item.key)) }
}

type Matching = ItemInstance & { readonly kind: 'matching' }

function correctMatching(item: Matching, current: Matching): ItemInstance | string {
  const right = new Map(
    current.prompts.map((prompt, i) => [
      prompt.text,
      { answer: textOf(current, current.key[i]), why: prompt.why },
    ]),
  )
  const gone = item.prompts.find((prompt) => !right.has(prompt.text))
  if (gone) return `it no longer asks for a match of "${gone.text}"`
  const prompts = item.prompts.map(({ text }) => ({ text, why: right.get(text)?.why ?? '' }))
  const answers = item.prompts.map(({ text }) => right.get(text)?.answer ?? '')
  const missing = answers.find((answer) => letterOf(item.options, answer) === undefined)
  if (missing !== undefined) return `what is right now was not among the answers then: "${missing}"`
  return { ...item, prompts, key: answers.map((answer) => letterOf(item.options, answer)).join('') }
}

/** A removed option keeps its reason, unless that reason says why it is right. */
function explained(option: Option, now: readonly Option[], keyThen: string): Option {
  const same = now.find((o) => o.text === option.text)
  if (same) return { ...option, why: same.why }
  return keyThen.includes(option.letter)
    ? { ...option, why: 'It was taken for right when this was asked.' }
    : option
}

function keyTexts(item: ItemInstance): string[] {
  return [...item.key].map((letter) => textOf(item, letter))
}

function textOf(item: ItemInstance, letter: string | undefined): string {
  return item.options.find((o) => o.letter === letter)?.text ?? ''
}

function letterOf(options: readonly Option[], text: string): string | undefined {
  return options.find((o) => o.text === text)?.letter
}
