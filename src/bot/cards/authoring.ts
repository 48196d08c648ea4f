/** Questions that members write: the form, the replies to it, and the list of their own. */
import { LONGEST } from '../../content/longest.js'
import type { WrittenProblem, WrittenTexts } from '../../content/written.js'
import { MAX_SOURCE } from '../../content/written.js'
import type { DraftState } from '../../core/authoring.js'
import type { AuthoredItem } from '../../core/model.js'
import { isolated, sentence, short } from '../../core/text.js'
import type { QuestionList, QuestionPage, TeamQuestion } from '../ports/authoring.js'
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
import { count } from './wording.js'

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
const inLine = (stem: string, max: number) => short(stem.replace(/\s+/g, ' '), max)

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

/** Why a question would not be asked even if it were approved. `title`: the title of its pack. */
export type Aside = { readonly kind: 'pack'; readonly title: string } | { readonly kind: 'topics' }

export function asideWords(aside: Aside): string {
  switch (aside.kind) {
    case 'pack':
      return sentence`It belongs to ${aside.title}, which this team does not prepare for now: it is asked once the team does.`
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
          ? `It is asked once ${who} of your team have approved it, and so many are not in the team yet: whoever answers a question joins.`
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

const STATES: Readonly<Record<DraftState, string>> = {
  draft: 'taken back',
  review: 'waits for review',
  approved: 'is asked',
  changed: 'its change waits for review',
  rejected: 'rejected',
  retired: 'not asked any more',
}

/** `1 of 2 approvals`, or another state of the question. */
function stateWords({ state, approvals, needed, answers, isCredited }: TeamQuestion): string {
  if (state === 'review' || state === 'changed')
    return `${STATES[state]}: ${approvals} of ${needed} approvals`
  const answered = answers > 0 ? `, ${count(answers, 'answer')}` : ''
  if (state === 'approved') return `${STATES.approved}${answered}${isCredited ? ', +3 points' : ''}`
  return STATES[state]
}

const SENTENCES: Readonly<Record<DraftState, string>> = {
  draft: 'was taken back',
  review: 'waits for review',
  approved: 'is asked',
  changed: 'was changed, and the change waits for review',
  rejected: 'was rejected',
  retired: 'is not asked any more',
}

/** The state of the question as a whole sentence. */
export function stateSentence(draft: TeamQuestion, aside?: Aside): string {
  const { state } = draft
  if (aside && state === 'approved') return 'It is approved.'
  return `It ${stateWords(draft).replace(STATES[state], SENTENCES[state])}.`
}

const ROW = 70
/** Questions per page: the narrowest menu takes 25 options. */
export const QUESTIONS_PAGE = 20

/** A page of a list, with a menu that shows one of them. */
function listBlocks({ questions: all, offset }: QuestionPage, total: number): Block[] {
  if (all.length === 0) return []
  const stem = (one: TeamQuestion) => inLine(one.content.item.stem, ROW)
  return [
    bullets(...all.map((one) => [isolated(stem(one)), ` (${stateWords(one)})`])),
    ...(total > all.length ? [note(`${offset + 1} to ${offset + all.length} of ${total}`)] : []),
    {
      ...{ kind: 'select', id: authoringIds.show.id({}), label: 'Show one', min: 1, max: 1 },
      options: all.map((one) => ({ value: String(one.id), label: isolated(stem(one)) })),
    },
  ]
}

const turnButtons = (offset: number, total: number, idOf: (offset: number) => string) => [
  offset > 0 ? button(idOf(Math.max(0, offset - QUESTIONS_PAGE)), 'Previous') : undefined,
  offset + QUESTIONS_PAGE < total ? button(idOf(offset + QUESTIONS_PAGE), 'Next') : undefined,
]

/** `team`: where a new question would be written, and how many wait there for the person who asks. */
export function ownCard(
  own: QuestionPage,
  team: { readonly id: number; readonly waiting: number } | undefined,
): Card {
  return {
    title: 'Your questions',
    again: authoringIds.ownPage.id({ offset: own.offset }),
    blocks: [
      ...(own.totals.all === 0
        ? [text('You have not written a question yet.')]
        : listBlocks(own, own.totals.all)),
      ...buttons(...turnButtons(own.offset, own.totals.all, (offset) => authoringIds.ownPage.id({ offset }))),
      ...(team
        ? buttons(
            button(authoringIds.open.id({ team: team.id }), 'Write a question', 'primary'),
            team.waiting > 0
              ? button(authoringIds.next.id({ team: team.id, after: 0 }), `Review (${team.waiting})`)
              : undefined,
          )
        : []),
    ],
  }
}

const LISTS = { waiting: 'Waiting', asked: 'Asked', all: 'All' } as const

/** All questions of a team, for its admins. */
export function allCard(all: QuestionPage, list: QuestionList, team: number, leadApproves: boolean): Card {
  const { totals } = all
  const idOf = (list: QuestionList, offset: number) => authoringIds.allPage.id({ team, list, offset })
  const others = (['waiting', 'asked', 'all'] as const).filter((one) => one !== list && totals[one] > 0)
  return {
    title: list === 'all' ? 'Questions of this team' : `Questions of this team: ${LISTS[list].toLowerCase()}`,
    again: idOf(list, all.offset),
    blocks: [
      ...(totals.all === 0
        ? [text('Nobody has written a question yet. /study write is open to every member.')]
        : totals[list] === 0
          ? [text('There is none of them any more.')]
          : listBlocks(all, totals[list])),
      ...buttons(
        ...turnButtons(all.offset, totals[list], (offset) => idOf(list, offset)),
        // Waiting questions must not hide those that are asked, and vice versa.
        ...(totals.all > QUESTIONS_PAGE || list !== 'all'
          ? others.map((one) => button(idOf(one, 0), `${LISTS[one]} (${totals[one]})`))
          : []),
      ),
      note(
        leadApproves
          ? 'The yes of one admin is enough for a question of somebody else.'
          : 'Two others approve each question, one in a team of fewer than four.',
      ),
      ...buttons(
        button(
          authoringIds.leadApproves.id({ team, on: !leadApproves }),
          leadApproves ? 'Ask for two again' : 'Let one admin approve alone',
        ),
      ),
    ],
  }
}
