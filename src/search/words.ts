/** Everyday words of English questions, whatever the notes are about, and what a subject adds to them. */
import type { Vocabulary } from '../core/model.js'
import { stem } from './text-match.js'

const FUNCTION_WORDS = `a about after all also am an and any anybody anyone are as at be been before being
  between both but by can cannot could did do does doing done goes going gone each either else even ever
  every for from had has have having he her here him his how however i if in instead into is it its just
  like may me might more most much must my neither no nor not now of off on once one only onto or other our
  out over own per she should since so some someone something still such than that the their them then there
  these they this those though through to too under until up upon us was way we were what whats when where
  whether which while who whom whose why will with within without would yes yet you your dont doesnt im ive
  id cant isnt`

/** Words in which a question is wrapped; they tell nothing about what is asked. */
const ASKING_WORDS = `anything available best compare compared comparison define definition describe
  difference differences differ does example examples exactly explain explanation find get give go good
  happen happens hello help hey hi info information kind know learn let look make mean meaning means need
  overview people please question really say service services show somebody stuff take tell thank thanks
  thing things think understand use used useful user users using v versus vs want work works`

const STOP_WORDS = new Set(`${FUNCTION_WORDS} ${ASKING_WORDS}`.split(/\s+/))

/**
 * Words of everyday questions about anything. They help to find a topic, but a question is never about them.
 */
const LIGHT_WORDS = new Set(
  `able add allow already always automatic automatically avoid back bad become begin better big bring build
  can change cheap cheapest check choose close come connect contain create day delete directly easily easy
  enable end enough enter fast faster few first full gets got hard happens having hold inside keep kept
  kinds last less like list little live long longest lot many maximum minimum mine months needed never new
  next night nobody number off often old open option options part pick possible put quick quickly real
  receive remove require required run running runs same see send set setup several simple single slow small
  soon sort start starts stop support supported supports sure time times together try turn type types ways
  well whole without write year years`.split(/\s+/),
)

/** Everyday words that people use for one another; the one asked with is often not the one in the notes. */
const KIN = `
  chain sequence series row
  charge cost price pay fee bill
  copy mirror duplicate replicate
  degrade worse drop decline deteriorate
  delete remove clean
  denied refused forbidden
  detect notice discover
  directory folder path
  distribute split divide share
  error fail failure crash
  fast speed latency quick
  gradual gradually step increment
  immediately instantly once
  large big huge
  launch start trigger invoke fire
  limit quota maximum
  monitor watch track observe
  percent percentage share part portion
  permission access grant rights
  pick choose select recommend
  shift send route move switch
  stop end terminate
  store keep save hold
  test check evaluate validate
`

/** The words of questions about one subject. */
export interface Lexicon {
  isStopWord(word: string): boolean
  isLightWord(word: string): boolean
  isMaker(word: string): boolean
  /** Stems that say much the same as a stem. */
  kinOf(term: string): ReadonlySet<string>
}

const NO_KIN: ReadonlySet<string> = new Set()

export function createLexicon({ makers, synonyms }: Vocabulary): Lexicon {
  const names = new Set(makers.map((name) => name.toLowerCase()))
  const stopWords = new Set([...STOP_WORDS, ...names])
  const kin = new Map<string, Set<string>>()
  const everyday = KIN.trim()
    .split('\n')
    .map((line) => line.trim().split(' '))
  for (const words of [...everyday, ...synonyms]) {
    const group = words.map((word) => stem(word.toLowerCase()))
    for (const term of group)
      kin.set(term, new Set([...(kin.get(term) ?? []), ...group.filter((other) => other !== term)]))
  }
  return {
    isStopWord: (word) => stopWords.has(word),
    isLightWord: (word) => LIGHT_WORDS.has(word),
    isMaker: (word) => names.has(word),
    kinOf: (term) => kin.get(term) ?? NO_KIN,
  }
}
