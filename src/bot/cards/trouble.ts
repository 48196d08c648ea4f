/** Posts that a team did not get, why, and what can be done about it. */
import type { Round, Team } from '../../core/model.js'
import { sentence, short } from '../../core/text.js'
import type { Trouble } from '../ports/deliveries.js'
import { type Block, bold, button, buttons, type Card, text } from '../ui/card.js'
import { controlIds } from '../ui/ids.js'
import { count, dayOf } from './wording.js'

/** A pack or topics that a team has picked and that have no questions. */
export type Lack =
  | { readonly kind: 'pack'; readonly pack: string }
  /** `gone`: the picked topics without questions; `isAll`: nothing is left to ask about. */
  | {
      readonly kind: 'topics'
      readonly gone: readonly string[]
      readonly of: number
      readonly isAll: boolean
    }

const NAMED = 5

/** The lack as a whole sentence. */
export function lackInWords(lack: Lack): string {
  if (lack.kind === 'pack') return sentence`Its exam (${lack.pack}) is no longer among the content.`
  const { gone, of, isAll } = lack
  if (gone.length === 0) return 'Its exam has no questions.'
  const more = gone.length > NAMED ? ', …' : ''
  const named = `${short(gone.slice(0, NAMED).join(', '), 300)}${more}`
  if (isAll) return sentence`None of its topics (${named}) has questions any more.`
  return sentence`${gone.length} of its ${count(of, 'topic')} (${named}) ${gone.length === 1 ? 'has' : 'have'} no questions any more.`
}

export function emptyCard(team: Team, lack: Lack): Card {
  return {
    title: 'There is nothing to ask',
    blocks: [
      text(sentence`${team.name} got no question: `, lackInWords(lack)),
      text(
        'An admin can pick others with /team setup in its channel; /team post-now then posts today’s question. This is said once.',
      ),
    ],
  }
}

export function missedCard(team: Team, { id, date }: Pick<Round, 'id' | 'date'>): Card {
  return {
    title: 'The daily question was not posted',
    blocks: [
      text(
        sentence`${team.name} got no question on ${dayOf(date)}: it could not be posted while it was open.`,
      ),
      text(
        `Whoever runs Cohort finds the reason in its log, under round ${id}. The next question comes at the usual time. This is said once.`,
      ),
    ],
  }
}

export function idleCard(team: Team, days: number): Card {
  return {
    title: 'Should the questions pause?',
    blocks: [
      text(
        sentence`Nobody has answered the last ${days} questions of ${team.name}. An admin can pause them here; /team resume starts them again. This is asked once.`,
      ),
      ...buttons(
        button(controlIds.act.id({ team: team.id, what: 'pause' }), 'Pause'),
        button(controlIds.act.id({ team: team.id, what: 'keep' }), 'Keep them coming'),
      ),
    ],
  }
}

const NAMES = {
  round: 'question',
  reveal: 'answer to the question',
  podium: 'podium',
  notice: 'notice of a corrected key',
  thread: 'thread under the answer',
} as const

/** The troubles in the status, the latest last. */
export function troubleBlocks(troubles: readonly Trouble[], lack: Lack | undefined): Block[] {
  return [
    ...(lack ? [text(bold('Needs an admin: '), lackInWords(lack), ' Pick others with /team setup.')] : []),
    ...troubles.map((one) => text(bold(`${whatHappened(one)}. `), reasonOf(one))),
  ]
}

function whatHappened({ kind, date, isOver }: Trouble): string {
  const day = date === undefined ? '' : ` of ${dayOf(date)}`
  return `The ${NAMES[kind]}${day} ${isOver ? 'was not posted' : 'could not be posted yet'}`
}

/** The reason in whole sentences. */
export function reasonOf({
  reason = 'the chat did not take it',
  isOver,
}: Pick<Trouble, 'isOver'> & Partial<Pick<Trouble, 'reason'>>): string {
  const all = reason.charAt(0).toUpperCase() + reason.slice(1)
  const why = /[.…]$/.test(all) ? all : `${all}.`
  return isOver ? why : `${why} Cohort keeps trying.`
}
