/** English: common words of questions on any subject, word endings, and phrases that ask for a comparison. */
import { EVERYDAY_WORDS } from './english-everyday.js'
import type { Language } from './language.js'

const FUNCTION_WORDS = `a about after all also am an and any anybody anyone are as at be been before being
  between both but by can cannot could did do does doing done goes going gone each either else even ever
  every for from had has have having he her here him his how however i if in instead into is it its just
  like may me might more most much must my neither no nor not now of off on once one only onto or other our
  out over own per she should since so some someone something still such than that the their them then there
  these they this those though through to too under until up upon us was way we were what whats when where
  whether which while who whom whose why will with within without would yes yet you your dont doesnt im ive
  id cant isnt`

/** Words that frame a question; they do not say what it is about. */
const ASKING_WORDS = `anything available best compare compared comparison define definition describe
  difference differences differ does example examples exactly explain explanation find get give go good
  happen happens hello help hey hi info information kind know learn let look make mean meaning means need
  overview people please question really say service services show somebody stuff take tell thank thanks
  thing things think understand use used useful user users using v versus vs want work works`

/**
 * Words of everyday questions on any subject. They help to find a topic, but a question is never about them.
 */
const LIGHT_WORDS = `able add allow already always automatic automatically avoid back bad become begin
  better big bring build can change cheap cheapest check choose close come connect contain create day delete
  directly easily easy enable end enough enter fast faster few first full gets got hard happens having hold
  inside keep kept kinds last less like list little live long longest lot many maximum minimum mine months
  needed never new next night nobody number off often old open option options part pick possible put quick
  quickly real receive remove require required run running runs same see send set setup several simple
  single slow small soon sort start starts stop support supported supports sure time times together try turn
  type types ways well whole without write year years`

/** Everyday words that people use interchangeably; the notes often have another one than the question. */
const KIN = `
  chain sequence series row
  charge cost price pay fee bill
  copy mirror duplicate replicate
  degrade worse drop decline deteriorate
  delete remove clean disappear vanish
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
  create make generate
  restart reboot relaunch
  block prevent forbid refuse
  guard protect
  place location
  photo photograph picture
  show display
  buy purchase
  allow permit let
  test check evaluate validate
`

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(?<![sui])s$/, ''],
  [/(?<=.{4})(ations?|ating|ated|ate|ator)$/, ''],
  [/(?<=.{4})(ments?|er)$/, ''],
  [/(?<=.{4}|[aeiouy][^aeiouy])(ing|(?<!e)ed)$/, ''],
  [/e$/, ''],
  [/([bdgklmnprt])\1$/, '$1'],
]
const MIN_STEM = 3
/** Words that end in `s` but are singular. */
const SINGULAR = new Set('alias atlas bias canvas chaos gas lens news savings'.split(' '))

/** Reduces two spellings to one: `colour` and `color`, `normalise` and `normalize`. */
const oneSpelling = (word: string) =>
  word.replace(/(?<=.{3})our(?=s?$|ed$|ing$)/, 'or').replace(/(?<=.{3})iz(?=e[sd]?$|ing$|ations?$)/, 'is')

/**
 * Returns a light stem: it need not be a word, only the same for `deploy`, `deploys`, `deployed`, and
 * `deployment`.
 */
function stem(word: string): string {
  if (word.length <= MIN_STEM || SINGULAR.has(word) || /\p{N}/u.test(word)) return word
  return ENDINGS.reduce((current, [ending, instead]) => {
    const next = current.replace(ending, instead)
    return next.length >= MIN_STEM ? next : current
  }, oneSpelling(word))
}

export const ENGLISH: Language = {
  functionWords: FUNCTION_WORDS,
  askingWords: ASKING_WORDS,
  lightWords: LIGHT_WORDS,
  everydayWords: EVERYDAY_WORDS,
  questionWords:
    'how what whats why when where which who whose is are do does did can could should would will must may has have',
  kin: KIN,
  stem,
  fold: (text) => text,
  nounsAreCapital: false,
  comparing: {
    compares:
      /\b(?:vs?|versus|differs?|differences?|different (?:from|than|to)|compare[sd]?|comparing|comparison)\b/,
    chooses: /\b(?:or|instead of|rather than|better than|and when)\b/,
    lists: /\b(?:and|or)\b|[,/&]/,
    between: /\b(?:vs?|versus|and|or|with|to|from|than)\b|[,;?/&]/g,
    opening:
      /^.*?\b(?:differ(?:s|ences?|ent)?(?: between)?|compar(?:e[sd]?|ing)(?: between)?|comparison (?:of|between))\b/,
  },
}
