/** The card of `/explain`. */
import type { Bank } from '../../content/bank.js'
import type { Comparison, Pack, Passage, Topic } from '../../core/model.js'
import { isolated, sentence } from '../../core/text.js'
import {
  type Block,
  type Button,
  bold,
  bullets,
  button,
  buttons,
  type Card,
  code,
  heading,
  note,
  text,
} from '../ui/card.js'
import { topicIds } from '../ui/ids.js'
import { topicsRef } from '../ui/params.js'
import { skillsNote } from './skills.js'
import { sourceNote } from './sources.js'

const MAX_RELATED = 5
/** With these, nine of ten questions lead to their topic within one press (tests/search/queries/README.md). */
const MAX_LIKELY = 3

/** `shared`: drawn for the whole channel, so without the buttons that are only for the asker. */
export function topicCard(topic: Topic, bank: Bank, shared = false): Card {
  return { title: topic.title, ...againOf([topic]), blocks: blocksOf(topic, [], bank, shared) }
}

/**
 * The card of a topic that the words of a look-up found. `others`: the next likely topics, best first; as
 * many are offered as a button that shows this card again can name.
 */
export function likelyCard(topic: Topic, others: readonly Topic[], bank: Bank): Card {
  for (let count = Math.min(others.length, MAX_LIKELY); count > 0; count--) {
    const offered = others.slice(0, count)
    const again = topicIds.near.idIfShort({ topics: topicsRef([topic, ...offered]) })
    if (again !== undefined)
      return { title: topic.title, again, blocks: blocksOf(topic, offered, bank, false) }
  }
  return topicCard(topic, bank)
}

function blocksOf(topic: Topic, others: readonly Topic[], bank: Bank, shared: boolean): Block[] {
  const factsEnd = endOfFacts(topic.details)
  return [
    text(...topic.summary),
    ...offerOf(others),
    ...topic.details.slice(0, factsEnd).map(passageBlock),
    ...changes(topic),
    ...topic.details.slice(factsEnd).map(passageBlock),
    ...pictures(topic),
    ...(topic.examTips.length > 0 ? [heading('Exam tips'), bullets(...topic.examTips)] : []),
    ...confused(topic, bank),
    ...skillsNote(topic, bank.pack.exams),
    ...sourceNote(topic.sources),
    ...relatedButtons(topic, others, bank),
    ...(shared ? [] : ownButtons(topic, bank)),
  ]
}

function offerOf(others: readonly Topic[]): Block[] {
  if (others.length === 0) return []
  const titles = others.map((one) => isolated(one.title)).join(', ')
  return [
    note(sentence`If you meant something else: ${titles}.`),
    ...buttons(...others.map((one) => readButton(one))),
  ]
}

function pictures({ diagram, scale }: Topic): Block[] {
  return [
    ...(diagram ? [{ kind: 'image', picture: { kind: 'diagram', diagram }, alt: diagram.alt } as const] : []),
    ...(scale ? [{ kind: 'image', picture: { kind: 'scale', scale }, alt: scale.alt } as const] : []),
  ]
}

/** The card of a topic that only mentions what was asked for. */
export function mentionCard(query: string, topic: Topic, bank: Bank): Card {
  const card = topicCard(topic, bank)
  const told = text('There is no topic on ', code(query), '. This one mentions it:')
  return { ...card, blocks: [told, ...card.blocks] }
}

function againOf(topics: readonly Topic[]): Pick<Card, 'again'> {
  const again = topicIds.read.idIfShort({ topics: topicsRef(topics) })
  return again === undefined ? {} : { again }
}

/** Opens a topic. */
export function readButton(topic: Topic, label = topic.title): Button {
  return button(topicIds.read.id({ topics: topicsRef([topic]) }), label)
}

/** How many passages are the key facts: those up to the first list, else all before the first heading. */
function endOfFacts(details: readonly Passage[]): number {
  const list = details.findIndex((p) => p.kind === 'list')
  if (list >= 0) return list + 1
  const heading = details.findIndex((p) => p.kind === 'heading')
  return heading >= 0 ? heading : details.length
}

function changes(topic: Topic): Block[] {
  return topic.changes.map((c) => text(bold('Today: '), ...c.today, ' ', bold('In the exam: '), ...c.exam))
}

function confused(topic: Topic, bank: Bank): Block[] {
  if (topic.confused.length === 0) return []
  const items = topic.confused.map((c) => [
    bold(isolated(bank.topic(c.slug)?.title ?? c.slug)),
    ': ',
    ...c.why,
  ])
  return [heading('Not to be confused with'), bullets(...items)]
}

function relatedButtons(topic: Topic, offered: readonly Topic[], bank: Bank): Block[] {
  const related = topic.related
    .map((slug) => bank.topic(slug))
    .filter((t) => t !== undefined)
    .filter((one) => !offered.includes(one))
  return buttons(...related.slice(0, MAX_RELATED).map((t) => readButton(t)))
}

