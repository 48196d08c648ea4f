/**
 * Finds habits of an author that show only over many questions and reveal keys to people who do not know the
 * subject. They are errors for a large pack that prepares for an exam, otherwise advice.
 */
import type { ChoiceItem, ResponseItem } from '../core/model.js'
import type { Content } from './bank.js'
import { guessedShare } from './guesser.js'
import { choiceItems, type Found, itemsOf, keyIsLongest, keyIsShortest } from './item-writing.js'
import { isInClosestPair, isLeastAlike } from './likeness.js'
import { type Problem, placeOf } from './problem.js'

/** A pack with fewer choice items says too little about habits. */
const ENOUGH = 20
/** With this many items, a deviation shows a habit of their author rather than chance. */
const MANY = 200
/**
 * The allowed deviation from chance. The key may stand in each place, and be the longest choice, or the
 * shortest, or the one least like the others, as often as by chance, give or take this share: among four
 * choices in 20 to 30 % of the items. Two of four choices are most alike, and the key is one of them in 45 to
 * 55 %.
 */
const SPREAD = 0.05
const LEAST_PLACES = 4
/** A guesser by form alone may exceed chance by this share. */
const MOST_GUESSED = 0.05

/** What `content check` reports about the choice items of one pack, including the items of cases. */
export interface Habits {
  readonly pack: string
  readonly items: number
  /** How often the key stands first, second, third, … as authored; at least four places. */
  readonly positions: readonly number[]
  readonly keyLongest: number
  readonly keyShortest: number
  readonly keyLeastAlike: number
  readonly keyInClosestPair: number
  /** How often a guesser that uses form alone finds the key, 0 to 1; only if there are many items. */
  readonly guessed?: number
}

export function measureHabits({ pack: { id: pack }, questions }: Content): Habits {
  const items = choiceItems(questions)
  const count = (test: (item: ChoiceItem) => boolean) => items.filter(({ item }) => test(item)).length
  const ofKey = (test: (texts: readonly string[], place: number) => boolean) =>
    count(({ choices }) =>
      test(
        choices.map(({ text }) => text),
        choices.findIndex(({ right }) => right),
      ),
    )
  const seen = items.map(({ q, item }) => ({ group: q.concept, item }))
  return {
    pack,
    items: items.length,
    positions: places(items).map((place) => count((item) => item.choices[place]?.right === true)),
    keyLongest: count(keyIsLongest),
    keyShortest: count(keyIsShortest),
    keyLeastAlike: ofKey(isLeastAlike),
    keyInClosestPair: ofKey(isInClosestPair),
    ...(items.length >= MANY && { guessed: guessedShare(seen) }),
  }
}

export function checkHabits(content: Content, habits = measureHabits(content)): Problem[] {
  const { pack, questions } = content
  const ofPack = (level: Problem['level']) => (message: string) =>
    ({ level, file: `${pack.id}/pack.yaml`, line: 1, message }) satisfies Problem
  const several = questions.flatMap(itemsOf).filter((item) => item.kind === 'response')
  const ofSeveral = favouritePlacesOfSeveral(several).map(ofPack(pack.exams.length > 0 ? 'error' : 'advice'))
  if (habits.items < ENOUGH) return ofSeveral
  const items = choiceItems(questions)
  const level = pack.exams.length > 0 && items.length >= MANY ? 'error' : 'advice'
  return [
    ...favouritePlaces(habits, items),
    ...(items.length >= MANY ? overMany(habits, byChance(items, 0)) : []),
  ]
    .map(ofPack(level))
    .concat(extremes(habits, items, level), ofSeveral)
}

function favouritePlaces({ positions, items: n }: Habits, items: Found): string[] {
  return positions.flatMap((found, place) =>
    outside(found / n, byChance(items, place), `the key is choice ${place + 1}`),
  )
}

/** If several choices are right, authors who put them first give them away. */
function favouritePlacesOfSeveral(items: readonly ResponseItem[]): string[] {
  if (items.length < MANY) return []
  const most = items.reduce((max, { choices }) => Math.max(max, choices.length), 0)
  return Array.from({ length: most }, (_, place) => {
    const there = items.filter(({ choices }) => place < choices.length)
    const found = there.filter(({ choices }) => choices[place]?.right === true).length
    const chance = there.reduce(
      (sum, { choices }) => sum + choices.filter(({ right }) => right).length / choices.length,
      0,
    )
    return outside(
      found / items.length,
      chance / items.length,
      `choice ${place + 1} is right`,
      'response items',
    )
  }).flat()
}

/** `chance`: the mean probability of one choice. */
function overMany(habits: Habits, chance: number): string[] {
  const { items, keyLongest, keyShortest, keyLeastAlike, keyInClosestPair, guessed = 0 } = habits
  const tooRare = (found: number, what: string) =>
    found / items < chance ? outside(found / items, chance, what) : []
  return [
    ...tooRare(keyLongest, 'the key is the longest choice'),
    ...tooRare(keyShortest, 'the key is the shortest choice'),
    ...outside(keyLeastAlike / items, chance, 'the key is the choice least like the others'),
    ...outside(keyInClosestPair / items, 2 * chance, 'the key is one of the two choices most alike'),
    ...(guessed > chance + MOST_GUESSED
      ? [
          `who looks at form alone finds the key of ${percent(guessed)} % of the choice items; at most ${percent(chance + MOST_GUESSED)} % may be so`,
        ]
      : []),
  ]
}

function outside(share: number, even: number, what: string, of = 'choice items'): string[] {
  if (Math.abs(share - even) <= SPREAD) return []
  const range = `${percent(Math.max(0, even - SPREAD))} to ${percent(even + SPREAD)} %`
  return [`${what} in ${percent(share)} % of the ${of}; ${range} is even`]
}

const percent = (share: number) => Math.round(100 * share)

/** Reports each item if there are too many, since the author must see which. */
function extremes({ keyLongest, keyShortest }: Habits, items: Found, level: Problem['level']): Problem[] {
  const most = byChance(items, 0) + SPREAD
  const tooOften = (which: string, test: (item: ChoiceItem) => boolean, n: number) =>
    n <= most * items.length
      ? []
      : items
          .filter(({ item }) => test(item))
          .map(({ q }) => ({
            ...{ level, ...placeOf(q) },
            message: `the key is the ${which} choice, as in ${percent(n / items.length)} % of all; at most ${percent(most)} % may be so`,
          }))
  return [
    ...tooOften('longest', keyIsLongest, keyLongest),
    ...tooOften('shortest', keyIsShortest, keyShortest),
  ]
}

function places(items: Found): number[] {
  const most = items.reduce((max, { item }) => Math.max(max, item.choices.length), LEAST_PLACES)
  return Array.from({ length: most }, (_, place) => place)
}

/** Returns the share of items whose key stands in that place by chance alone. */
function byChance(items: Found, place: number): number {
  const chances = items.map(({ item: { choices } }) => (place < choices.length ? 1 / choices.length : 0))
  return chances.reduce((sum, chance) => sum + chance, 0) / items.length
}
