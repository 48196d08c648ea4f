/** Questions that members write: the form, what it is answered with, and the own ones. */
import type { WrittenProblem, WrittenTexts } from '../../content/written.js'
import { MAX_SOURCE } from '../../content/written.js'
import type { DraftState } from '../../core/authoring.js'
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
import { count } from './wording.js'

/** As the form is filled when it opens. */
export interface WriteValues extends Partial<WrittenTexts> {
  readonly topic?: string
  readonly source?: string
}

const [STEM_ROOM, LINES_ROOM] = [1000, 3000]

export interface WriteFormParts {
  readonly id: string
  readonly isChange: boolean
  /** The title of a topic; undefined where the pack has none, so that the form does not ask. */
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
      long('stem', 'Question', STEM_ROOM, 'What is asked, with all that is needed to answer it'),
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

/** Stems of questions that ask much the same. */
const STEM = 200

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
        ? [text('Is it asked already?'), bullets(...alike.map((stem) => [isolated(short(stem, STEM))]))]
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

/** `others`: members who may decide on it. */
export function sentCard({ team, approvals, needed, version }: TeamQuestion, others: number): Card {
  const left = needed - approvals
  const who = left === 1 ? 'one other' : `${left} others`
  const nobody = others < left
  return {
    title: version > 1 ? 'Changed, and back in review' : 'It waits for review',
    blocks: [
      text(
        nobody
          ? `It is asked once ${who} of your team have approved it, and so many are not in the team yet: whoever answers a question joins.`
          : `It is asked in this team from the next round on, once ${who} of your team ${left === 1 ? 'has' : 'have'} approved it. They are told once a day that something waits.`,
      ),
      ...(version > 1 ? [] : [note('You get 3 points when it has had five answers, twice a week at most.')]),
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

/** `1 of 2 approvals`, or what else there is to know. */
export function stateWords({ state, approvals, needed, answers, isCredited }: TeamQuestion): string {
  if (state === 'review' || state === 'changed')
    return `${STATES[state]}: ${approvals} of ${needed} approvals`
  const answered = answers > 0 ? `, ${count(answers, 'answer')}` : ''
  if (state === 'approved') return `${STATES.approved}${answered}${isCredited ? ', +3 points' : ''}`
  return STATES[state]
}

const ROW = 70

/** A list with a menu that shows one of them. */
export function listBlocks(all: readonly TeamQuestion[]): Block[] {
  if (all.length === 0) return []
  const stem = (one: TeamQuestion) => short(one.content.item.stem, ROW)
  return [
    bullets(...all.map((one) => [isolated(stem(one)), ` (${stateWords(one)})`])),
    {
      ...{ kind: 'select', id: authoringIds.show.id({}), label: 'Show one', min: 1, max: 1 },
      options: all.map((one) => ({ value: String(one.id), label: isolated(stem(one)) })),
    },
  ]
}

/** `team`: where a new one would be written, and how many wait there for whoever asks. */
export function ownCard(
  own: readonly TeamQuestion[],
  team: { readonly id: number; readonly waiting: number } | undefined,
): Card {
  return {
    title: 'Your questions',
    blocks: [
      ...(own.length === 0 ? [text('You have not written a question yet.')] : listBlocks(own)),
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

/** For those who lead a team. */
export function allCard(all: readonly TeamQuestion[], team: number, leadApproves: boolean): Card {
  return {
    title: 'Questions of this team',
    blocks: [
      ...(all.length === 0
        ? [text('Nobody has written a question yet. /study write is open to every member.')]
        : listBlocks(all)),
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
