/** Questions in JSON as people keep them: a list of objects, alone or in an object, whose fields have many names. */
import { decodeText } from './decode.js'
import type { QuestionFormat } from './format.js'
import { type Intake, readText } from './intake.js'
import { takeRow } from './table-question.js'

const NAME = 'JSON'
type Fields = Readonly<Record<string, unknown>>

export const jsonExam: QuestionFormat = {
  id: 'json',
  name: NAME,
  recognises: (file) => {
    const { text } = decodeText(file)
    return (
      /^\s*[[{]/.test(text) && listOf(text).some((one) => stemOf(one) !== '' && optionsOf(one).length > 0)
    )
  },
  read: (file) => readText(NAME, file, readList),
}

function listOf(text: string): readonly Fields[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return []
  }
  const list = Array.isArray(value) ? value : Object.values(fieldsOf(value)).find(Array.isArray)
  return (list ?? []).map(fieldsOf)
}

/** By names in lower case without signs between words: `correct_answer` is `correctanswer`. */
function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [plain(name), one]))
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '')
const first = (fields: Fields, names: readonly string[]) =>
  names.map((name) => fields[name]).find((value) => value !== undefined && value !== null)
const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
const textIn = (fields: Fields, ...names: readonly string[]) => textOf(first(fields, names))

const stemOf = (one: Fields) => textIn(one, 'question', 'questiontext', 'stem', 'prompt')
const OPTIONS = ['options', 'choices', 'answeroptions', 'answerchoices', 'answers']
const KEYS = [
  'correctanswers',
  'correctanswer',
  'correctoptions',
  'correctoption',
  'correctindex',
  'correct',
].concat(['answerindex', 'answerkey', 'answer', 'key', 'solution'])

interface Option {
  /** What the file calls it, such as `A`; empty where it has no name. */
  readonly label: string
  readonly text: string
  readonly why: string
  readonly isRight: boolean
}

function optionsOf(one: Fields): readonly Option[] {
  const given = first(one, OPTIONS)
  if (Array.isArray(given)) return given.map(optionOf)
  return Object.entries(fieldsOf(given)).map(([label, value]) => ({ ...optionOf(value), label }))
}

function optionOf(value: unknown): Option {
  const [, label = '', rest] = /^\(?([A-Ha-h])[.)]\s+(\S[\s\S]*)$/.exec(textOf(value)) ?? []
  const fields = fieldsOf(value)
  return {
    label: plain(textIn(fields, 'label', 'letter', 'id', 'key') || label),
    text: textIn(fields, 'text', 'option', 'answer', 'content', 'value') || rest || textOf(value),
    why: textIn(fields, 'explanation', 'rationale', 'reason', 'feedback'),
    isRight: first(fields, ['iscorrect', 'correct', 'isright', 'right']) === true,
  }
}

function readList(text: string, into: Intake): void {
  const list = listOf(text)
  const lines = text.split('\n').flatMap((line, i) => [...line.matchAll(STEM)].map(() => i + 1))
  const questions = list.map((one) => ({ one, options: optionsOf(one), keys: keysOf(one) }))
  const start = firstIndex(questions)
  questions.forEach(({ one, options, keys }, i) => {
    const line = lines.length === list.length ? (lines[i] ?? 1) : 1
    const marked = options.flatMap(({ isRight }, place) => (isRight ? [place] : []))
    const places =
      marked.length > 0
        ? marked
        : keys.flatMap((key) => apart(key, options)).map((key) => placeOf(key, options, start))
    const why =
      stemOf(one) === '' || options.length === 0 ? 'it has no question with answers' : whyNot(places)
    if (why !== undefined) {
      into.leaveOut(line, `entry ${i + 1}: ${why}`)
      return
    }
    takeRow(
      into,
      {
        line,
        stem: stemOf(one),
        options,
        key: places.map((place) => String.fromCharCode(65 + Number(place))).join(','),
        explanation: textIn(one, 'explanation', 'rationale', 'reason', 'feedback'),
        group: textIn(one, 'topic', 'category', 'domain', 'section'),
        name: textIn(one, 'id', 'name'),
      },
      'place',
    )
  })
}

const STEM = /"(?:question|question_?text|stem|prompt)"\s*:/gi

/** The number or text of each answer that is named as right. */
function keysOf(one: Fields): readonly string[] {
  const options = OPTIONS.find((name) => typeof one[name] === 'object')
  const given = first(
    one,
    [...KEYS, 'answers'].filter((name) => name !== options),
  )
  return (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(textOf)
}

interface Asked {
  readonly options: readonly Option[]
  readonly keys: readonly string[]
}

/** Whether the numbers of a file count answers from 0 or from 1; undefined where they do not tell. */
function firstIndex(questions: readonly Asked[]): 0 | 1 | undefined {
  const numbers = questions.flatMap(({ keys, options }) =>
    keys
      .filter((key) => /^\d+$/.test(key) && named(key, options) < 0)
      .map((key) => [Number(key), options.length]),
  )
  const isFromZero = numbers.some(([number]) => number === 0)
  const isFromOne = numbers.some(([number, count]) => number === count)
  return isFromZero === isFromOne ? undefined : isFromZero ? 0 : 1
}

/** By the name that the file gives an answer, or by its text. */
function named(key: string, options: readonly Option[]): number {
  const label = options.findIndex((one) => one.label !== '' && one.label === plain(key))
  return label >= 0 ? label : options.findIndex(({ text }) => asText(text) === asText(key))
}

const asText = (text: string) => text.trim().toLowerCase()

/** Letters in one text, such as `A, C` or `AC`, unless that is an answer itself. */
function apart(key: string, options: readonly Option[]): readonly string[] {
  const areLetters = /^\s*(?:[A-H]{2,8}|[A-Ha-h](?:\s*[,;&/]\s*[A-Ha-h])+)\s*$/.test(key)
  return areLetters && named(key, options) < 0 ? (key.match(/[A-H]/gi) ?? [key]) : [key]
}

/** Its place, or why there is none. */
function placeOf(key: string, options: readonly Option[], start: 0 | 1 | undefined): number | string {
  const found = named(key, options)
  const isNumber = /^\d+$/.test(key)
  const isText = found >= 0 && options[found]?.label !== plain(key)
  if (isNumber && isText && start !== undefined && found !== Number(key) - start)
    return `the key ${key} may be the place of an answer or its text; name it by its letter`
  if (found >= 0) return found
  if (isNumber && start === undefined)
    return `the key ${key} may count from 0 or from 1, and no other key of the file tells; name it by its letter`
  const [, letter] = /^\(?([A-H])(?:[).:](?:\s.*)?)?$/i.exec(key.trim()) ?? []
  const place = isNumber ? Number(key) - (start ?? 0) : letter ? letter.toUpperCase().charCodeAt(0) - 65 : -1
  return place >= 0 && place < options.length ? place : `the key "${key.slice(0, 80)}" is none of the answers`
}

function whyNot(places: readonly (number | string)[]): string | undefined {
  if (places.length === 0) return 'no answer is marked as right'
  return places.find((place) => typeof place === 'string')
}
