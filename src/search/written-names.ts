/** The names of a topic: its title, its slug, its aliases, and shorter forms of these. */
import type { Lexicon } from './lexicon/lexicon.js'
import { isPicture, isSigned, squash } from './tokens.js'

export interface Named {
  readonly slug: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly section?: string
}

/** Kinds of names, best first: a title takes precedence over another topic's alias of the same spelling. */
export const RANK = { title: 0, slug: 1, alias: 2, shortened: 3, stemmed: 4, initials: 5 } as const
export const RANK_SCORES = [1, 1, 0.98, 0.95, 0.93, 0.85]
const MIN_INITIALS = 3

export interface WrittenName {
  readonly tokens: readonly string[]
  readonly rank: number
  /**
   * Whether it is a name only together with its maker: `acme-rocket` is a package of Acme's, not a rocket.
   */
  readonly isWhole?: boolean
}

export function writtenNames({ title, slug, aliases }: Named, lexicon: Lexicon): WrittenName[] {
  const { words } = lexicon
  const called = words(title)
  const address = words(slug)
  // Slugs have no signs: that of `C++` may be `c`, or `c-2`, which is not a name of it.
  const isName = !called.some(isSigned) || squash(address) === squash(called)
  return [
    { tokens: called, rank: RANK.title },
    ...(isName ? [{ tokens: address, rank: RANK.slug }] : []),
    ...aliases.map((alias) => ({
      tokens: words(alias),
      rank: RANK.alias,
      isWhole: isPackage(alias, lexicon),
    })),
  ].flatMap(withoutPictures)
}

/** Returns a name as it is, and also without pictures that decorate it. */
function withoutPictures(name: WrittenName): WrittenName[] {
  const spoken = name.tokens.filter((token) => !isPicture(token))
  const isDecorated = spoken.length > 0 && spoken.length < name.tokens.length
  return [name, ...(isDecorated ? [{ ...name, tokens: spoken }] : [])]
}

/** Whether the alias is a single word joined to the maker by a hyphen. */
function isPackage(alias: string, { isMaker, words }: Lexicon): boolean {
  const [maker = '', ...others] = alias.split('-')
  return others.length > 0 && !/\s/.test(alias) && words(maker).every(isMaker)
}

export interface NameKey {
  readonly key: string
  readonly rank: number
}

/** Returns the name as written, and without its maker. */
export function spelledKeys(name: WrittenName, lexicon: Lexicon): NameKey[] {
  const { tokens, rank } = name
  const bare = bareOf(name, lexicon)
  const short = bare.length < tokens.length ? [{ key: squash(bare), rank: RANK.shortened }] : []
  return [{ key: squash(tokens), rank }, ...short]
}

/** Returns other forms of the name: its stems, and its initials. */
export function derivedKeys(name: WrittenName, lexicon: Lexicon): NameKey[] {
  const bare = bareOf(name, lexicon)
  // "Register a model" is not called RAM.
  const initials =
    bare.length >= MIN_INITIALS && !bare.some(lexicon.isStopWord)
      ? [{ key: bare.map((word) => word[0]).join(''), rank: RANK.initials }]
      : []
  return [{ key: squash(bare.map(lexicon.stem)), rank: RANK.stemmed }, ...initials]
}

const bareOf = ({ tokens, isWhole = false }: WrittenName, lexicon: Lexicon) =>
  isWhole ? tokens : withoutMaker(tokens, lexicon)

/** Turns "Acme Rocket Neo" into "Neo" if the first two are makers; "Rocket" alone stays. */
export function withoutMaker(tokens: readonly string[], lexicon: Lexicon): readonly string[] {
  const first = afterMaker(tokens, 0, tokens.length, lexicon)
  return first === 0 ? tokens : tokens.slice(first)
}

/** Returns the index of the first word from `from` up to `to` that is not a maker; `from` if all are. */
export function afterMaker(
  tokens: readonly string[],
  from: number,
  to: number,
  { isMaker }: Lexicon,
): number {
  for (let i = from; i < to; i++) if (!isMaker(tokens[i] ?? '')) return i
  return from
}
