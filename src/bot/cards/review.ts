/** A draft as whoever reviews it sees it, and what comes of a review. */
import type { WrittenProblem } from '../../content/written.js'
import type { AuthoredItem } from '../../core/model.js'
import { isolated, sentence, short, type Text } from '../../core/text.js'
import type { TeamQuestion } from '../ports/authoring.js'
import {
  type Block,
  bold,
  bullets,
  button,
  buttons,
  type Card,
  type Form,
  heading,
  note,
  text,
} from '../ui/card.js'
import { authoringIds } from '../ui/ids.js'
import { stateWords } from './authoring.js'
import { inList, originWords } from './origin.js'
import { count } from './wording.js'

export const MAX_REJECTION = 500

/** What people may do with it. */
export interface Rights {
  readonly isLead: boolean
  /** Kinds that no chat asks for are changed in no chat. */
  readonly isChangeable: boolean
}

/** The key, the reasons and the source, with what the checks say. */
function contentBlocks({ content }: TeamQuestion, topic: string | undefined): Block[] {
  const { item, source } = content
  return [
    ...(topic === undefined ? [] : [note(sentence`Topic: ${topic}`)]),
    text(isolated(item.stem)),
    ...itemBlocks(item),
    ...(source === '' ? [] : [note('Source: ', isolated(source))]),
  ]
}

function itemBlocks(item: AuthoredItem): Block[] {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return [bullets(...item.choices.map((one) => reasoned(`${one.right ? '✓' : '✗'} `, one.text, one.why)))]
    case 'ordering':
      return [
        { kind: 'list', style: 'numbers', items: item.steps.map((one) => reasoned('', one.text, one.why)) },
        ...(item.spare.length > 0
          ? [heading('Left out'), bullets(...item.spare.map((one) => reasoned('', one.text, one.why)))]
          : []),
      ]
    case 'matching':
      return [
        bullets(...item.pairs.map((one) => reasoned('', sentence`${one.prompt} → ${one.answer}`, one.why))),
        ...(item.spare.length > 0 ? [note('Spare: ', inList(item.spare))] : []),
      ]
  }
}

const reasoned = (mark: string, told: string, why: string): Text => [
  bold(mark, isolated(told)),
  ...(why === '' ? [] : [' ', isolated(why)]),
]

const adviceBlocks = (advice: readonly WrittenProblem[]): Block[] =>
  advice.length === 0
    ? []
    : [heading('What the checks say'), bullets(...advice.map(({ message }) => [isolated(message)]))]

const written = ({ writers, approvers, isFromNotes }: TeamQuestion) =>
  originWords({ writers, checkers: approvers, isFromNotes })

/** `more`: how many wait behind it. */
export function reviewCard(
  draft: TeamQuestion,
  about: {
    readonly topic: string | undefined
    readonly advice: readonly WrittenProblem[]
    readonly more: number
  },
  { isChangeable }: Rights,
): Card {
  const { id: question, version, team } = draft
  const where = { question, version }
  return {
    title: draft.state === 'changed' ? 'A changed question to review' : 'A question to review',
    blocks: [
      note(`${written(draft)} Only you see this. It ${stateWords(draft)}.`),
      ...contentBlocks(draft, about.topic),
      ...adviceBlocks(about.advice),
      ...buttons(
        button(authoringIds.approve.id(where), 'Approve', 'primary'),
        isChangeable ? button(authoringIds.openChange.id(where), 'Change') : undefined,
        button(authoringIds.openReject.id(where), 'Reject', 'danger'),
        about.more > 0 ? button(authoringIds.next.id({ team, after: question }), 'Next one') : undefined,
      ),
      note('Since you know the key now, your own answer to it counts as tried.'),
    ],
  }
}

export const nothingToReview = (): Card => ({
  title: 'Nothing waits for you',
  blocks: [
    text('There is no question that you can decide on. /study write is for one of your own.'),
    ...buttons(button(authoringIds.own.id({}), 'Your questions')),
  ],
})

export function approvedCard(draft: TeamQuestion, more: number): Card {
  const isAsked = draft.state === 'approved'
  const left = draft.needed - draft.approvals
  return {
    title: isAsked ? 'Approved: it is asked from the next round on' : 'Approved',
    blocks: [
      text(
        isAsked
          ? `${written(draft)} It comes in this team alone.`
          : `${count(left, 'more approval')}, and it is asked.`,
      ),
      ...nextButtons(draft, more),
    ],
  }
}

