/**
 * Whether keys can be guessed from form, without knowing the matter. Problems of form make content worse, not
 * unusable: `content check` reports them, and the bot starts all the same.
 *
 * The habits looked for are those that item-writing guidelines warn of (Haladyna, Downing and Rodriguez, "A
 * Review of Multiple-Choice Item-Writing Guidelines for Classroom Assessment", 2002): a favourite place for
 * the key, the longest choice, absolute words in distractors, choices that are not parallel.
 */
import type { AuthoredItem, ChoiceItem, Question, ResponseItem } from '../core/model.js'
import type { Content } from './bank.js'
import type { Problem } from './problem.js'

/** A pack with fewer choice items says nothing about its habits. */
const ENOUGH = 20
/** The key may stand in each of the four places as often as chance has it, give or take so much. */
const POSITION_SPREAD = 0.05
/**
 * In at most this share of the items the key may be the longest choice, and in at most this share the
 * shortest.
 */
const EXTREME_KEY = 0.3
/** No choice may be so many times as long as another, unless all are short. */
const LENGTH_RATIO = 2
const SHORT = 40
const ABSOLUTE =
  /\b(always|never|only|none|nothing|every|entirely|completely|impossible|guarantee[sd]?|no matter|in all cases)\b/i

/** What `content check` says of the choice items of one pack, cases' items included. */
export interface ItemWriting {
  readonly pack: string
  readonly items: number
  /** How often the key stands first, second, third, fourth as authored. */
  readonly positions: readonly number[]
  readonly keyLongest: number
  readonly keyShortest: number
}

/** The items of a question as authored; a template's are drawn by code. */
export function itemsOf(question: Question): readonly AuthoredItem[] {
  if (question.kind === 'case') return question.items
  return question.kind === 'template' ? [] : [question]
}

export function measureItemWriting({ pack: { id: pack }, questions }: Content): ItemWriting {
  const items = choiceItems(questions)
  const count = (test: (item: ChoiceItem) => boolean) => items.filter(({ item }) => test(item)).length
  return {
    pack,
    items: items.length,
    positions: [0, 1, 2, 3].map((place) => count((item) => item.choices[place]?.right === true)),
    keyLongest: count(keyIsLongest),
    keyShortest: count(keyIsShortest),
  }
}

export function checkItemWriting(content: Content): Problem[] {
  return [...checkHabits(content), ...content.questions.flatMap(checkQuestion)]
}

/** What shows only over many questions. */
function checkHabits(content: Content): Problem[] {
  const { pack, questions } = content
  const form = measureItemWriting(content)
  if (form.items < ENOUGH) return []
  const inPack = (message: string) => ({ file: `${pack.id}/pack.yaml`, line: 1, message })
  const percent = (n: number) => `${Math.round((100 * n) / form.items)} %`
  const positions = form.positions.flatMap((n, i) =>
    Math.abs(n / form.items - 0.25) <= POSITION_SPREAD
      ? []
      : [
          inPack(
            `the key is choice ${i + 1} of four in ${percent(n)} of the choice items; 20 to 30 % is even`,
          ),
        ],
  )
  const extreme = (which: 'longest' | 'shortest', test: (item: ChoiceItem) => boolean, n: number) =>
    n <= EXTREME_KEY * form.items
      ? []
      : choiceItems(questions)
          .filter(({ item }) => test(item))
          .map(({ q }) =>
            at(
              q,
              `the key is the ${which} choice, as in ${percent(n)} of all; at most ${100 * EXTREME_KEY} % may be so`,
            ),
          )
  return [
    ...positions,
    ...extreme('longest', keyIsLongest, form.keyLongest),
    ...extreme('shortest', keyIsShortest, form.keyShortest),
    ...onlyChildren(questions),
    ...sameStems(questions),
  ]
}

function checkQuestion(question: Question): Problem[] {
  return itemsOf(question)
    .filter((item) => item.kind === 'choice' || item.kind === 'response')
    .flatMap((item) => [...absoluteWords(item), ...unequalLengths(item)])
    .map((message) => at(question, message))
}

/** A word like "never" in wrong choices alone tells them apart. */
function absoluteWords({ choices }: ChoiceItem | ResponseItem): string[] {
  if (choices.some((c) => c.right && ABSOLUTE.test(c.text))) return []
  return choices.flatMap((c) => {
    const word = ABSOLUTE.exec(c.text)?.[0]
    return word ? [`"${word}" stands in a wrong choice and in no right one: "${c.text}"`] : []
  })
}

function unequalLengths({ choices }: ChoiceItem | ResponseItem): string[] {
  const lengths = choices.map((c) => c.text.length)
  const [longest, shortest] = [Math.max(...lengths), Math.min(...lengths)]
  if (longest <= SHORT || longest <= LENGTH_RATIO * shortest) return []
  return [
    `the longest choice has ${longest} characters and the shortest ${shortest}; at most ${LENGTH_RATIO} times as many`,
  ]
}

/** Siblings let a concept come back without the same words. */
function onlyChildren(questions: readonly Question[]): Problem[] {
  const known = new Map<string, number>()
  for (const { concept } of questions) known.set(concept, (known.get(concept) ?? 0) + 1)
  return questions
    .filter((q) => known.get(q.concept) === 1)
    .map((q) => at(q, `concept: no other question has "${q.concept}"; a concept needs two or more`))
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

function choiceItems(questions: readonly Question[]): { q: Question; item: ChoiceItem }[] {
  return questions.flatMap((q) => itemsOf(q).flatMap((item) => (item.kind === 'choice' ? [{ q, item }] : [])))
}

function keyIsLongest({ choices }: ChoiceItem): boolean {
  return choices.every((c) => c.right || c.text.length < keyLength(choices))
}

function keyIsShortest({ choices }: ChoiceItem): boolean {
  return choices.every((c) => c.right || c.text.length > keyLength(choices))
}

function keyLength(choices: ChoiceItem['choices']): number {
  return choices.find((c) => c.right)?.text.length ?? 0
}

function at({ origin: { file, line } }: Question, message: string): Problem {
  return { file, line, message }
}
