/**
 * Whether the key of a question can be guessed from its form. That makes content worse, not unusable, so it
 * is advice. What is looked for is what item-writing guidelines warn of (Haladyna, Downing and Rodriguez, "A
 * Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment", 2002): absolute words in
 * distractors, choices that are not parallel.
 */
import type { AuthoredItem, ChoiceItem, Question, ResponseItem } from '../core/model.js'
import type { Content } from './bank.js'
import { type Problem, placeOf } from './problem.js'

/** No choice may be so many times as long as another, unless all are short. */
const LENGTH_RATIO = 2
const SHORT = 40
const ABSOLUTE =
  /\b(always|never|only|none|nothing|every|entirely|completely|impossible|guarantee[sd]?|no matter|in all cases)\b/i

/** The items of a question as authored; a template's are drawn by code. */
export function itemsOf(question: Question): readonly AuthoredItem[] {
  if (question.kind === 'case') return question.items
  return question.kind === 'template' ? [] : [question]
}

export function checkItemWriting(content: Content): Problem[] {
  return [...sameStems(content.questions), ...content.questions.flatMap(checkQuestion)]
}

function checkQuestion(question: Question): Problem[] {
  return itemsOf(question)
    .filter((item) => item.kind === 'choice' || item.kind === 'response')
    .flatMap((item) => [...absoluteWords(item), ...unequalLengths(item)])
    .map((message) => at(question, message))
}

/** A word like "never" in wrong choices alone tells them apart. */
export function absoluteWords({ choices }: ChoiceItem | ResponseItem): string[] {
  if (choices.some((c) => c.right && ABSOLUTE.test(c.text))) return []
  return choices.flatMap((c) => {
    const word = ABSOLUTE.exec(c.text)?.[0]
    return word ? [`"${word}" stands in a wrong choice and in no right one: "${c.text}"`] : []
  })
}

export function unequalLengths({ choices }: ChoiceItem | ResponseItem): string[] {
  const lengths = choices.map((c) => c.text.length)
  const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)]
  if (longest <= SHORT || longest <= LENGTH_RATIO * shortest) return []
  return [
    `the longest choice has ${longest} characters and the shortest ${shortest}; at most ${LENGTH_RATIO} times as many`,
  ]
}

function sameStems(questions: readonly Question[]): Problem[] {
  const seen = new Set<string>()
  return questions.flatMap((q) =>
    itemsOf(q).flatMap(({ stem }) => {
      // Items of cases may ask alike of different scenarios.
      const text = (q.kind === 'case' ? `${q.scenario} ${stem}` : stem).toLowerCase()
      const twin = seen.has(text)
      seen.add(text)
      return twin ? [at(q, `the stem "${stem}" stands in another question too`)] : []
    }),
  )
}

/** Choice items with the questions that they stand in. */
export type Found = readonly { readonly q: Question; readonly item: ChoiceItem }[]

export function choiceItems(questions: readonly Question[]): Found {
  return questions.flatMap((q) => itemsOf(q).flatMap((item) => (item.kind === 'choice' ? [{ q, item }] : [])))
}

export function keyIsLongest({ choices }: ChoiceItem): boolean {
  return choices.every((c) => c.right || c.text.length < keyLength(choices))
}

export function keyIsShortest({ choices }: ChoiceItem): boolean {
  return choices.every((c) => c.right || c.text.length > keyLength(choices))
}

function keyLength(choices: ChoiceItem['choices']): number {
  return choices.find((c) => c.right)?.text.length ?? 0
}

function at(question: Question, message: string, level: Problem['level'] = 'advice'): Problem {
  return { level, ...placeOf(question), message }
}
