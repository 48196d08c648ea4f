/** Reads Aiken: a question, its answers by letters, and `ANSWER: D`. */
import { decodeText } from './decode.js'
import { examKey } from './exam-key.js'
import { explanationIn } from './exam-lines.js'
import type { QuestionFormat } from './format.js'
import { type Intake, readText } from './intake.js'
import { choiceItem } from './item.js'

const OPTION = /^[ \t]{0,8}([A-Za-z])[.)][ \t]*(\S.*)$/
const ANSWER = /^[ \t]{0,8}ANSWER[ \t]{0,8}:(.*)$/i
/** The key line as other programs write it; such a line alone does not make a file Aiken. */
const KEY_LINE =
  /^[ \t]{0,8}(?:(?:THE )?(?:CORRECT|RIGHT|SUGGESTED) )?(?:ANSWERS?|ANS)[ \t]{0,8}(?::|[-–][ \t]{0,8}(?=[A-Z]\b))(.*)$/i
const KEY = /^[A-Z](?:[ ,;&]+(?:AND[ ]+)?[A-Z])*\.?$/
const NUMBER = /^\s{0,8}(?:Q|QUESTION\s)?(\d{1,4})[.):]\s+(?=\S)/i

export const aiken: QuestionFormat = {
  id: 'aiken',
  name: 'Aiken',
  recognises: (file) => looksLikeAiken(decodeText(file).text, /\.(?:md|mdx|markdown)$/i.test(file.path)),
  read: (file) => readText('Aiken', file, (text, into) => readAiken(text.split('\n'), into)),
}

/** Matches a picture or bold text. */
const MARKDOWN = /!\[[^\]\n]{0,200}\]\(|(?<![\w*])\*\*[^\s*][^*\n]{0,200}\*\*(?![\w*])/
/** Matches what is Markdown in a file that is named so: numbers, code and emphasis. */
const MARKED = /^\s{0,3}(?:Q|QUESTION\s)?\d{1,4}[.)]\s|`[^`\n]+`|(?<![\w*])\*[^\s*][^*\n]{0,200}\*(?![\w*])/im

const LONGEST_PARAGRAPH = 200

/** The file needs at least one question and nothing else: its last line is a key. */
function looksLikeAiken(text: string, isMarkdown: boolean): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const answers = lines.filter((line) => ANSWER.test(line)).length
  const options = lines.filter((line) => OPTION.test(line)).length
  const marks = lines.filter((line) => /^\s*(?:#|```|<|\*\*|[-*] )/.test(line)).length
  if (answers === 0 || options < 2 * answers || marks >= answers) return false
  return !MARKDOWN.test(text) && !(isMarkdown && MARKED.test(text))
}

interface Block {
  line: number
  stem: string[]
  options: { readonly letter: string; readonly line: string; text: string }[]
}

/** A question with its key; its explanation may follow. */
interface Answered {
  readonly block: Block
  readonly key: string
  /** The line index of the key. */
  readonly at: number
  readonly explanation: string[]
}

const empty = (): Block => ({ line: 0, stem: [], options: [] })

function readAiken(lines: readonly string[], into: Intake): void {
  let block = empty()
  let last: Answered | undefined
  const isCounted = counts(lines)
  const take = (content: string, i: number) => {
    // This is text after the answers and a blank line, so the question before it has no key.
    if (block.options.length > 0 && lines[i - 1]?.trim() === '') {
      withoutKey(block, into)
      block = empty()
    }
    addLine(block, block.stem.length === 0 && isCounted ? content.replace(NUMBER, '') : content, i + 1)
  }
  lines.forEach((content, i) => {
    const key = KEY_LINE.exec(content)?.[1]
    const option = block.stem.length > 0 ? nextOption(content, block) : undefined
    if (key !== undefined) {
      if (last) finish(last, into)
      last = { block, key, at: i + 1, explanation: [] }
      block = empty()
    } else if (content.trim() === '') return
    else if (option) block.options.push(option)
    else if (last && block.stem.length === 0 && explains(last, lines, i, isCounted))
      last.explanation.push(explanationIn(content) ?? content.trim())
    else take(content.trim(), i)
  })
  if (last) finish(last, into)
  if (block.stem.length > 0) withoutKey(block, into)
}

