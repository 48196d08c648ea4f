/** Reads Moodle XML, as the question bank of Moodle exports it. */
import type { Choice } from '../../core/model.js'
import { childOf, childrenOf, markupOf, textOf, type XmlElement } from '../xml.js'
import type { FoundQuestion, QuestionFormat } from './format.js'
import { gift, groupOf } from './gift.js'
import { type Intake, readInto } from './intake.js'
import { type Built, choiceItem, UNSUPPORTED } from './item.js'
import { formatted, type TextFormat } from './moodle-text.js'
import { writeMoodleXml } from './moodle-xml-write.js'
import { orderingItem } from './ordering-item.js'
import { pairsItem } from './pairs.js'
import { readXmlFile, rootNameOf } from './xml-file.js'

const NAME = 'Moodle XML'

export const moodleXml: QuestionFormat = {
  id: 'moodle-xml',
  name: NAME,
  recognises: (file) => rootNameOf(file) === 'quiz',
  read: (file) =>
    readInto(NAME, file, (into) => {
      const root = readXmlFile(file, into.change)
      if ('reason' in root) into.leaveOut(root.line, `the file ${root.reason}`)
      else readQuiz(root, into, '')
    }),
  write: writeMoodleXml,
}

/** An unclosed question, or one with unclosed content, may contain the questions after it. */
function readQuiz(parent: XmlElement, into: Intake, before: string): string {
  let group = before
  for (const question of childrenOf(parent)) {
    if (question.name !== 'question') {
      if (question.fault !== '') group = readQuiz(question, into, group)
      continue
    }
    const type = question.attributes.get('type') ?? ''
    if (question.fault !== '') into.leaveOut(question.line, question.fault)
    else if (type === 'category') group = groupOf(textOf(childOf(childOf(question, 'category'), 'text')))
    else readQuestion(question, type, into, group)
    if (question.fault !== '') group = readQuiz(question, into, group)
  }
  return group
}

/** Types that are texts to read, or questions answered by drawing or typing. */
const OTHERS: Readonly<Record<string, string>> = {
  description: 'it is a text to read, no question',
  essay: UNSUPPORTED.text,
  shortanswer: UNSUPPORTED.words,
  numerical: UNSUPPORTED.number,
  calculated: UNSUPPORTED.number,
  calculatedsimple: UNSUPPORTED.number,
  multianswer: 'it is a text with gaps to fill in (Cloze)',
  random: 'it stands for a question that Moodle draws',
}

function readQuestion(question: XmlElement, type: string, into: Intake, group: string): void {
  const texts = textReader()
  const stem = texts.read(childOf(question, 'questiontext'))
  const about = {
    name: texts.read(childOf(question, 'name')),
    explanation: texts.read(childOf(question, 'generalfeedback')),
    group,
  }
  texts.dropped.push(...unread(question))
  const inside = giftIn(question, stem)
  if (textOf(childOf(question, 'hidden')).trim() === '1')
    into.leaveOut(question.line, 'it is hidden in Moodle: an older version, or taken out')
  else if (inside) {
    into.take(
      question.line,
      { item: inside.item, changed: [], moved: [] },
      { ...about, ...named(inside) },
      texts.dropped,
    )
    into.change(question.line, 'its text was GIFT in XML, and was read as GIFT; look at it')
  } else {
    const built = builtOf(question, type, stem, texts, into)
    if (childOf(childOf(question, 'questiontext'), 'file') && !texts.dropped.includes('a picture'))
      texts.dropped.push('a file')
    into.take(question.line, built, about, texts.dropped)
  }
}

/** A shorter text such as "Your answer is partially correct." is in every question, and says nothing. */
const MIN_FEEDBACK = 40

/** Names what Moodle shows after a wrong try, or for the answer as a whole. */
function unread(question: XmlElement): readonly string[] {
  const read = (...names: readonly string[]) =>
    childrenOf(question, ...names).map((one) => textOf(childOf(one, 'text')).trim())
  const all = read('correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback')
  return [
    ...(read('hint').some((text) => text !== '') ? ['a hint'] : []),
    ...(all.some((text) => text.length >= MIN_FEEDBACK)
      ? ['a feedback that belongs to no single answer']
      : []),
  ]
}

const named = ({ name, explanation }: FoundQuestion) => ({
  ...(name !== '' && { name }),
  ...(explanation !== '' && { explanation }),
})

