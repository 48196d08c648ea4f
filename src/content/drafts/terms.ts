/** Finds terms that notes explain: `**Term**: sentence`, `Term - sentence`, `**Term** is …`. */
import type { Topic } from '../../core/model.js'
import { plain, type Text } from '../../core/text.js'
import { isGeneric } from '../made/titles.js'
import { BLANK, capital, isCode, isLinks, sentencesWithin, tidy } from './texts.js'

export interface Term {
  readonly topic: Topic
  /** The term's list, or the paragraphs between two headings; terms of one group are of a kind. */
  readonly group: string
  readonly name: string
  /** Whether a sentence says what the term is, so that it is clear without the list around it. */
  readonly isDefined: boolean
  /** The complete text that the notes say about it. */
  readonly whole: string
  /** As much of that text as a question has room for. */
  readonly says: string
}

const MAX_NAME = 60
const MAX_WORDS = 6
const MAX_SAYS = 220
const MIN_SAYS = 24

/** Returns the terms of all topics, without those that mean different things in different places. */
export function termsOf(topics: readonly Topic[]): Term[] {
  const all = topics.flatMap(termsIn)
  const counts = new Map<string, number>()
  for (const { name } of all) counts.set(keyOf(name), (counts.get(keyOf(name)) ?? 0) + 1)
  return all.filter(({ name }) => counts.get(keyOf(name)) === 1)
}

export const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim()

function termsIn(topic: Topic): Term[] {
  let heading = 0
  return topic.details.flatMap((passage, i): Term[] => {
    if (passage.kind === 'heading') heading = i
    const next = topic.details[i + 1]
    const isIntroduction = next?.kind === 'list' || next?.kind === 'table' || next?.kind === 'code'
    if (passage.kind === 'text')
      return termIn(topic, `${topic.slug} ${heading}`, passage.text, isIntroduction)
    if (passage.kind === 'list' && !passage.ordered)
      return passage.items.flatMap((item) => termIn(topic, `${topic.slug} list ${i}`, item, false))
    return []
  })
}

function termIn(topic: Topic, group: string, text: Text, isIntroduction: boolean): Term[] {
  if (isLinks(text) || isCode(text)) return []
  const found = afterBold(text) ?? afterSign(tidy(plain(text)), topic)
  if (!found || (isIntroduction && /:$/.test(found.says))) return []
  const name = tidy(found.name).replace(/[\s:;,.]+$/, '')
  const whole = capital(tidy(found.says))
  const says = sentencesWithin(whole, MAX_SAYS)
  if (!isTerm(name) || says === undefined || !isSaying(says)) return []
  return [{ topic, group, name, isDefined: says.startsWith(BLANK), whole, says }]
}

interface Found {
  readonly name: string
  readonly says: string
}

/** Matches verbs after a term with which a sentence says what it is. */
const IS =
  /^(?:is|are|was|were|means|refers to|stands for|provides?|allows?|lets?|enables?|helps?|offers?|defines?|describes?|measures?|stores?|manages?|controls?|represents?|contains?|uses|ist|sind|bedeutet|bezeichnet)\s/

function afterBold(text: Text): Found | undefined {
  const at = text.findIndex((one) => typeof one !== 'string' || tidy(one) !== '')
  const [first, ...rest] = text.slice(at < 0 ? 0 : at)
  if (first === undefined || typeof first === 'string' || !('bold' in first)) return undefined
  const [name, after] = [plain(first.bold), plain(rest)]
  const says = /^\s*(?:\([^)]{1,30}\)\s*)?(?::|[-–—](?=\s)|→|=(?=\s))\s*(.+)$/su.exec(after)?.[1]
  if (says !== undefined) return { name: name + bracket(after), says }
  if (/[:：]\s*$/.test(name) && after.trim() !== '') return { name, says: after }
  const sentence = after.replace(/^\s*\([^)]{1,30}\)/, '').trimStart()
  return IS.test(sentence) ? { name: name + bracket(after), says: `${BLANK} ${sentence}` } : undefined
}

/** Returns a short form after the term, since it belongs to it. */
function bracket(after: string): string {
  const [, short] = /^\s*(\([A-Za-z0-9/ -]{2,14}\))/.exec(after) ?? []
  return short === undefined ? '' : ` ${short}`
}

function afterSign(line: string, topic: Topic): Found | undefined {
  const defined = afterTitle(line, topic)
  if (defined) return defined
  const [, name, says] = /^([^:.!?]{2,60}?)(?::\s+|\s+[-–—]\s+|\s+→\s+)(.+)$/su.exec(line) ?? []
  return name !== undefined && says !== undefined && /^[\p{Lu}\p{N}.]/u.test(name)
    ? { name, says }
    : undefined
}

