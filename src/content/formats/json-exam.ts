/** Questions in JSON as people keep them: objects whose fields have many names, in one value or one a line. */
import { short } from '../../core/text.js'
import type { QuestionFormat } from './format.js'
import { type Intake, readText } from './intake.js'
import { countProblem } from './item.js'
import { type JsonEntry, jsonEntries, NO_JSON } from './json-entries.js'
import { type Fields, fieldsOf, nameIn, STEMS, stemOf, textIn, textOf } from './json-fields.js'
import { firstIndex, type JsonKey, keyOf, rightPlaces } from './json-key.js'
import { EXPLANATIONS, type JsonOptions, labelOf, optionsOf } from './json-options.js'
import { takeRow } from './table-question.js'
import { oneLine } from './tidy.js'

const NAME = 'JSON'

export const jsonExam: QuestionFormat = {
  id: 'json',
  name: NAME,
  recognises: (file) =>
    jsonEntries(file).entries.some(
      ({ fields }) => stemOf(fields) !== '' && optionsOf(fields).options.length > 0,
    ),
  read: (file) => readText(NAME, file, (_, into) => readEntries(jsonEntries(file), into)),
}

interface Question extends JsonEntry, JsonOptions, JsonKey {}

function readEntries({ entries, faults }: ReturnType<typeof jsonEntries>, into: Intake): void {
  for (const { line, reason } of faults) into.leaveOut(line, `${NO_JSON}: ${reason}`)
  const questions = entries.map((entry): Question => {
    const found = optionsOf(entry.fields)
    return { ...entry, ...found, ...keyOf(entry.fields, found) }
  })
  const start = firstIndex(questions)
  questions.forEach((question, i) => {
    const reason = readQuestion(question, start, into)
    if (reason !== undefined) into.leaveOut(question.line, `entry ${i + 1}: ${reason}`)
  })
  tellUnread(questions, into)
}

const GROUPS = ['topic', 'category', 'domain', 'section', 'subject', 'chapter']
const NAMES = ['id', 'name', 'title']
const PICTURES = ['image', 'imageurl', 'imagelink', 'picture', 'figure']
/** Reasons of single answers, by their labels or in their order. */
const REASONS = ['explanations', 'rationales', 'reasons', 'optionexplanations', 'answerexplanations']
const WHOLE = [...EXPLANATIONS, 'answerexplanation', 'generalfeedback', 'justification', 'support', 'exp']

/** Returns why the question cannot be read; the intake reports what cannot be asked. */
function readQuestion(question: Question, start: 0 | 1 | undefined, into: Intake): string | undefined {
  const { fields, line, group, options } = question
  if (stemOf(fields) === '' || options.length === 0) return 'it has no question with answers'
  if (options.some(({ isOther }) => isOther)) return 'one of its answers is no text'
  const tooMany = countProblem(options.length)
  if (tooMany !== undefined) return tooMany
  const places = rightPlaces(question, start)
  if (typeof places === 'string') return places
  const why = reasonsOf(fields)
  takeRow(
    into,
    {
      line,
      stem: stemOf(fields),
      options: options.map((one, i) => ({ text: one.text, why: one.why || why(one.label, i) })),
      key: places.map((place) => String.fromCharCode(65 + place)).join(','),
      explanation: textIn(fields, WHOLE),
      group: textIn(fields, GROUPS) || group,
      name: textIn(fields, NAMES),
      hasPicture: nameIn(fields, PICTURES) !== undefined,
    },
    'place',
  )
  return undefined
}

const isNested = (value: unknown) => typeof value === 'object' && value !== null
const reasonsIn = (fields: Fields) => [...REASONS, ...WHOLE].find((name) => isNested(fields.get(name)))

function reasonsOf(fields: Fields): (label: string, place: number) => string {
  const value = fields.get(reasonsIn(fields) ?? '')
  if (Array.isArray(value)) return (_, place) => textOf(value[place])
  const byLabel = new Map([...fieldsOf(value)].map(([name, why]) => [labelOf(name), textOf(why)]))
  return (label, place) => byLabel.get(label) ?? byLabel.get(String.fromCharCode(97 + place)) ?? ''
}

/** Reports the fields from which nothing is taken, once for the file. */
function tellUnread(questions: readonly Question[], into: Intake): void {
  const [first] = questions
  const unread = new Set(
    questions.flatMap(({ fields, names, name, options }) => {
      const taken = [STEMS, GROUPS, NAMES, WHOLE].map((list) => nameIn(fields, list))
      const isTold = new Set([...names, name, reasonsIn(fields), ...PICTURES, ...taken])
      return options.length === 0 ? [] : [...fields.keys()].filter((one) => !isTold.has(one))
    }),
  )
  const list = [...unread].map((one) => `"${one}"`).join(', ')
  if (first && unread.size > 0)
    into.change(first.line, `fields that are not read: ${short(oneLine(list), MOST_NAMED)}`)
}

const MOST_NAMED = 300
