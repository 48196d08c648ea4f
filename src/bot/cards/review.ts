/** A draft as its reviewers see it, and the result of a review. */
import type { WrittenProblem } from '../../content/written.js'
import { isWaiting } from '../../core/authoring.js'
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
import { type About, type Aside, asideNote, asideWords, topicNote } from './authoring.js'
import { inList, originWords } from './origin.js'
import { stateSentence } from './question-lists.js'
import { count } from './wording.js'

export const MAX_REJECTION = 500

/** The rights of a person on a draft. */
export interface Rights {
  readonly isLead: boolean
  /** False for kinds without a form, which cannot be changed in the chat. */
  readonly isChangeable: boolean
}

/** The key, the reasons and the source, with the results of the checks. */
function contentBlocks({ content }: TeamQuestion, topic: string | undefined): Block[] {
  const { item, source } = content
  return [
    ...topicNote(topic),
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

const written = ({ approvers, ...draft }: TeamQuestion) => originWords({ ...draft, checkers: approvers })

/** `more`: how many wait after it. */
export function reviewCard(
  draft: TeamQuestion,
  about: About & { readonly advice: readonly WrittenProblem[]; readonly more: number },
  { isChangeable }: Rights,
): Card {
  const { id: question, version, team } = draft
  const where = { question, version }
  return {
    title: draft.state === 'changed' ? 'A changed question to review' : 'A question to review',
    again: authoringIds.next.id({ team, after: question - 1 }),
    blocks: [
      note(`${written(draft)} Only you see this. ${stateSentence(draft)}`),
      ...asideNote(about.aside),
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

export function approvedCard(draft: TeamQuestion, more: number, aside: Aside | undefined): Card {
  const isAsked = draft.state === 'approved'
  const left = draft.needed - draft.approvals
  return {
    title: isAsked && !aside ? 'Approved: it is asked from the next round on' : 'Approved',
    blocks: [
      text(
        isAsked
          ? `${written(draft)} It comes in this team alone.`
          : `${count(left, 'more approval')}, and it ${aside ? 'can be' : 'is'} asked.`,
      ),
      ...asideNote(aside),
      ...nextButtons(draft, more),
    ],
  }
}

export const rejectedCard = (draft: TeamQuestion, more: number): Card => ({
  title: 'Rejected',
  blocks: [
    text(
      draft.author === undefined
        ? nobodyTold(draft)
        : sentence`${draft.authorName ?? 'Its author'} is told, with your reason and without your name, and can change it.`,
    ),
    ...nextButtons(draft, more),
  ],
})

const nobodyTold = ({ isFromNotes }: TeamQuestion) =>
  isFromNotes
    ? 'It was made from notes, so nobody is told.'
    : 'Its author is no longer known, so nobody is told.'

const nextButtons = ({ team, id }: TeamQuestion, more: number): Block[] =>
  more > 0 ? buttons(button(authoringIds.next.id({ team, after: id }), `Next one (${more})`, 'primary')) : []

export function rejectForm(draft: TeamQuestion): Form {
  const { id: question, version, content } = draft
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
        hint: draft.author === undefined ? nobodyTold(draft) : 'Its author reads this, without your name',
      },
    ],
  }
}

/** A member's own question, or any question of the team for an admin. */
export function questionCard(
  draft: TeamQuestion,
  { topic, aside }: About,
  { isLead, isChangeable }: Rights,
): Card {
  const where = { question: draft.id, version: draft.version }
  const { state } = draft
  const mayRetire = state !== 'retired' && (draft.isOwn || (isLead && !isWaiting(state)))
  const mayReject = isLead && isWaiting(state) && !draft.isWriter
  return {
    title: 'A question of your team',
    again: authoringIds.showOne.id({ question: draft.id }),
    blocks: [
      note(`${written(draft)} ${stateSentence(draft, aside)}`),
      ...(state === 'retired' ? [] : asideNote(aside)),
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
        mayReject ? button(authoringIds.openReject.id(where), 'Reject', 'danger') : undefined,
        mayRetire ? button(authoringIds.retire.id({ ...where, sure: false }), 'Retire', 'danger') : undefined,
        draft.isWriter
          ? button(authoringIds.own.id({}), 'Your questions')
          : button(authoringIds.all.id({ team: draft.team }), 'Questions of this team'),
      ),
    ],
  }
}

function retireWords({ question, hasWriters }: TeamQuestion, { isChangeable }: Rights): string {
  const goes = question === undefined ? 'Nobody reviews it any more' : 'It is no longer asked'
  const stays = question === undefined ? '' : ' Answers and points that were given stay.'
  const back =
    hasWriters && isChangeable
      ? 'A change by whoever wrote it brings it back into review.'
      : 'Nobody can bring it back.'
  return `${goes}.${stays} ${back}`
}

export const retireCard = (draft: TeamQuestion, rights: Rights): Card => ({
  title: 'Retire this question?',
  blocks: [
    text(isolated(short(draft.content.item.stem, 300))),
    text(retireWords(draft, rights)),
    ...buttons(
      button(
        authoringIds.retire.id({ question: draft.id, version: draft.version, sure: true }),
        'Retire',
        'danger',
      ),
      button(authoringIds.showOne.id({ question: draft.id }), 'Keep it'),
    ),
  ],
})

/** Tells the author, in private. */
export function decidedCard(draft: TeamQuestion, aside: Aside | undefined): Card {
  const where = { question: draft.id, version: draft.version }
  const stem = text(isolated(short(draft.content.item.stem, 300)))
  if (draft.state === 'approved')
    return {
      title: 'Your question is approved',
      blocks: [
        stem,
        text(
          `${aside ? asideWords(aside) : 'It is asked in your team from the next round on.'} ${written(draft)}`,
        ),
      ],
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

/** Tells the author, in private, that somebody else has written another version of their question. */
export function editedCard(draft: TeamQuestion): Card {
  const { id: question, version, content } = draft
  return {
    title: 'Your question was changed',
    blocks: [
      text(isolated(short(content.item.stem, 300))),
      text(`${written(draft)} ${stateSentence(draft)} You can change it again.`),
      ...buttons(
        button(authoringIds.openChange.id({ question, version }), 'See or change it', 'primary'),
        button(authoringIds.own.id({}), 'Your questions'),
      ),
    ],
  }
}

/** A notice in the channel of a team, once a day at most. */
export function waitingCard(team: number, n: number): Card {
  return {
    title: n === 1 ? 'A question waits for review' : `${n} questions wait for review`,
    blocks: [
      text(
        n === 1
          ? 'A member of this team wrote it, or it was made from its notes. It is asked once others have looked it over. That takes a minute.'
          : 'Members of this team wrote them, or they were made from its notes. They are asked once others have looked them over. It takes a minute each.',
      ),
      ...buttons(button(authoringIds.next.id({ team, after: 0 }), 'Review', 'primary')),
    ],
  }
}