function builtOf(question: XmlElement, type: string, stem: string, texts: Texts, into: Intake): Built {
  switch (type) {
    case 'multichoice':
    case 'multichoiceset':
    case 'oumultiresponse':
      return multipleChoice(question, stem, texts, into)
    case 'truefalse':
      return choiceItem(stem, answersOf(question, texts).map(trueOrFalse))
    case 'matching':
    case 'ddmatch':
      return matching(question, stem, texts)
    case 'ordering':
      return orderingItem(stem, inOrder(answersOf(question, texts)))
    default:
      return { reason: OTHERS[type] ?? `questions of the type "${type.slice(0, 40)}" are not asked here` }
  }
}

interface Answer extends Choice {
  /** The share of the points, in hundredths. */
  readonly fraction: number
}

function answersOf(question: XmlElement, texts: Texts): readonly Answer[] {
  return childrenOf(question, 'answer').map((answer) => {
    const fraction = Number((answer.attributes.get('fraction') ?? '').replace(',', '.')) || 0
    const why = texts.read(childOf(answer, 'feedback'))
    return { text: texts.read(answer), right: fraction > 0, why, fraction }
  })
}

/** If one answer is to be chosen, the key has all points; a partly right answer counts as wrong here. */
function multipleChoice(question: XmlElement, stem: string, texts: Texts, into: Intake): Built {
  const answers = answersOf(question, texts)
  const isSingle = /^(true|1)$/i.test(textOf(childOf(question, 'single')).trim())
  const best = Math.max(...answers.map(({ fraction }) => fraction))
  const rights = answers.filter(({ fraction }) => fraction > 0 && fraction === best).length
  if (!isSingle) return choiceItem(stem, answers)
  if (rights > 1) return { reason: 'each of several answers is right by itself, and one is to be chosen' }
  if (answers.filter(({ right }) => right).length > 1)
    into.change(question.line, 'an answer that gave a part of the points counts as wrong')
  return choiceItem(
    stem,
    answers.map((answer) => ({ ...answer, right: answer.right && answer.fraction === best })),
  )
}

const trueOrFalse = (answer: Answer): Answer => ({
  ...answer,
  text: answer.text.replace(/^(true|false)$/i, (word) => (/^t/i.test(word) ? 'True' : 'False')),
})

function matching(question: XmlElement, stem: string, texts: Texts): Built {
  const pairs = childrenOf(question, 'subquestion').map((pair) => {
    const answer = childOf(pair, 'answer')
    return { prompt: texts.read(pair), answer: texts.read(answer) }
  })
  const spare = pairs.filter(({ prompt }) => prompt === '').map(({ answer }) => answer)
  return pairsItem(
    stem,
    pairs.filter(({ prompt }) => prompt !== ''),
    spare,
  )
}

/** The fraction is the place if each answer has a different one. */
function inOrder(answers: readonly Answer[]): readonly string[] {
  const hasPlaces = new Set(answers.map(({ fraction }) => fraction)).size === answers.length
  const ordered = hasPlaces ? answers.toSorted((a, b) => a.fraction - b.fraction) : answers
  return ordered.map(({ text }) => text)
}

// ---- texts --------------------------------------------------------------------------

interface Texts {
  /** Returns the text of an element that has one in a `<text>`. */
  read(element: XmlElement | undefined): string
  readonly dropped: string[]
}

const FORMATS: Readonly<Record<string, TextFormat>> = {
  plain_text: 'plain',
  markdown: 'markdown',
  moodle_auto_format: 'moodle',
}

function textReader(): Texts {
  const dropped: string[] = []
  return {
    dropped,
    read(element) {
      const inner = childOf(element, 'text')
      if (!inner) return ''
      const format = FORMATS[element?.attributes.get('format') ?? ''] ?? 'html'
      // Some programs write their HTML as elements instead of as text.
      const isMarkup = childrenOf(inner).length > 0
      const { text, dropped: lost } = formatted(
        isMarkup ? markupOf(inner, () => false) : textOf(inner),
        isMarkup ? 'html' : format,
      )
      dropped.push(...lost)
      return text
    },
  }
}

/** Reads answers in braces if the elements for answers are missing. */
function giftIn(question: XmlElement, stem: string): FoundQuestion | undefined {
  if (childrenOf(question, 'answer', 'subquestion').length > 0 || !/\{[^{}]*[=~]/.test(stem)) return undefined
  const file = { path: '', bytes: new TextEncoder().encode(stem) }
  const { questions } = gift.read(file)
  return questions.length === 1 ? questions[0] : undefined
}
