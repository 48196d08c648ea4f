/** What a question in JSON says is right: names, places or texts of its answers. */
import { type Fields, fieldsOf, isFilled, nameIn, plainName, textOf } from './json-fields.js'
import { type JsonOption, type JsonOptions, labelOf } from './json-options.js'

export interface JsonKey {
  /** The name, number or text of each answer that is named as right. */
  readonly keys: readonly string[]
  /** The field in which they stand; undefined if there is none. */
  readonly name: string | undefined
}

const KEYS = [
  ...['correctanswers', 'correctanswer', 'correctoptions', 'correctoption', 'correctchoice', 'correctletter'],
  ...['correctindex', 'correctanswerindex', 'correctoptionindex', 'correctoptionid', 'correctanswerid'],
  ...['correct', 'rightanswer', 'answerindex', 'answeridx', 'answerkey', 'answer', 'key', 'solution'],
  ...['answerid', 'cop', 'answers'],
]

export function keyOf(question: Fields, { names }: JsonOptions): JsonKey {
  const name = nameIn(
    question,
    KEYS.filter((one) => !names.includes(one)),
  )
  return { keys: name === undefined ? [] : keysIn(question.get(name)), name }
}

/** An object marks what is right by true: `{"answer_a_correct": "true"}`. */
function keysIn(value: unknown): readonly string[] {
  const marks = [...fieldsOf(value)].filter(([, mark]) => /^(?:true|1)$/i.test(textOf(mark)))
  if (marks.length > 0) return marks.map(([name]) => labelOf(name.replace(/correct$/, '')))
  return [value].flat().filter(isFilled).map(textOf)
}

interface Asked {
  readonly options: readonly JsonOption[]
  readonly keys: readonly string[]
}

/** Whether the numbers of a file count answers from 0 or from 1; undefined where they do not tell. */
export function firstIndex(questions: readonly Asked[]): 0 | 1 | undefined {
  const numbers = questions.flatMap(({ keys, options }) =>
    keys
      .filter((key) => /^\d+$/.test(key) && named(key, options) < 0)
      .map((key) => [Number(key), options.length]),
  )
  const isFromZero = numbers.some(([number]) => number === 0)
  const isFromOne = numbers.some(([number, count]) => number === count)
  return isFromZero === isFromOne ? undefined : isFromZero ? 0 : 1
}

/** The place of each right answer, from 0, or why there is none. */
export function rightPlaces({ options, keys }: Asked, start: 0 | 1 | undefined): readonly number[] | string {
  const marked = options.flatMap(({ isRight }, place) => (isRight ? [place] : []))
  if (marked.length > 0) return marked
  const places = keys.flatMap((key) => apart(key, options)).map((key) => placeOf(key, options, start))
  if (places.length === 0) return 'no answer is marked as right'
  return places.find((place) => typeof place === 'string') ?? places.map(Number)
}

/** By the name that the file gives an answer, or by its text. */
function named(key: string, options: readonly JsonOption[]): number {
  const label = options.findIndex((one) => one.label !== '' && one.label === nameOf(key, one))
  return label >= 0 ? label : options.findIndex(({ text }) => asText(text) === asText(key))
}

/** `answer_a` names the answer `a`, unless the file itself calls it so. */
const nameOf = (key: string, { label }: JsonOption) => (plainName(key) === label ? label : labelOf(key))
const asText = (text: string) => text.trim().toLowerCase()

/** Letters in one text, such as `A, C` or `AC`, unless that is an answer itself. */
function apart(key: string, options: readonly JsonOption[]): readonly string[] {
  const areLetters = /^\s*(?:[A-H]{2,8}|[A-Ha-h](?:\s*[,;&/]\s*[A-Ha-h])+)\s*$/.test(key)
  return areLetters && named(key, options) < 0 ? (key.match(/[A-H]/gi) ?? [key]) : [key]
}

/** Its place, or why there is none. */
function placeOf(key: string, options: readonly JsonOption[], start: 0 | 1 | undefined): number | string {
  const found = named(key, options)
  const isNumber = /^\d+$/.test(key)
  const isText = found >= 0 && options[found]?.label !== plainName(key)
  if (isNumber && isText && start !== undefined && found !== Number(key) - start)
    return `the key ${key} may be the place of an answer or its text; name it by its letter`
  if (found >= 0) return found
  if (isNumber && start === undefined)
    return `the key ${key} may count from 0 or from 1, and no other key of the file tells; name it by its letter`
  const [, letter] = /^\(?([A-H])(?:[).:](?:\s.*)?)?$/i.exec(key.trim()) ?? []
  const place = isNumber ? Number(key) - (start ?? 0) : letter ? letter.toUpperCase().charCodeAt(0) - 65 : -1
  return place >= 0 && place < options.length ? place : `the key "${key.slice(0, 80)}" is none of the answers`
}
