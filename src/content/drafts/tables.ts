/** Makes matchings from a table: its first column with the other column that distinguishes its rows best. */
import type { MatchingItem, Passage, Topic } from '../../core/model.js'
import type { Text } from '../../core/text.js'
import { LONGEST } from '../longest.js'
import { type DraftQuestion, draftOf } from './draft.js'
import type { Keywords } from './keywords.js'
import { clean, isLinks, sentencesWithin, subjectOf, withoutStop } from './texts.js'

type Table = Extract<Passage, { kind: 'table' }>

const MAX_PROMPT = 160
const MAX_PAIRS = 6
const MIN_PAIRS = 3

/** Matches tables about an exam, rather than about what it asks. */
const ABOUT_EXAM =
  /\bexam\b.*\b(?:domains?|weight\w*|guide|format|info\w*|details|facts|overview|topics|objectives)\b/i

export function tableDrafts(topic: Topic, keywords: Keywords): DraftQuestion[] {
  if (ABOUT_EXAM.test(topic.title)) return []
  const names = new Map<string, number>()
  return topic.details.flatMap((passage) => {
    if (passage.kind !== 'table') return []
    const best = bestColumn(passage, topic, keywords)
    if (!best) return []
    const key = `${best.head} | ${best.other}`
    const nth = names.get(key) ?? 0
    names.set(key, nth + 1)
    return parts(best.pairs).flatMap((pairs, i): DraftQuestion[] => {
      if (different(pairs) < 2) return []
      const item: MatchingItem = { kind: 'matching', stem: stemOf(best, topic), pairs, spare: [] }
      const name = best.isAspect ? best.other : topic.title
      return [draftOf(topic, `${key} ${nth} ${i}`, name, item)]
    })
  })
}

type Pairs = MatchingItem['pairs']

interface Column {
  /** The names for the prompts and for the answers. */
  readonly head: string
  readonly other: string
  readonly isAspect: boolean
  readonly pairs: Pairs
}

