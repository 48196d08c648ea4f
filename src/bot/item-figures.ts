/** How hard items are, and which look wrong: computed every night, and before they are listed. */
import { inWords } from '../core/answer-in-words.js'
import { guessOfItem } from '../core/guess.js'
import { instantiate } from '../core/instantiate.js'
import { type ItemAnswer, type ItemStats, itemStats, startOf } from '../core/items.js'
import type { ItemInstance, Question } from '../core/model.js'
import { isoWeek, localDate } from '../core/schedule.js'
import type { Deps } from './deps.js'
import type { FirstAnswer, ItemKey } from './ports/item-figures.js'

/** The most answers counted in one transaction, and the most questions read in one statement. */
const [ANSWERS, QUESTIONS] = [500, 50]

type From = Pick<Deps, 'store' | 'questions' | 'packs' | 'clock'> & { readonly stop?: AbortSignal }

export interface ItemFigure extends ItemKey, ItemStats {
  /** Its rating; undefined while no answer is counted. */
  readonly d: number | undefined
}

/**
 * Counts all new answers, and once a week centres the scale. Stops when told to, and continues the next time.
 */
export async function rateItems({ store, questions, clock, stop }: From): Promise<void> {
  await questions.catchUp()
  const itemOf = ({ question: id, item }: ItemKey) => {
    const question = questions.question(id)
    return (
      question && {
        ...{ pack: question.pack, guess: guessOfItem(question, item) },
        start: startOf(question.difficulty),
      }
    )
  }
  do {
    if (stop?.aborted) return
  } while (await store.countFirstAnswers(clock(), ANSWERS, itemOf))
  await store.centreItems(isoWeek(localDate(clock(), 'UTC')))
}

/** Stores flags for the reports of teams; runs every night. */
export async function flagItems(deps: From): Promise<void> {
  await rateItems(deps)
  for (const { bank } of deps.packs.all)
    for await (const figures of figuresOf(bank.pack.id, bank.questions, deps)) {
      if (deps.stop?.aborted) return
      await deps.store.saveFlags(
        figures.map(({ question, version, item, flags }) => ({ question, version, item, flags })),
      )
    }
}

/** Yields the figures of the current versions of the questions, in batches. */
export async function* figuresOf(
  pack: string,
  all: readonly Question[],
  { store }: Pick<Deps, 'store'>,
): AsyncGenerator<ItemFigure[]> {
  const ratings = new Map((await store.itemRatings(pack)).map((one) => [keyOf(one), one.value]))
  for (let from = 0; from < all.length; from += QUESTIONS) {
    const part = all.slice(from, from + QUESTIONS)
    const answers = await store.firstAnswers(
      pack,
      part.map(({ id }) => id),
    )
    yield part
      .flatMap((question) => statsOf(question, answers))
      .map((one) => ({ ...one, d: ratings.get(keyOf(one)) }))
  }
}

const keyOf = ({ question, version, item }: ItemKey) => JSON.stringify([question, version, item])

function statsOf(question: Question, all: readonly FirstAnswer[]): (ItemKey & ItemStats)[] {
  const { id, version } = question
  const own = all.filter((one) => one.question === id && one.version === version)
  const instances = new Map<number, readonly ItemInstance[]>()
  const itemsOf = (seed: number) => {
    const known = instances.get(seed) ?? instantiate(question, seed).items
    instances.set(seed, known)
    return known
  }
  return itemsOf(0).map((posed, item) => {
    const answers = own
      .filter((one) => one.item === item)
      .flatMap((one): ItemAnswer[] => {
        const shown = itemsOf(one.seed)[item]
        return shown ? [{ theta: one.theta, right: one.right, ...inWords(shown, one.answer) }] : []
      })
    // A template has other numbers in every instance.
    const isFixed = question.kind !== 'template'
    const options = isFixed && isChosen(posed) ? posed.options.map(({ text }) => text) : []
    const key = isFixed ? inWords(posed, posed.key).answer : undefined
    return { question: id, version, item, ...itemStats(answers, options, key) }
  })
}

const isChosen = ({ kind }: ItemInstance) => kind === 'choice' || kind === 'response'
