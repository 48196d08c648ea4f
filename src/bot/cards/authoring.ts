/** Questions that members write: the form, and the replies to it. */
import { LONGEST } from '../../content/longest.js'
import type { WrittenProblem, WrittenTexts } from '../../content/written.js'
import { MAX_SOURCE } from '../../content/written.js'
import type { AuthoredItem } from '../../core/model.js'
import { isolated, sentence, short } from '../../core/text.js'
import type { TeamQuestion } from '../ports/authoring.js'
import {
  type Block,
  bullets,
  button,
  buttons,
  type Card,
  type Field,
  type Form,
  note,
  text,
} from '../ui/card.js'
import { authoringIds, formIds } from '../ui/ids.js'

/** The values of the form when it opens. */
export interface WriteValues extends Partial<WrittenTexts> {
  readonly topic?: string
  readonly source?: string
}

const LINES_ROOM = 3000

export interface WriteFormParts {
  readonly id: string
  readonly isChange: boolean
  /** The title of a topic; undefined if the pack has none, in which case the form does not ask. */
  readonly example: string | undefined
  readonly values: WriteValues
}

export function writeForm({ id, isChange, example, values }: WriteFormParts): Form {
  const long = (name: keyof WrittenTexts, label: string, max: number, hint: string): Field => ({
    ...{ kind: 'text', name, label, hint, max, long: true },
    ...(values[name] !== undefined && { value: values[name].slice(0, max) }),
    ...(name === 'reasons' && { optional: true }),
  })
  const topic: Field = {
    ...{ kind: 'text', name: 'topic', label: 'Topic', max: 120 },
    hint: sentence`As /explain knows it, such as ${short(example ?? '', 80)}`,
    ...(values.topic !== undefined && { value: values.topic }),
  }
  return {
    id,
    title: isChange ? 'Change a question' : 'Write a question',
    submit: 'Send to review',
    isKept: true,
    fields: [
      ...(example === undefined ? [] : [topic]),
      long('stem', 'Question', LONGEST.stem, 'What is asked, with all that is needed to answer it'),
      long(
        'options',
        'Options',
        LINES_ROOM,
        'One a line, with * before what is right. Two or more *: choose them all',
      ),
      long('reasons', 'Why', LINES_ROOM, 'One a line, in the order of the options: why it is right or wrong'),
      {
        ...{ kind: 'text', name: 'source', label: 'Source', max: MAX_SOURCE, optional: true },
        ...(values.source !== undefined && { value: values.source }),
        hint: 'Where it can be read up: a title or an address',
      },
    ],
  }
}

/** The most characters of a stem in a list. */
const STEM = 200
export const inLine = (stem: string, max: number) => short(stem.replace(/\s+/g, ' '), max)

export function adviceCard(draft: string, advice: readonly WrittenProblem[], alike: readonly string[]): Card {
  const [first] = advice
  const field = first?.field ?? 'stem'
  return {
    title: 'Before it goes to review',
    blocks: [
      ...(advice.length > 0
        ? [
            text('It can be sent as it is. It would be better without this:'),
            bullets(...advice.map(adviceLine)),
          ]
        : []),
      ...(alike.length > 0
        ? [text('Is it asked already?'), bullets(...alike.map((stem) => [isolated(inLine(stem, STEM))]))]
        : []),
      ...buttons(
        button(formIds.reopen.id({ draft, field }), 'Change it', 'primary'),
        button(authoringIds.saveAnyway.id({ draft }), 'Send it as it is'),
      ),
    ],
  }
}

const FIELD_NAMES = { stem: 'Question', options: 'Options', reasons: 'Why' } as const
const adviceLine = ({ field, message }: WrittenProblem) => [`${FIELD_NAMES[field]}: `, isolated(message)]

/**
 * Why a question would not be asked even if it were approved. `title`: the title of its pack; `gone`: that is
 * no longer among the content.
 */
export type Aside =
  | { readonly kind: 'pack'; readonly title: string }
  | { readonly kind: 'gone'; readonly pack: string }
  | { readonly kind: 'topics' }

export function asideWords(aside: Aside): string {
  switch (aside.kind) {
    case 'pack':
      return sentence`It belongs to ${aside.title}, which this team does not prepare for now: it is asked once the team does.`
    case 'gone':
      return sentence`Its pack (${aside.pack}) is no longer among the content, so nothing is asked until an admin picks others with /team setup, or it is back.`
    case 'topics':
      return 'This team is asked about chosen topics only, and this question is about none of them: /team setup with all topics asks it too.'
  }
}

export const asideNote = (aside: Aside | undefined): Block[] =>
  aside === undefined ? [] : [note(asideWords(aside))]

/** The topic that the question was found to be about, and what prevents it from being asked. */
export interface About {
  readonly topic: string | undefined
  readonly aside: Aside | undefined
}

export const topicNote = (topic: string | undefined): Block[] =>
  topic === undefined ? [] : [note(sentence`Topic: ${topic}`)]

/** Says how many stars were read as marks, since a star that was meant as text would go unnoticed. */
function rightsNote(item: AuthoredItem): Block[] {
  if (item.kind !== 'response') return []
  const rights = item.choices.filter(({ right }) => right).length
  return [
    note(
      `${rights} options are right, since a star stands before each: all of them must be chosen. A star that belongs to the words gets a backslash before it.`,
    ),
  ]
}

export function sentCard(
  { team, approvals, needed, others, version, content: { item } }: TeamQuestion,
  { topic, aside }: About,
): Card {
  const left = needed - approvals
  const who = left === 1 ? 'one other' : `${left} others`
  const nobody = others < left
  const have = left === 1 ? 'has' : 'have'
  const asked = aside ? 'It can be asked in this team' : 'It is asked in this team from the next round on,'
  return {
    title: version > 1 ? 'Changed, and back in review' : 'It waits for review',
    blocks: [
      text(
        nobody
          ? `It is asked once ${who} of your team ${have} approved it. Your team has too few members for that yet: whoever answers a question joins.`
          : `${asked} once ${who} of your team ${have} approved it. They are told once a day that something waits.`,
      ),
      ...rightsNote(item),
      ...asideNote(aside),
      ...topicNote(topic),
      ...(version > 1
        ? []
        : [note('You get 3 points when five others have answered it, twice a week at most.')]),
      ...buttons(
        button(authoringIds.open.id({ team }), 'Write another'),
        button(authoringIds.own.id({}), 'Your questions'),
      ),
    ],
  }
}

/** `why`: why it was refused. `now`: the question that was to be changed, as it is now. */
export function notSentCard(why: string, texts: readonly string[], now: TeamQuestion | undefined): Card {
  const look = now?.isWriter
    ? button(authoringIds.showOne.id({ question: now.id }), 'Show it as it is now')
    : now && button(authoringIds.next.id({ team: now.team, after: now.id - 1 }), 'Review what waits')
  return {
    title: 'It was not sent',
    outcome: 'trouble',
    blocks: [
      text(why),
      note('What you wrote, to copy it:'),
      { kind: 'code', text: texts.filter((one) => one !== '').join('\n\n') },
      ...buttons(look),
    ],
  }
}
