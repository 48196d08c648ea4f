/**
 * Reads Moodle's GIFT. `gift-pegjs` was tried and is not used: it refuses a colon in a text, leaves escapes
 * in the answers of pairs, reads `{true}` as a word to type, and takes two seconds for a thousand questions.
 */
import { decodeText } from './decode.js'
import type { QuestionFormat } from './format.js'
import { type GiftAnswers, giftAnswers } from './gift-answers.js'
import { type GiftBlock, giftBlocks, placesOf, unescaped } from './gift-blocks.js'
import { writeGift } from './gift-write.js'
import { type Intake, readText } from './intake.js'
import { type Built, choiceItem, matchingItem } from './item.js'
import { formatted, type TextFormat } from './moodle-text.js'

const NAME = 'Moodle GIFT'
const FORMAT = /^\s*\[(html|markdown|plain|moodle)\]/

export const gift: QuestionFormat = {
  id: 'gift',
  name: NAME,
  recognises: (file) => looksLikeGift(decodeText(file).text),
  read: (file) => readText(NAME, file, readGift),
  write: writeGift,
}

/** Matches answers to choose from; the next pattern matches other kinds of answers that only GIFT has. */
const CHOICES = /\{\s*(?:[=~]|(?:T|TRUE|F|FALSE)\s*[#}])/i
const OTHERS = /\{\s*(?:#\s*[-\d.=]|\})/

/** At least half of the questions with braces must begin their answers as GIFT does. */
function looksLikeGift(text: string): boolean {
  if (
    !text.includes('{') ||
    /^\s*(?:[<{]|\[(?!(?:html|markdown|plain|moodle)\]))/.test(text) ||
    isMarkdown(text)
  )
    return false
  const braced = giftBlocks(text).filter((block) => block.kind === 'question' && block.text.includes('{'))
  const choices = braced.filter((block) => CHOICES.test(block.text)).length
  const others = braced.filter((block) => OTHERS.test(block.text)).length
  return choices > 0 && (choices + others) * 2 >= braced.length
}

/** Whether the text has code or headings, and no question with a title. */
const isMarkdown = (text: string) => /(?:^|\n)(?:```|#{1,6} )/.test(text) && !/(?:^|\n)::[^:]/.test(text)

function readGift(text: string, into: Intake): void {
  let group = ''
  for (const block of giftBlocks(text)) {
    if (block.kind === 'category') group = groupOf(block.text)
    else readQuestion(block, group, into)
  }
}

/** `$course$/top/Networks/A//B` is the group `Networks / A/B`. */
export function groupOf(path: string): string {
  const parts = path
    .replaceAll('//', '\0')
    .split('/')
    .map((part) => part.replaceAll('\0', '/').trim())
  return parts.filter((part) => part !== '' && part !== 'top' && !/^\$\w+\$$/.test(part)).join(' / ')
}

interface Parts {
  readonly name: string
  readonly before: string
  readonly answers: string | undefined
  readonly after: string
  readonly format: TextFormat
}

function readQuestion({ line, text }: GiftBlock, group: string, into: Intake): void {
  const parts = partsOf(text)
  if (parts.answers === undefined) {
    into.leaveOut(line, 'a text without answers is no question')
    return
  }
  const dropped: string[] = []
  const as = (format: TextFormat) => (source: string) => {
    const { text: shown, dropped: lost } = formatted(unescaped(source), format)
    dropped.push(...lost)
    return shown
  }
  /** Each text may name its own format, and uses that of the question otherwise. */
  const plain = (source: string): string => {
    const [marker, own = parts.format] = FORMAT.exec(source) ?? ['']
    return as(own as TextFormat)(source.slice(marker.length))
  }
  const answers = giftAnswers(parts.answers)
  const about = { explanation: plain(answers.feedback), group, name: unescaped(parts.name) }
  into.take(line, built(as(parts.format)(stemOf(parts)), answers, plain), about, dropped)
  for (const message of answers.notes) into.change(line, message)
}

type Plain = (source: string) => string

function partsOf(text: string): Parts {
  const [all, name] = named(text.trim())
  const [open] = placesOf(all, '{')
  const close = placesOf(all, '}').at(-1)
  const [marker, format] = FORMAT.exec(all) ?? ['', 'moodle']
  const before = all.slice(marker.length, open)
  const as = format as TextFormat
  if (open === undefined) return { name, before, answers: undefined, after: '', format: as }
  const isClosed = close !== undefined && close > open
  const answers = isClosed ? all.slice(open + 1, close) : `{${all.slice(open + 1)}`
  return { name, before, answers, after: isClosed ? all.slice(close + 1).trim() : '', format: as }
}

function named(text: string): readonly [rest: string, name: string] {
  if (!text.startsWith('::')) return [text, '']
  const end = placesOf(text, ':').find((at) => at >= 2 && text[at + 1] === ':')
  return end === undefined ? [text, ''] : [text.slice(end + 2).trimStart(), text.slice(2, end)]
}

/** Returns the stem with a blank where the answers stand inside the sentence. */
function stemOf({ before, after }: Parts): string {
  if (after === '') return before
  return `${before.trimEnd()} ____${/^[.,;:!?)]/.test(after) ? '' : ' '}${after}`
}

function built(stem: string, answers: GiftAnswers, plain: Plain): Built {
  switch (answers.kind) {
    case 'refused':
      return { reason: answers.reason }
    case 'choices': {
      const choices = answers.choices.map(({ text, right, why }) => ({
        text: plain(text),
        right,
        why: plain(why),
      }))
      return choiceItem(stem, choices)
    }
    case 'pairs': {
      const pairs = answers.pairs.map(({ prompt, answer }) => ({
        prompt: plain(prompt),
        answer: plain(answer),
      }))
      const spare = pairs.filter(({ prompt }) => prompt === '').map(({ answer }) => answer)
      return matchingItem(
        stem,
        pairs.filter(({ prompt }) => prompt !== ''),
        spare,
      )
    }
  }
}
