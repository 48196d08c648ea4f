/** Reads a sent form: the question in it, and advice before it goes to review. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Bank } from '../../content/bank.js'
import { itemsOf } from '../../content/item-writing.js'
import { adviceOn, readWritten, type WrittenProblem, type WrittenQuestion } from '../../content/written.js'
import { UserError } from '../../core/errors.js'
import type { Question, Topic } from '../../core/model.js'
import { sentence } from '../../core/text.js'
import { createGists, type Gist, isAlike } from '../../search/similar.js'
import type { Deps } from '../deps.js'
import type { FormValues } from '../ports/chat.js'
import type { LoadedPack } from '../ports/packs.js'
import { field } from '../ui/action.js'
import { clean } from '../ui/clean.js'
import { refusedError } from './access.js'

/**
 * Throws a `UserError` that names the first field with a mistake. `from`: the pack of its topic, or the
 * topics that it keeps.
 */
export function readForm(form: FormValues, from: LoadedPack | readonly string[]): WrittenQuestion {
  const topics = 'bank' in from ? topicsIn(clean(field(form, 'topic')), from) : from
  const text = (name: string) => clean(field(form, name))
  const item = readWritten({ stem: text('stem'), options: text('options'), reasons: text('reasons') })
  if ('message' in item) throw new UserError(item.message, item.field)
  return { topics, item, source: text('source').slice(0, MAX_SOURCE) }
}

/** The same limit as in `written.ts`. */
const MAX_SOURCE = 500
const NEAR = 3

function topicsIn(given: string, pack: LoadedPack): readonly string[] {
  const topic = readTopic(given, pack)
  return topic ? [topic.slug] : []
}

/** Undefined if the pack has no topics. */
function readTopic(given: string, { bank, search }: LoadedPack): Topic | undefined {
  if (bank.topics.length === 0) return undefined
  if (given === '') throw new UserError('Say which topic it is about.', 'topic')
  const titled = bank.topics.find(({ title, slug }) =>
    [title.toLowerCase(), slug].includes(given.toLowerCase()),
  )
  const found = titled ? undefined : search.find(given)
  const topic = titled ?? (found?.match === 'topic' ? bank.topic(found.topics[0]?.slug ?? '') : undefined)
  if (topic) return topic
  const near = (found?.topics ?? []).slice(0, NEAR).map(({ title }) => sentence`${title}`)
  throw new UserError(
    near.length > 0
      ? sentence`"${given}" is no topic here. Do you mean ${near.join(', ')}?`
      : sentence`"${given}" is no topic here. /explain finds those that are.`,
    'topic',
  )
}

export interface Review {
  readonly advice: readonly WrittenProblem[]
  /** Stems of questions that ask nearly the same. */
  readonly alike: readonly string[]
}

const SHOWN = 3
/** Questions compared without a pause: this takes a millisecond or two. */
const AT_ONCE = 500

/**
 * `except`: the question of which this is a new version. Throws a `UserError` if a question with exactly
 * these words exists.
 */
export async function reviewOf(
  { item }: WrittenQuestion,
  where: { readonly pack: LoadedPack; readonly team: number; readonly except?: number },
  deps: Deps,
): Promise<Review> {
  const others = await deps.store.questionsOfTeam(where.team)
  const ofTeam = others.filter(({ id }) => id !== where.except).map((one) => one.content.item.stem)
  const gistOf = gistsIn(where.pack)
  const gist = gistOf(item.stem)
  const alike = ofTeam.filter((stem) => isAlike(gist, gistOf(stem)))
  const { questions } = where.pack.bank
  for (let from = 0; from < questions.length; from += AT_ONCE) {
    const stems = questions.slice(from, from + AT_ONCE).flatMap((one) => stemsOf(one, gistOf))
    alike.push(...stems.filter((one) => isAlike(gist, one.gist)).map(({ stem }) => stem))
    await turn()
  }
  if (alike.some((stem) => stem.toLowerCase() === item.stem.toLowerCase())) throw refusedError('same')
  return { advice: adviceOn(item), alike: alike.slice(0, SHOWN) }
}

type GistOf = (text: string) => Gist
const ofPacks = new WeakMap<Bank, GistOf>()

/** Prepares the words of a language once per pack. */
function gistsIn({ bank }: LoadedPack): GistOf {
  const known = ofPacks.get(bank) ?? createGists(bank.pack.vocabulary, bank.pack.language)
  ofPacks.set(bank, known)
  return known
}

interface Stem {
  readonly stem: string
  readonly gist: Gist
}
const gists = new WeakMap<Question, readonly Stem[]>()

/** Computed once per question; an item of a case includes its scenario. */
function stemsOf(question: Question, gistOf: GistOf): readonly Stem[] {
  const known = gists.get(question)
  if (known) return known
  const scenario = question.kind === 'case' ? `${question.scenario} ` : ''
  const stems = itemsOf(question).map(({ stem }) => ({ stem, gist: gistOf(`${scenario}${stem}`) }))
  gists.set(question, stems)
  return stems
}