/** Returns the topic's title as a term if a sentence says what it is. */
function afterTitle(line: string, { title }: Topic): Found | undefined {
  const name = title.replace(/\s*\(.*$/, '')
  const lower = line.toLowerCase()
  const article = ['', 'the ', 'a ', 'an '].find((one) => lower.startsWith(`${one}${name.toLowerCase()} `))
  if (article === undefined) return undefined
  const sentence = line.slice(article.length + name.length).trimStart()
  return IS.test(sentence) ? { name, says: `${BLANK} ${sentence}` } : undefined
}

// ---- texts that are not terms, or say nothing -----------------------------------------

/** Labels of the text that follows, which are not names. */
const LABEL =
  /^(?:notes?|examples?|e\.?g|i\.?e|tips?|hints?|warning|caution|important|remember|reminder|use cases?|usage|used (?:for|by|with|in)|best (?:for|practices?)|good for|ideal for|benefits?|features?|key .*|main .*|common .*|other .*|additional .*|advantages?|disadvantages?|pros?|cons?|drawbacks?|limits?|limitations?|pricing|price|costs?|purpose|goals?|objectives?|definition|description|summary|overview|details?|result|results|output|input|default|defaults|by default|free tier|formula|syntax|command|answer|question|solution|problem|reason|why|meaning|in short|tl;?dr|fun fact|pro tip|exam .*|related|source|sources|reference|references|link|links|docs?|documentation|official .*|more .*|further .*|see .*|author|date|updated|version|status|title|topic|name|type|types|options?|requirements?|prerequisites?|deprecated|new|update|todo|faq|analogy|rule of thumb|scenario|context|scope|focus|characteristics?|properties|how .*|when .*|what .*|where .*|who .*|which .*|if .*|for .*|to .*|in .*|on .*|by .*|with .*|can .*|must .*|should .*|do .*|don['’]t .*|you .*|your .*|it .*|this .*|these .*|there .*|they .*|we .*|beispiele?|hinweis|wichtig|achtung|vorteile?|nachteile?|merke|quelle|siehe .*)$/i
const NUMBERED =
  /^(?:step|phase|part|chapter|module|lesson|level|day|week|month|year|option|case|figure|table|section|lab|exercise|task|question|example|tier|stage|schritt|teil|kapitel|q|v|version)\s*[\divx]+\b/i

function isTerm(name: string): boolean {
  const words = name.split(' ')
  return (
    name.length <= MAX_NAME &&
    words.length <= MAX_WORDS &&
    (name.match(/\p{L}/gu)?.length ?? 0) >= 2 &&
    /^[\p{L}\p{N}.]/u.test(name) &&
    !/[?!|"“”_=<>{}]|https?:|\.\s|,.*,/.test(name) &&
    !/\b(?:is|are|was|were|will|has|have|can|cannot|must|should|not|your?|our|we|its?|vs)\b/i.test(name) &&
    !/\s\+\s|\b(?:detects|includes?|supports?|provides?|uses?|allows?|requires?|contains?|optional)\)?$/.test(
      name,
    ) &&
    !LABEL.test(name) &&
    !NUMBERED.test(name) &&
    !isGeneric(name) &&
    balanced(name)
  )
}

const balanced = (text: string) => text.split('(').length === text.split(')').length

const POINTER =
  /^(?:____ )?(?:see\b|read\b|click\b|check\b|refer\b|visit\b|https?:|www\.|same\b|like above|as above|ditto|similar\b|tbd\b|todo\b|n\/a\b|yes\b|no\b|siehe\b)/i
/** Matches text that makes sense only with the text around it. */
const BESIDE =
  /\b(?:above|below|following|as mentioned|previous(?:ly)?|earlier|here)\b|^(?:____ )?(?:but|and|or|also|however|so|then|otherwise)\b/i

function isSaying(says: string): boolean {
  const words = says.split(' ')
  return (
    says.length >= MIN_SAYS &&
    words.length >= 5 &&
    !/[?:]$/.test(says) &&
    !/https?:\/\/|www\.|\$\$|\]\(/.test(says) &&
    !POINTER.test(says) &&
    !BESIDE.test(says) &&
    !/^(?!____)[^.,;]{2,40}:\s|…|\.\.\./.test(says) &&
    !isEnumeration(says) &&
    plainWords(says) >= MIN_PLAIN &&
    says.replace(/[^\p{L}]/gu, '').length > says.length * 0.6 &&
    balanced(says)
  )
}

/** Examples or parts say little about what a thing is. */
function isEnumeration(says: string): boolean {
  const parts = withoutBrackets(says).split(/,|\band\b|\bor\b|\bund\b/)
  return parts.length >= 3 && parts.every((part) => part.trim().split(' ').length <= 3)
}

const MIN_PLAIN = 3
/** Returns the number of different words that are not names. */
const plainWords = (says: string) =>
  new Set(withoutBrackets(says).match(/(?<![\p{L}\p{N}-])\p{Ll}{3,}/gu) ?? []).size

const withoutBrackets = (says: string) => says.replace(/\([^)]*\)/g, '')
