/** The states of questions that members write, and their lists: a member's own, and all of a team. */
import type { DraftState } from '../../core/authoring.js'
import { isolated } from '../../core/text.js'
import type { QuestionList, QuestionPage, TeamQuestion } from '../ports/authoring.js'
import { type Block, bullets, button, buttons, type Card, note, text } from '../ui/card.js'
import { authoringIds } from '../ui/ids.js'
import { type Aside, inLine } from './authoring.js'
import { count } from './wording.js'

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
