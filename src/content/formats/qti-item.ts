/** Reads one item of QTI 2.1, 2.2 or 3.0. */
import type { XmlElement } from '../xml.js'
import type { About, Intake } from './intake.js'
import { type Built, choiceItem, type Pair, UNSUPPORTED } from './item.js'
import { orderingItem } from './ordering-item.js'
import { pairsItem } from './pairs.js'
import { feedbackOf } from './qti-feedback.js'
import { type Key, keyOf } from './qti-key.js'
import { allParts, attributeOf, kindOf, partsOf, plainTextOf } from './qti-markup.js'

/** Interactions that no chat has, or that have nothing to choose from. */
const OTHERS: Readonly<Record<string, string>> = {
  textentryinteraction: UNSUPPORTED.words,
  extendedtextinteraction: UNSUPPORTED.text,
  sliderinteraction: UNSUPPORTED.number,
  gapmatchinteraction: 'it is a text with gaps to fill in',
  hottextinteraction: 'it asks to mark words in a text',
  uploadinteraction: 'it asks for a file',
  drawinginteraction: 'it asks to draw',
  mediainteraction: 'it is a film or a sound, no question',
}

/** `place` and `where` are for messages: in a package, the number of the item and its file. */
export function readItem(item: XmlElement, place: number, where: string, group: string, into: Intake): void {
  const tell = (message: string) => (where === '' ? message : `${where}: ${message}`)
  if (item.fault !== '') {
    into.leaveOut(place, tell(item.fault))
    return
  }
  const dropped: string[] = []
  if (partsOf(item, 'assessmentstimulusref').length > 0) dropped.push('a text that stands in another file')
  const { built, explanation } = builtOf(item, dropped)
  const about: About = { explanation, group, name: attributeOf(item, 'title') }
  if ('reason' in built) into.take(place, { reason: tell(built.reason) }, about, dropped)
  else into.take(place, { ...built, changed: built.changed.map(tell) }, about, dropped)
}

interface Read {
  readonly built: Built
  readonly explanation: string
}

function builtOf(item: XmlElement, dropped: string[]): Read {
  const [body] = partsOf(item, 'itembody')
  const interactions = body
    ? allParts(body, (kind) => kind.endsWith('interaction') && kind !== 'endattemptinteraction')
    : []
  const [interaction] = interactions
  const refused = (reason: string): Read => ({ built: { reason }, explanation: '' })
  if (!body || !interaction) return refused('it asks nothing')
  if (interactions.length > 1) return refused(`it asks ${interactions.length} things at once`)
  const isDrawn = (kind: string) => kind === 'printedvariable' || kind === 'templateprocessing'
  if (allParts(item, isDrawn).length > 0)
    return refused('its numbers are drawn by the program that it comes from')
  const [prompt] = partsOf(interaction, 'prompt')
  const stem = [plainTextOf(body, dropped), plainTextOf(prompt, dropped)]
    .filter((text) => text !== '')
    .join('\n\n')
  const ids = allParts(interaction, isChoice).map((choice) => attributeOf(choice, 'identifier'))
  const twice = ids.find((id, i) => ids.indexOf(id) < i)
  if (twice !== undefined) return refused(`two answers have the identifier "${twice.slice(0, 40)}"`)
  const key = keyOf(item, interaction)
  if ('reason' in key) return refused(key.reason)
  const feedback = feedbackOf(item, body, new Set(ids), dropped)
  const question: Question = { interaction, stem, key, feedback, dropped }
  const built = byKind(question)
  const isTold = 'item' in built && key.remark !== ''
  return {
    built: isTold ? { ...built, changed: [...built.changed, key.remark] } : built,
    explanation: feedback.get('') ?? '',
  }
}

interface Question {
  readonly interaction: XmlElement
  readonly stem: string
  readonly key: Key
  /** Feedback by the identifier of the choice that it is about; '' is about the whole question. */
  readonly feedback: ReadonlyMap<string, string>
  readonly dropped: string[]
}

function byKind(question: Question): Built {
  const kind = kindOf(question.interaction)
  switch (kind) {
    case 'choiceinteraction':
    case 'inlinechoiceinteraction':
      return choices(question)
    case 'orderinteraction':
      return ordering(question)
    case 'matchinteraction':
      return matching(question)
    case 'associateinteraction':
      return associated(question)
    default:
      return {
        reason:
          OTHERS[kind] ??
          `questions of the kind "${question.interaction.name.slice(0, 40)}" are not asked here`,
      }
  }
}

