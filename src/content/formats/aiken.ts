/** Aiken: a question, its answers by letters, and `ANSWER: D`. */
import { decodeText } from './decode.js'
import type { QuestionFormat } from './format.js'
import { type Intake, readText } from './intake.js'
import { choiceItem } from './item.js'

const OPTION = /^[ \t]{0,8}([A-Za-z])[.)][ \t]*(\S.*)$/
const ANSWER = /^[ \t]{0,8}ANSWER[ \t]{0,8}:(.*)$/i
const KEY = /^[A-Z](?:[ ,;&]+(?:AND[ ]+)?[A-Z])*\.?$/

export const aiken: QuestionFormat = {
  id: 'aiken',
  name: 'Aiken',
  recognises: (file) => looksLikeAiken(decodeText(file).text),
  read: (file) => readText('Aiken', file, (text, into) => readAiken(text.split('\n'), into)),
}

/** One question at least, and nothing in the file that is none: its last line is a key. */
function looksLikeAiken(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const answers = lines.filter((line) => ANSWER.test(line)).length
  const options = lines.filter((line) => OPTION.test(line)).length
  const marks = lines.filter((line) => /^\s*(?:#|```|<|\*\*|[-*] )/.test(line)).length
  return answers > 0 && options >= 2 * answers && marks < answers
}

interface Block {
  line: number
  stem: string[]
  options: { readonly letter: string; readonly line: string; text: string }[]
}

const empty = (): Block => ({ line: 0, stem: [], options: [] })

function readAiken(lines: readonly string[], into: Intake): void {
  let block = empty()
  lines.forEach((content, i) => {
    const answer = ANSWER.exec(content)
    const option = block.stem.length > 0 ? nextOption(content, block) : undefined
    if (answer) {
      finish(block, answer[1] ?? '', i + 1, into)
      block = empty()
    } else if (content.trim() === '') return
    else if (option) block.options.push(option)
    else {
      // Text after the answers, behind a blank line: the question before has no key.
      if (block.options.length > 0 && lines[i - 1]?.trim() === '') {
        withoutKey(block, into)
        block = empty()
      }
      addLine(block, content.trim(), i + 1)
    }
  })
  if (block.stem.length > 0) withoutKey(block, into)
}

/** The letters go on from A; a second A says that the first began a line of the stem, such as "A. Smith". */
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

function finish({ line, stem, options }: Block, key: string, at: number, into: Intake): void {
  const letters = key.trim().toUpperCase()
  const keys: readonly string[] = KEY.test(letters) ? (letters.replace(/AND/g, '').match(/[A-Z]/g) ?? []) : []
  const missing = keys.find((letter) => options.every((option) => option.letter !== letter))
  if (stem.length === 0) into.leaveOut(at, 'this line names a key, and no question stands above it')
  else if (keys.length === 0) into.leaveOut(line, `"ANSWER:${key}" names no letter`)
  else if (missing !== undefined) into.leaveOut(line, `the key ${missing} is none of the answers`)
  else {
    const choices = options.map(({ letter, text }) => ({ text, right: keys.includes(letter), why: '' }))
    into.take(line, choiceItem(stem.join('\n'), choices), { explanation: '', group: '', name: '' })
    if (new Set(keys).size > 1)
      into.change(line, 'Aiken has one key a question; this one names several, and asks for all of them')
  }
}
