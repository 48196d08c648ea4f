/** Reads JSON of the Open Trivia Database, in any of the encodings that its API offers. */
import * as z from 'zod'
import { decodeText } from './decode.js'
import type { QuestionFormat, SourceFile } from './format.js'
import { htmlText } from './html-text.js'
import { type Intake, readText } from './intake.js'
import { choiceItem } from './item.js'
import { jsonEntries, NO_JSON } from './json-entries.js'

const NAME = 'Open Trivia Database'
/** The notice that its terms require wherever its questions are shown. */
const ATTRIBUTION = 'CC BY-SA 4.0, Open Trivia Database (https://opentdb.com)'

export const trivia: QuestionFormat = {
  id: 'trivia',
  name: NAME,
  recognises: (file) => looksLikeTrivia(decodeText(file).text),
  read: (file) => ({
    ...readText(NAME, file, (_, into) => readTrivia(file, into)),
    attribution: ATTRIBUTION,
  }),
}

function looksLikeTrivia(text: string): boolean {
  return /^\s*[{[]/.test(text) && text.includes('"correct_answer"') && text.includes('"incorrect_answers"')
}

/** By the names of `json-fields.ts`. */
const result = z.object({
  category: z.string().default(''),
  question: z.string(),
  correctanswer: z.string(),
  incorrectanswers: z.array(z.string()),
})
type Result = z.infer<typeof result>

function readTrivia(file: SourceFile, into: Intake): void {
  const { entries, faults } = jsonEntries(file)
  for (const { line, reason } of faults) into.leaveOut(line, `${NO_JSON}: ${reason}`)
  if (entries.length === 0 && faults.length === 0) into.leaveOut(1, 'the file has no list of results')
  const results = entries.map(({ line, fields }) => ({
    line,
    found: result.safeParse(Object.fromEntries(fields)).data,
  }))
  const decode = decoderFor(results.flatMap(({ found }) => found?.question ?? []))
  results.forEach(({ line, found }, i) => {
    if (found) readResult(found, line, decode, into)
    else into.leaveOut(line, `result ${i + 1} has no question with a right answer and wrong ones`)
  })
}

type Decode = (text: string) => string

/** All texts of a response of the API have the same encoding. */
function decoderFor(texts: readonly string[]): Decode {
  const every = (pattern: RegExp) => texts.length > 0 && texts.every((text) => pattern.test(text))
  if (every(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^[A-Za-z0-9+/]{2,3}={1,2}$/))
    return (text) => new TextDecoder().decode(Buffer.from(text, 'base64'))
  if (every(/^\S+$/) && texts.some((text) => /%[0-9A-F]{2}/i.test(text))) return fromAddress
  return (text) => htmlText(text).text
}

function fromAddress(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

/**
 * The right answer stands apart, so the order says nothing: in alphabetical order the key may be in any
 * place.
 */
function readResult(found: Result, line: number, decode: Decode, into: Intake): void {
  const right = decode(found.correctanswer)
  const texts = [right, ...found.incorrectanswers.map(decode)]
  const choices = texts.map((text, i) => ({ text, right: i === 0, why: '' }))
  if (texts.includes('True') && texts.length === 2) choices.sort((a, b) => (a.text > b.text ? -1 : 1))
  else choices.sort((a, b) => (a.text < b.text ? -1 : 1))
  const about = { explanation: '', group: decode(found.category), name: '' }
  into.take(line, choiceItem(decode(found.question), choices), about)
}