/** Whether the stems are numbered, so that a number is not part of their text. */
function counts(lines: readonly string[]): boolean {
  let [next, stems] = [1, 0]
  for (const line of lines) {
    const number = Number(NUMBER.exec(line)?.[1] ?? -1)
    if (number !== next && !(next === 1 && number > 0)) continue
    next = number + 1
    stems++
  }
  return stems > 0 && stems >= lines.filter((line) => KEY_LINE.test(line)).length
}

/**
 * A line below a key explains it if it says so, or continues an explanation, or stands directly below the key
 * and is separated from the next question.
 */
function explains(
  { at, explanation }: Answered,
  lines: readonly string[],
  i: number,
  isCounted: boolean,
): boolean {
  if (explanationIn(lines[i] ?? '') !== undefined) return true
  if (isCounted) return !NUMBER.test(lines[i] ?? '') && explanation.length + (at === i ? 1 : 0) > 0
  if (explanation.length > 0) return lines[i - 1]?.trim() !== ''
  if (at !== i) return false
  // Where a paragraph has options or a key, that is soon seen; a longer one explains nothing.
  const below = lines.slice(i, i + LONGEST_PARAGRAPH)
  const end = below.findIndex((line) => line.trim() === '')
  const isBroken = (end < 0 ? below : below.slice(0, end)).some(
    (line) => OPTION.test(line) || KEY_LINE.test(line),
  )
  if (isBroken || (end < 0 && below.length === LONGEST_PARAGRAPH)) return false
  const next = end < 0 ? undefined : lines.slice(i + end, i + end + 20).find((line) => line.trim() !== '')
  return !OPTION.test(next ?? '')
}

/** The letters run from A; a second A means that the first began a line of the stem, such as "A. Smith". */
function nextOption(content: string, { stem, options }: Block) {
  const [, sign = '', text = ''] = OPTION.exec(content) ?? []
  const letter = sign.toUpperCase()
  const [first] = options
  if (letter === 'A' && first && options.length === 1) {
    stem.push(first.line, ...first.text.split('\n').slice(1))
    options.length = 0
  }
  const next = String.fromCharCode('A'.charCodeAt(0) + options.length)
  return letter === next ? { letter, line: content.trim(), text: text.trim() } : undefined
}

function addLine(block: Block, content: string, line: number): void {
  const last = block.options.at(-1)
  if (last) last.text += `\n${content}`
  else {
    block.line ||= line
    block.stem.push(content)
  }
}

function withoutKey({ line, options }: Block, into: Intake): void {
  into.leaveOut(
    line,
    options.length > 0 ? 'no line says ANSWER: and a letter' : 'the text has no answers below it',
  )
}

function finish({ block, key, at, explanation }: Answered, into: Intake): void {
  const { line, stem, options } = block
  const { letters, rest } = keyIn(key, block)
  const missing = letters.find((letter) => options.every((option) => option.letter !== letter))
  if (stem.length === 0) into.leaveOut(at, 'this line names a key, and no question stands above it')
  else if (letters.length === 0) into.leaveOut(line, `"ANSWER:${key}" names no letter`)
  else if (missing !== undefined) into.leaveOut(line, `the key ${missing} is none of the answers`)
  else {
    const choices = options.map(({ letter, text }) => ({ text, right: letters.includes(letter), why: '' }))
    const whole = [rest, ...explanation].join('\n').trim()
    into.take(line, choiceItem(stem.join('\n'), choices), { explanation: whole, group: '', name: '' })
    if (new Set(letters).size > 1)
      into.change(line, 'Aiken has one key a question; this one names several, and asks for all of them')
  }
}

/**
 * Reads a key by letters, also with the words of the answer or a reason after them, as practice exams write
 * it.
 */
function keyIn(key: string, { options }: Block): { letters: readonly string[]; rest: string } {
  const text = key.trim().toUpperCase()
  if (KEY.test(text)) return { letters: text.replace(/AND/g, '').match(/[A-Z]/g) ?? [], rest: '' }
  const found = examKey(key.trim(), {
    ...{ begin: 0, end: 0, kind: 'letters' },
    options: options.map(({ letter, text: words }) => ({ letter, lines: [words], isMarked: undefined })),
  })
  if ('reason' in found) return { letters: [], rest: '' }
  return { letters: found.places.map((place) => options[place]?.letter ?? ''), rest: found.rest }
}