/** Matches the name of a column that only counts the rows. */
const COUNTER = /^(?:#|nr?\.?|no\.?|s\.?\s?no\.?|sr\.?|id|priority|order|rank|step|)$/i
/** Columns whose rows do not belong together, or that plan a course. */
const NO_PAIRS =
  /^(?:pros?|cons?|advantages?|disadvantages?|do|don['’]?ts?|do['’]?s|weeks?|days?|dates?|lectures?|modules?|chapters?|lessons?|sessions?|links?|urls?|resources?|videos?|status|done|notes?|author|you|customers?|provider|before|after|old|new|weight(?:age)?|% of exam|score|file|slides)$/i
const ASPECT =
  /^(?:|aspects?|features?|characteristics?|criteri(?:a|on)|propert(?:y|ies)|attributes?|parameters?|factors?|category|dimensions?|basis|points?|difference|merkmal|eigenschaft)$/i

function bestColumn({ header, rows }: Table, topic: Topic, keywords: Keywords): Column | undefined {
  const heads = header.map(clean)
  const first = COUNTER.test(heads[0] ?? '') && isCounted(rows) ? 1 : 0
  if (hasNoPairs(heads[first] ?? '', keywords)) return undefined
  const columns = heads.flatMap((_head, i) =>
    i > first ? column(heads, rows, first, i, topic, keywords) : [],
  )
  return columns.toSorted((a, b) => b.pairs.length - a.pairs.length)[0]
}

/** The column of a maker says what is theirs to do. */
const hasNoPairs = (head: string, { isMaker }: Keywords) => NO_PAIRS.test(head) || isMaker(head)

const isCounted = (rows: Table['rows']) => rows.every(([cell = []]) => /^\W*\d*\W*$/.test(clean(cell)))

function column(
  heads: readonly string[],
  rows: Table['rows'],
  first: number,
  at: number,
  topic: Topic,
  keywords: Keywords,
): Column[] {
  const [head = '', other = ''] = [heads[first], heads[at]]
  if (hasNoPairs(other, keywords)) return []
  const isAmount = rows.every((row) => /^[\d.,\s%$€~<>≈-]*$/.test(clean(row[at] ?? [])))
  if (isAmount && !/port|code|number|year|limit|layer/i.test(other)) return []
  const isAspect = heads.length > first + 2 && ASPECT.test(head)
  const cells = rows.flatMap((row) => cellsOf(row[first], row[at]))
  const isShort = cells.every((cell) => cell.second.length <= LONGEST.answer)
  const turned = cells.map(({ first, second }) => ({ first: second, second: first }))
  const pairs = isShort ? pairsOf(cells, false, keywords) : pairsOf(turned, true, keywords)
  const isWhole = pairs.length >= MIN_PAIRS && pairs.length >= 0.6 * rows.length
  if (!isWhole || different(pairs) < Math.min(MIN_PAIRS, pairs.length) || isAspectOf(isAspect, isShort))
    return []
  const named = topic.title === other ? '' : other
  return [isShort ? { head, other: named, isAspect, pairs } : { head: other, other: head, isAspect, pairs }]
}

/** Many aspects of a single thing make no sense the other way round. */
const isAspectOf = (isAspect: boolean, isShort: boolean) => isAspect && !isShort

interface Cells {
  readonly first: string
  readonly second: string
}

const EMPTY = /^[\W_]*$|^(?:n\/?a|none|tbd|see .*|yes|no|ja|nein|true|false)$/i

function cellsOf(one: Text | undefined, two: Text | undefined): Cells[] {
  if (!one || !two || isLinks(two)) return []
  const [first, second] = [withoutStop(clean(one)), withoutStop(clean(two))]
  if (EMPTY.test(first) || EMPTY.test(second) || /https?:\/\//.test(first + second)) return []
  return [{ first, second }]
}

/** Returns the pairs without those that give their answer away. `isTurned`: the answer is the row's name. */
function pairsOf(cells: readonly Cells[], isTurned: boolean, keywords: Keywords): Pairs {
  const prompts = new Set<string>()
  const answers = cells.map(({ second }) => second)
  const spelt = new Map<string, string>()
  return cells.flatMap(({ first, second }): Pairs[number][] => {
    const whole = sentencesWithin(first, MAX_PROMPT)
    const others = answers.filter((one) => one !== second)
    const prompt =
      whole === undefined ? undefined : isTurned ? keywords.blanked(whole, second, others) : whole
    if (prompt === undefined || second.length > LONGEST.answer || isPositional(prompt + second)) return []
    if (!isTurned && tells(prompt, second, answers, keywords)) return []
    if (keywords.isInitials(second, first) || keywords.isInitials(first, second)) return []
    if (prompts.has(prompt.toLowerCase())) return []
    prompts.add(prompt.toLowerCase())
    const answer = spelt.get(second.toLowerCase()) ?? second
    spelt.set(answer.toLowerCase(), answer)
    return [{ prompt: withoutStop(prompt), answer, why: prompt === first ? '' : first.slice(0, LONGEST.why) }]
  })
}

/** Words in common give an answer away, unless most answers have them. */
function tells(prompt: string, answer: string, answers: readonly string[], { shared }: Keywords): boolean {
  return shared(prompt, answer).some(
    (word) => answers.filter((other) => shared(other, word).length > 0).length <= answers.length / 2,
  )
}

const isPositional = (text: string) =>
  /\b(?:of the above|option [A-H]|choice [A-H]|answer [A-H])\b/i.test(text)

const different = (pairs: Pairs) => new Set(pairs.map(({ answer }) => answer)).size

/** Splits the pairs into parts of nearly the same length, none with fewer than three. */
function parts(pairs: Pairs): Pairs[] {
  const count = Math.ceil(pairs.length / MAX_PAIRS)
  const size = Math.ceil(pairs.length / count)
  return Array.from({ length: count }, (_, i) => pairs.slice(i * size, (i + 1) * size)).filter(
    (part) => part.length >= MIN_PAIRS,
  )
}

function stemOf({ head, other, isAspect }: Column, topic: Topic): string {
  const title = subjectOf(topic.title)
  if (isAspect && other !== '') return `${title}: match each point with what holds for ${other}.`
  const [one, two] = [lower(head), lower(other)]
  if (one === '' || two === '' || Math.max(one.length, two.length) > MAX_HEAD)
    return `${title}: match what belongs together.`
  if (isMany(one) || isMany(two) || PHRASE.test(two)) return `${title}: match ${one} and ${two}.`
  return `${title}: match each ${one} with its ${two}.`
}

const MAX_HEAD = 40
const PHRASE = /^(?:best|good|ideal|used?|when|you|we|what|why|how|who|where)\b(?! case$)/i

/** Names keep their capitals. */
const lower = (head: string) =>
  /^\p{Lu}\p{Ll}+(?:[ /-]\p{L}?\p{Ll}*)*$/u.test(head) ? head.toLowerCase() : head
const isMany = (head: string) => /[^siu]s$/i.test(head) || /[,&/()]| and /.test(head)