const CHOICES = ['simplechoice', 'simpleassociablechoice', 'inlinechoice'] as const
const isChoice = (kind: string) => CHOICES.some((one) => one === kind)

interface Option {
  readonly id: string
  readonly text: string
  readonly why: string
}

function optionsIn(parent: XmlElement | undefined, { dropped, feedback }: Question): readonly Option[] {
  return partsOf(parent, ...CHOICES).map((choice) => {
    const id = attributeOf(choice, 'identifier')
    const inline = allParts(choice, (kind) => kind === 'feedbackinline')
    const why = inline
      .map((one) => plainTextOf(one, dropped))
      .join(' ')
      .replace(/^[-–—]\s*/, '')
    return { id, text: plainTextOf(choice, dropped), why: why || (feedback.get(id) ?? '') }
  })
}

function choices(question: Question): Built {
  const { key, stem } = question
  const found = optionsIn(question.interaction, question)
  const unknown = unknownIn(key.values, found)
  if (unknown !== undefined) return unknown
  if (key.isSingle && key.values.length > 1)
    return { reason: 'each of several answers is right by itself, and one is to be chosen' }
  return choiceItem(
    stem,
    found.map(({ id, text, why }) => ({ text, why, right: key.values.includes(id) })),
  )
}

function unknownIn(ids: readonly string[], options: readonly Option[]) {
  const unknown = ids.find((value) => options.every(({ id }) => id !== value))
  return unknown === undefined
    ? undefined
    : { reason: `the key "${unknown.slice(0, 40)}" is none of the answers` }
}

function ordering(question: Question): Built {
  const found = optionsIn(question.interaction, question)
  const textOfId = (value: string) => found.find(({ id }) => id === value)?.text ?? ''
  if (question.key.values.length === 0) return { reason: 'no order is marked as right' }
  const unknown = unknownIn(question.key.values, found)
  if (unknown !== undefined) return unknown
  const spare = found.filter(({ id }) => !question.key.values.includes(id)).map(({ text }) => text)
  return orderingItem(question.stem, question.key.values.map(textOfId), spare)
}

/** The prompts are the column of which each entry has one partner. */
function matching(question: Question): Built {
  const [left = [], right = []] = partsOf(question.interaction, 'simplematchset').map((set) =>
    optionsIn(set, question),
  )
  const pairs = question.key.values.map((value) => value.trim().split(/\s+/))
  const isOnce = (options: readonly Option[], side: 0 | 1) =>
    options.every(({ id }) => pairs.filter((pair) => pair[side] === id).length === 1)
  if (pairs.length === 0) return { reason: 'no pairs are marked as right' }
  const unknown = unknownIn(pairs.flat(), [...left, ...right])
  if (unknown !== undefined) return unknown
  if (isOnce(left, 0)) return paired(question.stem, left, right, pairs)
  if (isOnce(right, 1))
    return paired(
      question.stem,
      right,
      left,
      pairs.map((pair) => pair.toReversed()),
    )
  return { reason: 'an entry has several partners, or none' }
}

function paired(
  stem: string,
  prompts: readonly Option[],
  answers: readonly Option[],
  pairs: readonly (readonly string[])[],
): Built {
  const found: Pair[] = prompts.map(({ id, text }) => {
    const partner = pairs.find(([from]) => from === id)?.[1]
    return { prompt: text, answer: answers.find((answer) => answer.id === partner)?.text ?? '' }
  })
  const spare = answers.filter(({ id }) => pairs.every(([, to]) => to !== id)).map(({ text }) => text)
  return pairsItem(stem, found, spare)
}

/** All entries stand in one column; the first of a pair becomes the prompt. */
function associated(question: Question): Built {
  const found = optionsIn(question.interaction, question)
  const pairs = question.key.values.map((value) => value.trim().split(/\s+/))
  const used = pairs.flat()
  if (pairs.length === 0) return { reason: 'no pairs are marked as right' }
  const unknown = unknownIn(used, found)
  if (unknown !== undefined) return unknown
  if (new Set(used).size < used.length) return { reason: 'an entry has several partners, or none' }
  const firsts = found.filter(({ id }) => pairs.some(([from]) => from === id))
  return paired(
    question.stem,
    firsts,
    found.filter((option) => !firsts.includes(option)),
    pairs,
  )
}