export const rejectedCard = (draft: TeamQuestion, more: number): Card => ({
  title: 'Rejected',
  blocks: [
    text(
      draft.writers.length > 0
        ? sentence`${draft.writers[0] ?? ''} is told, with your reason and without your name, and can change it.`
        : 'Whoever wrote it is told, with your reason and without your name, and can change it.',
    ),
    ...nextButtons(draft, more),
  ],
})

const nextButtons = ({ team, id }: TeamQuestion, more: number): Block[] =>
  more > 0 ? buttons(button(authoringIds.next.id({ team, after: id }), `Next one (${more})`, 'primary')) : []

export function rejectForm({ id: question, version, content }: TeamQuestion): Form {
  return {
    id: authoringIds.reject.id({ question, version }),
    title: 'Reject a question',
    submit: 'Reject',
    isKept: true,
    intro: [text(isolated(short(content.item.stem, 300)))],
    fields: [
      {
        ...{
          kind: 'text',
          name: 'reason',
          label: 'What should be different',
          long: true,
          max: MAX_REJECTION,
        },
        hint: 'Its author reads this, without your name',
      },
    ],
  }
}

/** One of one's own, or any of the team for an admin. */
export function questionCard(
  draft: TeamQuestion,
  topic: string | undefined,
  { isLead, isChangeable }: Rights,
): Card {
  const where = { question: draft.id, version: draft.version }
  const { state } = draft
  const mayRetire = state !== 'retired' && (draft.isOwn || isLead)
  return {
    title: 'A question of your team',
    blocks: [
      note(`${written(draft)} It ${state === 'rejected' ? 'was rejected' : stateWords(draft)}.`),
      ...(draft.reason === undefined ? [] : [text(bold('Why it was rejected: '), isolated(draft.reason))]),
      ...contentBlocks(draft, topic),
      ...buttons(
        draft.isWriter && isChangeable
          ? button(
              authoringIds.openChange.id(where),
              state === 'draft' ? 'Send it again' : 'Change',
              'primary',
            )
          : undefined,
        draft.isOwn && state === 'review'
          ? button(authoringIds.withdraw.id(where), 'Take it back')
          : undefined,
        mayRetire ? button(authoringIds.retire.id({ ...where, sure: false }), 'Retire', 'danger') : undefined,
        button(authoringIds.own.id({}), 'Your questions'),
      ),
    ],
  }
}

export const retireCard = ({ id, version, content }: TeamQuestion): Card => ({
  title: 'Retire this question?',
  blocks: [
    text(isolated(short(content.item.stem, 300))),
    text(
      'It is asked no more. Answers and points that were given stay; a change brings it back into review.',
    ),
    ...buttons(
      button(authoringIds.retire.id({ question: id, version, sure: true }), 'Retire', 'danger'),
      button(authoringIds.own.id({}), 'Keep it'),
    ),
  ],
})

/** For the author, in private. */
export function decidedCard(draft: TeamQuestion): Card {
  const where = { question: draft.id, version: draft.version }
  const stem = text(isolated(short(draft.content.item.stem, 300)))
  if (draft.state === 'approved')
    return {
      title: 'Your question is approved',
      blocks: [stem, text(`It is asked in your team from the next round on. ${written(draft)}`)],
    }
  return {
    title: 'Your question was not approved',
    blocks: [
      stem,
      text(bold('Why: '), isolated(draft.reason ?? 'The reason is no longer kept.')),
      ...buttons(button(authoringIds.openChange.id(where), 'Change it', 'primary')),
    ],
  }
}

/** In the channel of a team, once a day at most. */
export function waitingCard(team: number, n: number): Card {
  return {
    title: n === 1 ? 'A question waits for review' : `${n} questions wait for review`,
    blocks: [
      text(
        'Members of this team wrote them, or they were made of its notes. They are asked once others have looked them over. It takes a minute.',
      ),
      ...buttons(button(authoringIds.next.id({ team, after: 0 }), 'Review', 'primary')),
    ],
  }
}