function ownButtons(topic: Topic, bank: Bank): Block[] {
  const asked = bank.questionsFor([topic.slug]).length > 0
  return buttons(
    asked
      ? button(topicIds.quiz.id({ topics: topicsRef([topic]) }), 'Quiz me on this', 'primary')
      : undefined,
    button(topicIds.show.id({ topics: topicsRef([topic]) }), 'Show to channel'),
    button(topicIds.write.id({ topics: topicsRef([topic]) }), 'Write a question on this'),
  )
}

export function passageBlock(p: Passage): Block {
  switch (p.kind) {
    case 'heading':
      return heading(p.text)
    case 'text':
      return text(...p.text)
    case 'list':
      return {
        kind: 'list',
        style: p.ordered ? 'numbers' : 'bullets',
        ...(p.start === undefined ? {} : { start: p.start }),
        items: p.items,
      }
    case 'table':
      return { kind: 'table', header: p.header, rows: p.rows }
    case 'code':
      return { kind: 'code', text: p.text }
  }
}

/** Shows two topics or more side by side; the differences come from the content if an author wrote them. */
export function comparisonCard(topics: readonly Topic[], bank: Bank, shared = false): Card {
  const written = findComparison(topics, bank)
  const ordered = written
    ? written.topics.map((slug) => bank.topic(slug)).filter((t) => t !== undefined)
    : topics
  const show = topicIds.show.idIfShort({ topics: topicsRef(ordered) })
  return {
    title: ordered.map((t) => isolated(t.title)).join(' or '),
    ...againOf(ordered),
    blocks: [
      table(ordered, written),
      ...(written ? [text(bold('How to choose: '), ...written.choose)] : apart(ordered)),
      ...buttons(
        ...ordered.slice(0, MAX_RELATED).map((t) => readButton(t)),
        shared || show === undefined ? undefined : button(show, 'Show to channel'),
      ),
    ],
  }
}

/** The differences that the topics themselves name, if nobody wrote a comparison. */
function apart(topics: readonly Topic[]): Block[] {
  const said = topics.flatMap((topic) =>
    topic.confused
      .filter(({ slug }) => topics.some((other) => other.slug === slug))
      .map(({ slug, why }) => {
        const other = topics.find((one) => one.slug === slug)
        return [bold(sentence`${topic.title}, not ${other?.title ?? slug}`), ': ', ...why]
      }),
  )
  return said.length > 0 ? [heading('What sets them apart'), bullets(...said)] : []
}

function findComparison(topics: readonly Topic[], bank: Bank): Comparison | undefined {
  const wanted = topics.map((t) => t.slug)
  const holding = bank.comparisons.filter((c) => wanted.every((slug) => c.topics.includes(slug)))
  return holding.sort((a, b) => a.topics.length - b.topics.length)[0]
}

function table(topics: readonly Topic[], written: Comparison | undefined): Block {
  return {
    kind: 'table',
    sideBySide: true,
    header: [[], ...topics.map((t) => [t.title])],
    rows: [
      [['In short'], ...topics.map((t) => t.summary)],
      ...(written?.differ ?? []).map((row) => [[row.aspect], ...row.sides]),
    ],
  }
}

export function didYouMeanCard(query: string, topics: readonly Topic[]): Card {
  return {
    title: 'Did you mean',
    blocks: [
      text('Several topics fit ', code(query), '. Pick one:'),
      ...buttons(...topics.map((t) => readButton(t))),
    ],
  }
}

/** `isMention`: the nearest topics mention it. */
export function notCoveredCard(query: string, nearest: readonly Topic[], isMention = false): Card {
  const offer =
    nearest.length > 0 ? ['The nearest topics are below.'] : ['Try another word for it, or its acronym.']
  return {
    title: 'Not covered',
    blocks: [
      isMention
        ? text('There is no topic on ', code(query), '. These mention it:')
        : text('The notes of this team say nothing about ', code(query), '. ', ...offer),
      ...buttons(...nearest.map((t) => readButton(t))),
    ],
  }
}

/** Other packs that have it: shown below the answer, or instead of one. */
export function elsewhere(
  found: readonly { readonly pack: Pack; readonly topics: readonly Topic[] }[],
  isAnswered: boolean,
): Block[] {
  return found.flatMap(({ pack, topics }) => [
    text(
      isAnswered ? 'Also in ' : 'It is in ',
      bold(isolated(pack.title)),
      sentence`: ${topics.map((t) => isolated(t.title)).join(', ')}.`,
    ),
    ...buttons(...topics.map((t) => readButton(t))),
  ])
}

/**
 * An example from the content itself: a comparison if there is one. Undefined if nothing can be looked up.
 */
export function exampleQuery(bank: Bank): string | undefined {
  const slugs = bank.comparisons[0]?.topics.slice(0, 2) ?? bank.topics.slice(0, 1).map((t) => t.slug)
  return slugs.length === 0 ? undefined : slugs.map((slug) => slug.replaceAll('-', ' ')).join(' vs ')
}
