/** Every card and form of questions that members write, for the gallery, at its longest. */
import { adviceCard, notSentCard, sentCard, writeForm } from '../../src/bot/cards/authoring.js'
import { allowedCard, askAuthorCard, askedAuthorCard, saidYesCard } from '../../src/bot/cards/message-ask.js'
import { originNote } from '../../src/bot/cards/origin.js'
import { allCard, ownCard, QUESTIONS_PAGE } from '../../src/bot/cards/question-lists.js'
import {
  approvedCard,
  decidedCard,
  editedCard,
  nothingToReview,
  questionCard,
  rejectedCard,
  rejectForm,
  retireCard,
  reviewCard,
  waitingCard,
} from '../../src/bot/cards/review.js'
import type { TeamQuestion } from '../../src/bot/ports/authoring.js'
import type { Card, Form } from '../../src/bot/ui/card.js'
import { authoringIds } from '../../src/bot/ui/ids.js'
import { itemsOf } from '../../src/content/item-writing.js'
import { adviceOn } from '../../src/content/written.js'
import type { AuthoredItem, Question } from '../../src/core/model.js'
import { filled, NASTY } from './worst-content.js'

const MAX_ID = 2 ** 31 - 1
const PEOPLE = Array.from({ length: 9 }, (_, i) => filled(`P${i} `, 80))
const STATES = ['draft', 'review', 'approved', 'changed', 'rejected', 'retired'] as const

const draftOf = (item: AuthoredItem, more: Partial<TeamQuestion> = {}): TeamQuestion => ({
  ...{ id: MAX_ID, team: MAX_ID, pack: 'p', state: 'review', version: MAX_ID, isFromNotes: false, author: 1 },
  ...{ question: 'team-1-1', authorName: PEOPLE[0], hasWriters: true },
  content: { topics: ['t'], item, source: filled('Source ', 500) },
  ...{
    writers: PEOPLE,
    approvers: PEOPLE,
    approvals: 1,
    needed: 2,
    others: 9,
    reason: filled('Since ', 500),
  },
  ...{ isOwn: true, isWriter: true, isApproved: false, answers: 99_999, isCredited: true, ...more },
})

/** `questions`: one of each kind is drawn. */
export function authoringCards(questions: readonly Question[]): { name: string; card: Card }[] {
  const items = [...new Map(questions.flatMap(itemsOf).map((item) => [item.kind, item])).values()]
  const [item] = items
  if (!item) return []
  const rights = { isLead: true, isChangeable: true }
  const advice = [...adviceOn(item), { field: 'options' as const, message: filled('Word ', 400) }]
  const aside = { kind: 'pack', title: filled('Pack ', 80) } as const
  const about = { topic: filled('Topic ', 80), aside, advice, more: 499 }
  const many = Array.from({ length: QUESTIONS_PAGE }, (_, i) =>
    draftOf(item, { id: MAX_ID - i, state: STATES[i % 6] ?? 'review' }),
  )
  const page = { questions: many, offset: 980, totals: { all: 2500, waiting: 500, asked: 2000 } }
  const none = { questions: [], offset: 0, totals: { all: 0, waiting: 0, asked: 0 } }
  const origin = {
    kind: 'team',
    team: 1,
    writers: PEOPLE,
    checkers: PEOPLE,
    isFromNotes: false,
    source: NASTY,
  } as const
  const [question] = questions
  return [
    ...items.map((one) => ({
      name: `a ${one.kind} to review`,
      card: reviewCard(draftOf(one), about, rights),
    })),
    ...STATES.map((state) => ({
      name: `a question that is ${state}`,
      card: questionCard(draftOf(item, { state }), about, rights),
    })),
    {
      name: 'advice on a question',
      card: adviceCard('d'.repeat(36), advice, [filled('a ', 900), filled('b ', 900)]),
    },
    { name: 'a question sent', card: sentCard(draftOf(item, { version: 1 }), about) },
    {
      name: 'a question sent where nobody can approve it',
      card: sentCard(draftOf(item, { others: 0 }), { ...about, aside: { kind: 'topics' } }),
    },
    { name: 'own questions', card: ownCard(page, { id: MAX_ID, waiting: 500 }) },
    { name: 'no own questions', card: ownCard(none, { id: MAX_ID, waiting: 0 }) },
    { name: 'questions of a team', card: allCard(page, 'waiting', MAX_ID, true) },
    { name: 'no questions of a team', card: allCard(none, 'all', MAX_ID, false) },
    { name: 'nothing to review', card: nothingToReview() },
    { name: 'a question approved', card: approvedCard(draftOf(item, { state: 'approved' }), 0, aside) },
    { name: 'a question approved by one', card: approvedCard(draftOf(item), 499, undefined) },
    { name: 'a question rejected', card: rejectedCard(draftOf(item, { state: 'rejected' }), 499) },
    {
      name: 'a question rejected that nobody wrote',
      card: rejectedCard(draftOf(item, { writers: [], author: undefined }), 0),
    },
    { name: 'a question to retire', card: retireCard(draftOf(item), rights) },
    {
      name: 'a question that was not sent',
      card: notSentCard(
        filled('Why ', 200),
        [900, 3000, 3000, 500].map((n) => filled('```Text ', n)),
        draftOf(item),
      ),
    },
    { name: 'told of a question changed', card: editedCard(draftOf(item, { state: 'changed' })) },
    { name: 'told of a question approved', card: decidedCard(draftOf(item, { state: 'approved' }), aside) },
    {
      name: 'told of a question rejected',
      card: decidedCard(draftOf(item, { state: 'rejected' }), undefined),
    },
    { name: 'questions wait', card: waitingCard(MAX_ID, 500) },
    {
      name: 'whether a message may become a question',
      card: askAuthorCard(MAX_ID, filled('A ', 80), filled('M ', 4000)),
    },
    { name: 'an author is asked', card: askedAuthorCard(true) },
    { name: 'an author waits', card: askedAuthorCard(false) },
    { name: 'an author said yes', card: allowedCard(true) },
    { name: 'an author said no', card: allowedCard(false) },
    { name: 'told of a yes', card: saidYesCard(filled('A ', 80)) },
    { name: 'one question waits', card: waitingCard(MAX_ID, 1) },
    ...(question ? [{ name: 'who wrote it', card: { blocks: originNote({ ...question, origin }) } }] : []),
  ]
}

export function authoringForms(questions: readonly Question[]): { name: string; form: Form }[] {
  const [item] = questions.flatMap(itemsOf)
  if (!item) return []
  const values = {
    topic: filled('Topic ', 80),
    stem: filled('Stem ', 900),
    options: filled('* Option ', 2000),
    reasons: filled('Why ', 2700),
    source: filled('Source ', 500),
  }
  const parts = {
    id: authoringIds.change.id({ question: MAX_ID, version: MAX_ID }),
    example: filled('Topic ', 80),
  }
  return [
    { name: 'a question to write', form: writeForm({ ...parts, isChange: false, values: {} }) },
    {
      name: 'a question to write where there are no topics',
      form: writeForm({ ...parts, example: undefined, isChange: false, values: {} }),
    },
    { name: 'a question to change', form: writeForm({ ...parts, isChange: true, values }) },
    { name: 'a question to reject', form: rejectForm(draftOf(item)) },
  ]
}
