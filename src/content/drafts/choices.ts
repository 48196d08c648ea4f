/**
 * Makes a question with four choices from a term: which term fits a description, or which description fits a
 * term.
 */
import type { ChoiceItem } from '../../core/model.js'
import { LONGEST } from '../longest.js'
import { type DraftQuestion, draftOf, numberOf } from './draft.js'
import type { Keywords } from './keywords.js'
import type { Neighbours } from './neighbours.js'
import { keyOf, type Term } from './terms.js'
import { BLANK, capital, subjectOf, withoutStop } from './texts.js'

const OTHERS = 3
/** The maximum length of a description among the choices; longer ones are hard to compare in a chat. */
const MAX_DESCRIPTION = 150
/** The maximum ratio between the lengths of two choices. */
const RATIO = 1.7

export function choiceDraft(term: Term, neighbours: Neighbours, keywords: Keywords): DraftQuestion[] {
  const others = neighbours.of(term)
  const isSaid = numberOf(keyOf(term.name)) % 2 === 0
  const item = (isSaid ? whatIsSaid(term, others, keywords) : undefined) ?? whichTerm(term, others, keywords)
  return item ? [draftOf(term.topic, keyOf(term.name), term.name, item)] : []
}

/** Asks which of four terms fits “What the notes say”. */
function whichTerm(term: Term, all: readonly Term[], keywords: Keywords): ChoiceItem | undefined {
  const others = all.slice(0, OTHERS)
  if (others.length < OTHERS) return undefined
  const names = others.map(({ name }) => name)
  const says = keywords.blanked(term.says, term.name, names)
  if (says === undefined) return undefined
  const right = says === term.whole ? '' : cutWhy(`${term.name}: ${filled(term)}`)
  return {
    kind: 'choice',
    stem: `${contextOf(term, others, keywords)}hich of these fits the description? “${withoutStop(says)}”`,
    choices: mixed(term, [
      { text: capitalised(term.name, names), right: true, why: right },
      ...others.map((other) => ({
        text: other.name,
        right: false,
        why: cutWhy(`${other.name}: ${filled(other)}`),
      })),
    ]),
  }
}

const capitalised = (name: string, others: readonly string[]) =>
  others.every((other) => /^\p{Lu}/u.test(other)) ? capital(name) : name

/** Asks which of four descriptions from the same list fits a term. */
function whatIsSaid(term: Term, all: readonly Term[], keywords: Keywords): ChoiceItem | undefined {
  const text = descriptionOf(term, keywords)
  const near = all.filter((other) => other.group === term.group)
  const others = near
    .filter((other) => isFit(text, descriptionOf(other, keywords)))
    .toSorted(
      (a, b) => Math.abs(a.says.length - term.says.length) - Math.abs(b.says.length - term.says.length),
    )
    .slice(0, OTHERS)
  if (text === undefined || others.length < OTHERS) return undefined
  return {
    kind: 'choice',
    stem: `${contextOf(term, others, keywords)}hich of these describes ${term.name}?`,
    choices: mixed(term, [
      { text, right: true, why: term.whole === term.says ? '' : cutWhy(filled(term)) },
      ...others.map((other) => ({
        text: descriptionOf(other, keywords) ?? '',
        right: false,
        why: cutWhy(`This is ${other.name}.`),
      })),
    ]),
  }
}

/** Returns undefined if the description names its term, which would give the answer away. */
function descriptionOf({ says, name }: Term, { shared }: Keywords): string | undefined {
  const text = withoutStop(says)
  if (text.length > MAX_DESCRIPTION || text.includes(BLANK) || shared(name, text).length > 0) return undefined
  return capital(text)
}

function isFit(key: string | undefined, other: string | undefined): boolean {
  if (key === undefined || other === undefined) return false
  return Math.max(key.length, other.length) <= RATIO * Math.min(key.length, other.length)
}

/** Returns the topic, if all choices are from it and it does not give the answer away. */
function contextOf({ topic, name }: Term, others: readonly Term[], { shared }: Keywords): string {
  const isOne = others.every((other) => other.topic === topic)
  const tells =
    shared(topic.title, name).length > 0 && !others.every((one) => shared(topic.title, one.name).length > 0)
  return isOne && !tells ? `${subjectOf(topic.title)}: w` : 'W'
}

const filled = ({ whole, name }: Term) => whole.replace(BLANK, name)

function cutWhy(text: string): string {
  if (text.length <= LONGEST.why) return text
  const cut = text.slice(0, LONGEST.why - 1)
  return `${cut.slice(0, cut.lastIndexOf(' '))}…`
}

/** The key stands in each place equally often. */
function mixed(term: Term, [key, ...others]: ChoiceItem['choices']): ChoiceItem['choices'] {
  if (!key) return others
  return others.toSpliced(numberOf(`${term.topic.slug} ${term.name}`) % (others.length + 1), 0, key)
}
