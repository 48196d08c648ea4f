/** Reads JSON of the Open Trivia Database, in any of the encodings that its API offers. */
import { z } from 'zod'
import { decodeText } from './decode.js'
import type { QuestionFormat } from './format.js'
import { htmlText } from './html-text.js'
import { type Intake, readText } from './intake.js'
import { choiceItem } from './item.js'

const NAME = 'Open Trivia Database'
/** The notice that its terms require wherever its questions are shown. */
const ATTRIBUTION = 'CC BY-SA 4.0, Open Trivia Database (https://opentdb.com)'

export const trivia: QuestionFormat = {
  id: 'trivia',
  name: NAME,
  recognises: (file) => looksLikeTrivia(decodeText(file).text),
  read: (file) => ({ ...readText(NAME, file, readTrivia), attribution: ATTRIBUTION }),
}

const KEY = '"correct_answer"'

function looksLikeTrivia(text: string): boolean {
  return /^\s*[{[]/.test(text) && text.includes(KEY) && text.includes('"incorrect_answers"')
}

const result = z.object({
  category: z.string().default(''),
  question: z.string(),
  correct_answer: z.string(),
  incorrect_answers: z.array(z.string()),
})
type Result = z.infer<typeof result>

function readTrivia(text: string, into: Intake): void {
  const results = resultsOf(text)
  if (!results) {
    into.leaveOut(1, 'the file is no valid JSON with a list of results')
    return
  }
  const lines = linesOf(text)
  const decode = decoderFor(results)
  results.forEach((value, i) => {
    const line = lines.length === results.length ? (lines[i] ?? 1) : 1
    const parsed = result.safeParse(value)
    if (parsed.success) readResult(parsed.data, line, decode, into)
    else into.leaveOut(line, `result ${i + 1} has no question with a right answer and wrong ones`)
  })
}

function resultsOf(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const list = typeof value === 'object' && value !== null && 'results' in value ? value.results : value
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}

/** Returns the line of each key; inside a JSON text the quotes of that word would be escaped. */
function linesOf(text: string): readonly number[] {
  return text.split('\n').flatMap((line, i) => Array<number>(line.split(KEY).length - 1).fill(i + 1))
}

type Decode = (text: string) => string

/** All texts of a response of the API have the same encoding. */
function decoderFor(results: readonly unknown[]): Decode {
  const texts = results.flatMap((value) => {
    const parsed = result.safeParse(value)
    return parsed.success ? [parsed.data.question] : []
  })
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
  const right = decode(found.correct_answer)
  const texts = [right, ...found.incorrect_answers.map(decode)]
  const choices = texts.map((text, i) => ({ text, right: i === 0, why: '' }))
  if (texts.includes('True') && texts.length === 2) choices.sort((a, b) => (a.text > b.text ? -1 : 1))
  else choices.sort((a, b) => (a.text < b.text ? -1 : 1))
  const about = { explanation: '', group: decode(found.category), name: '' }
  into.take(line, choiceItem(decode(found.question), choices), about)
}
