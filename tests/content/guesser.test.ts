/**
 * What a guesser who looks at form alone finds: much where there is a habit, and chance where there is none.
 */
import { describe, expect, it } from 'vitest'
import { type GuessedItem, guessedShare } from '../../src/content/guesser.js'
import { checkHabits, measureHabits } from '../../src/content/habits.js'
import { isInClosestPair, isLeastAlike } from '../../src/content/likeness.js'
import { seeded } from '../../src/core/random.js'
import { load, QUESTIONS } from './folder.js'

const WORDS = 'store model queue index batch stream table score train shard token cache graph audit'.split(
  ' ',
)

/** Items with texts of random words, in which `key` makes the right one of what would have stood there. */
function items(count: number, key: (text: string) => string, seed = 1): GuessedItem[] {
  const random = seeded(seed)
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? ''
  return Array.from({ length: count }, (_, nth) => {
    const place = Math.floor(random() * 4)
    const choices = Array.from({ length: 4 }, (_, i) => {
      const text = Array.from({ length: 8 + Math.floor(random() * 4) }, word).join(' ')
      return { text: i === place ? key(text) : text, right: i === place, why: '' }
    })
    return {
      group: `concept ${nth}`,
      item: { kind: 'choice', stem: `Which ${word()} of ${word()}?`, choices },
    }
  })
}

describe('a guesser by form', () => {
  it('does no better than chance where form says nothing', { tags: ['slow'] }, () => {
    const share = guessedShare(items(600, (text) => text))
    expect(share).toBeGreaterThan(0.19)
    expect(share).toBeLessThan(0.31)
  })

  it.each([
    ['the longest choice', (text: string) => `${text} and the whole of the rest of it`],
    ['the shortest choice', (text: string) => text.split(' ').slice(0, 4).join(' ')],
    ['a number', (text: string) => `${text} 42`],
    ['commas', (text: string) => text.replaceAll(' ', ', ')],
    ['the same beginning', (text: string) => `Configure ${text}`],
  ])('finds the key by %s', (_habit, key) => {
    expect(guessedShare(items(200, key))).toBeGreaterThan(0.8)
  })

  it('finds a key by what wrong choices alone have', () => {
    const never = items(200, (text) => text).map(({ group, item }) => ({
      group,
      item: {
        ...item,
        choices: item.choices.map((one) => (one.right ? one : { ...one, text: `never ${one.text}` })),
      },
    }))
    expect(guessedShare(never)).toBeGreaterThan(0.8)
  })

  it('finds a key by its longer words, where wrong choices were made as long by small ones', () => {
    const random = seeded(3)
    const words = (long: boolean, count: number) =>
      Array.from({ length: count }, () => Math.floor(random() * 900 + 100)).map((n) =>
        `x${n.toString(36)}`.padEnd(long ? 11 : 5, 'a'),
      )
    const padded = items(200, (text) => text).map(({ group, item }) => ({
      group,
      item: {
        ...item,
        choices: item.choices.map((one) => ({
          ...one,
          text: words(one.right, one.right ? 6 : 12).join(' '),
        })),
      },
    }))
    expect(guessedShare(padded)).toBeGreaterThan(0.8)
  })

  it('says the same of the same questions, and nothing of none', () => {
    const some = items(120, (text) => text)
    expect(guessedShare(some)).toBe(guessedShare(some))
    expect(guessedShare([])).toBe(0)
  })

  it('is an error of a large pack with an exam, which names its figure', { tags: ['slow'] }, async () => {
    const questions = items(220, (text) => `${text} 42`).map(({ item }, nth) =>
      QUESTIONS.replace('canary-first', `canary-${nth}`)
        .replace('concept: canary', `concept: c${Math.floor(nth / 2)}`)
        .replace('What goes first?', `What goes first, in case ${nth}?`)
        .replace(
          / {2}choices:\n(?: {4}.*\n)+/,
          `  choices:\n${item.choices.map(({ text, right }) => `    - { text: "${text}", right: ${right} }\n`).join('')}`,
        ),
    )
    const { bank } = await load({
      'p/one/canary.questions.yaml': questions.slice(0, 110).join(''),
      'p/one/more.questions.yaml': questions.slice(110).join(''),
    })
    expect(measureHabits(bank).guessed).toBeGreaterThan(0.8)
    expect(checkHabits(bank)).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: expect.stringMatching(/^who looks at form alone finds the key of \d+ % .*; at most 30 %/),
      }),
    )
  })
})

describe('how alike choices are', () => {
  it('is told by the words that they share', () => {
    const texts = [
      'keep all logs in one bucket',
      'keep all logs in two buckets',
      'keep no logs',
      'train again',
    ]
    expect(texts.map((_, place) => isLeastAlike(texts, place))).toEqual([false, false, false, true])
    expect(texts.map((_, place) => isInClosestPair(texts, place))).toEqual([true, true, false, false])
  })
})

describe('the places of right choices', () => {
  it('tell nothing where several are right, over many such items', async () => {
    const { bank } = await load({ 'p/one/canary.questions.yaml': QUESTIONS })
    const [question] = bank.questions
    if (!question) throw new Error('no question')
    const many = (places: (nth: number) => readonly number[]) => ({
      ...bank,
      questions: Array.from({ length: 200 }, (_, nth) => ({
        ...question,
        kind: 'response' as const,
        stem: `Which two go first, in case ${nth}?`,
        choices: [0, 1, 2, 3, 4].map((i) => ({
          text: `choice ${i}`,
          right: places(nth).includes(i),
          why: '',
        })),
      })),
    })
    const found = checkHabits(many(() => [0, 1])).map(({ message }) => message)
    expect(found).toContain('choice 1 is right in 100 % of the response items; 35 to 45 % is even')
    expect(found).toContain('choice 5 is right in 0 % of the response items; 35 to 45 % is even')
    expect(checkHabits(many((nth) => [nth % 5, (nth + 2) % 5]))).toEqual([])
  })
})
