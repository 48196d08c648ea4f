/** The answers of a question in JSON: a list, an object, lists side by side, or fields of the question. */
import { compare } from '../../core/order.js'
import { type Fields, fieldsOf, isFilled, nameIn, plainName, textIn, textOf } from './json-fields.js'
import { withoutLabels } from './option-labels.js'

export interface JsonOption {
  /** What the file calls it, such as `a`; empty where it has no name. */
  readonly label: string
  readonly text: string
  readonly why: string
  readonly isRight: boolean
  /** Whether the file has something there that is no text, such as a picture. */
  readonly isOther: boolean
}

export interface JsonOptions {
  readonly options: readonly JsonOption[]
  /** The fields in which they stand. */
  readonly names: readonly string[]
}

const LISTS = ['options', 'choices', 'answeroptions', 'answerchoices', 'answers']
const WRONG = ['incorrectanswers', 'wronganswers', 'incorrectoptions', 'incorrect', 'distractors']
const RIGHT = ['correctanswer', 'correctanswers', 'correct', 'rightanswer', 'answer']
export const EXPLANATIONS = ['explanation', 'rationale', 'reason', 'feedback']
const BY_LETTER = /^(?:option|choice|answer|op)?([a-h])$/
const BY_NUMBER = /^(?:option|choice|answer|op)?([1-8])$/
const WRONG_ONE = /^(?:distractor|wronganswer|incorrectanswer|wrong|incorrect)([1-8])$/

const NONE: JsonOptions = { options: [], names: [] }

export function optionsOf(question: Fields): JsonOptions {
  const list = LISTS.find((name) => isFilled(question.get(name)) && typeof question.get(name) === 'object')
  if (list !== undefined) return { options: listed(question.get(list)), names: [list] }
  const ways = [inFields(question, BY_LETTER), inFields(question, BY_NUMBER), apart(question)]
  return ways.find(({ options }) => options.length > 1) ?? NONE
}

function listed(value: unknown): readonly JsonOption[] {
  if (Array.isArray(value)) return unlabelled(value.map(optionOf))
  const fields = fieldsOf(value)
  const [texts, labels] = [
    fields.get('text') ?? fields.get('texts'),
    fields.get('label') ?? fields.get('labels'),
  ]
  if (Array.isArray(texts))
    return texts.map((text, i) => ({ ...optionOf(text), label: plainName(textOf(at(labels, i))) }))
  return [...fields].map(([label, one]) => ({ ...optionOf(one), label: labelOf(label) }))
}

const at = (list: unknown, i: number): unknown => (Array.isArray(list) ? list[i] : undefined)

/** `answer_a` and `option a` are `a`. */
export const labelOf = (name: string): string => {
  const plain = plainName(name)
  return (BY_LETTER.exec(plain) ?? BY_NUMBER.exec(plain))?.[1] ?? plain
}

function optionOf(value: unknown): JsonOption {
  const fields = fieldsOf(value)
  const mark = ['iscorrect', 'correct', 'isright', 'right', 'isanswer'].find((name) => fields.has(name))
  const text =
    textIn(fields, ['text', 'option', 'answer', 'content', 'value', 'choice', 'answertext']) || textOf(value)
  return {
    label: plainName(textIn(fields, ['label', 'letter', 'id', 'key', 'identifier'])),
    text,
    why: textIn(fields, EXPLANATIONS),
    isRight: /^(?:true|1|yes)$/i.test(textOf(fields.get(mark ?? ''))),
    isOther: isFilled(value) && text === '',
  }
}

function unlabelled(options: readonly JsonOption[]): readonly JsonOption[] {
  const texts = options.every(({ label }) => label === '')
    ? withoutLabels(options.map(({ text }) => text))
    : undefined
  return options.map((one, i) => ({
    ...one,
    ...(texts && { label: String.fromCharCode(97 + i), text: texts[i] ?? '' }),
  }))
}

/** Fields of the question itself that run from the first letter or number: `option_a`, `B` or `answer1`. */
function inFields(question: Fields, pattern: RegExp): JsonOptions {
  const all = [...question.keys()]
    .filter((name) => pattern.test(name))
    .toSorted((a, b) => compare(labelOf(a), labelOf(b)))
  const isInOrder = (name: string, i: number) =>
    'abcdefgh'[i] === labelOf(name) || String(i + 1) === labelOf(name)
  const end = all.findIndex((name, i) => !isInOrder(name, i))
  const names = end < 0 ? all : all.slice(0, end)
  const options = names.map((name) => ({ ...optionOf(question.get(name)), label: labelOf(name) }))
  return { options, names }
}

/**
 * The right answer stands apart from the wrong ones, so the order says nothing: in that of the alphabet the key may be in any
 * place.
 */
function apart(question: Fields): JsonOptions {
  const list = nameIn(question, WRONG)
  const names = list === undefined ? [...question.keys()].filter((name) => WRONG_ONE.test(name)) : [list]
  const wrong = names.flatMap((name) => question.get(name)).map(optionOf)
  const key = nameIn(question, RIGHT)
  if (key === undefined || wrong.length === 0) return NONE
  const right = [question.get(key)].flat().map((one) => ({ ...optionOf(one), isRight: true }))
  const options = [...right, ...wrong.map((one) => ({ ...one, isRight: false }))]
  return { options: options.toSorted((a, b) => compare(a.text, b.text)), names: [...names, key] }
}
