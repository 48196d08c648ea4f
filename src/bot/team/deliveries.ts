/** Messages that the bot sends by itself to a team and its admins. */

import { DAY_MS } from '../../core/time.js'
import { REVIEW_KIND } from '../authoring/deliveries.js'
import { newExamCard } from '../cards/exams-of-team.js'
import { goneCard, refusedCard, welcomeCard } from '../cards/team-status.js'
import { arrivedCard } from '../cards/teams.js'
import { emptyCard, idleCard, missedCard } from '../cards/trouble.js'
import type { Kinds } from '../delivery/deliver.js'
import type { Deps } from '../deps.js'
import type { Person, Place } from '../ports/chat.js'
import type { Delivery } from '../ports/deliveries.js'
import type { Card } from '../ui/card.js'
import { isNothing, lackOf } from './askable.js'
import { REPORT_KIND } from './report-delivery.js'
import { successorOf } from './successor.js'

/** A message later than this is dropped. */
const LATE_MS = DAY_MS
const NOT_POSTED = 'it could not be posted for a day'
/** After this many scheduled days without an answer a team is asked whether to pause. */
export const IDLE_DAYS = 10

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>

/**
 * A message to the admin who saved the setup last, else to the next one who can be reached, else to the
 * channel.
 */
function word<D extends Of<'refusal' | 'missed' | 'empty' | 'gone'>>(
  card: (delivery: D, deps: Deps) => Card | string,
) {
  return {
    to({ team, admins, passed = 0 }: D): Person | Place {
      const user = admins[passed]
      return user === undefined ? team : { workspace: team.workspace, user }
    },
    async draw(delivery: D, deps: Deps) {
      return deps.clock() - delivery.dueAt > LATE_MS ? 'it could not be told for a day' : card(delivery, deps)
    },
    isWord: true,
    said: { dropped: 'admin could not be told', failed: 'admin could not be told' },
  } as const
}

/**
 * Quiet, because the admin who has just set the team up, or moved it, sees in the confirmation why it is
 * refused.
 */
const greeting = {
  to: ({ team }: Of<'welcome' | 'arrived'>) => team,
  isQuiet: true,
  said: { failed: 'welcome failed' },
} as const

export const TEAM_KINDS: Pick<
  Kinds,
  'refusal' | 'missed' | 'empty' | 'gone' | 'idle' | 'new-exam' | 'welcome' | 'arrived' | 'report' | 'review'
> = {
  refusal: word<Of<'refusal'>>(({ team, what, reason, isOver }) => refusedCard(team, what, reason, isOver)),
  missed: word<Of<'missed'>>(({ team, round }) => missedCard(team, round)),
  empty: word<Of<'empty'>>(({ team }, deps) => {
    const lack = lackOf(team, deps)
    return isNothing(lack) ? emptyCard(team, lack) : 'there is something to ask again'
  }),
  gone: word<Of<'gone'>>(({ team }) => goneCard(team)),
  idle: {
    to: ({ team }) => team,
    draw: async ({ team, dueAt }, deps) =>
      deps.clock() - dueAt > LATE_MS ? 'it could not be asked for a day' : idleCard(team, IDLE_DAYS),
    said: { failed: 'team not asked whether to pause' },
  },
  'new-exam': {
    to: ({ team }) => team,
    async draw({ team, dueAt }, deps) {
      if (deps.clock() - dueAt > LATE_MS) return 'it could not be asked for a day'
      const found = successorOf(team, deps)
      return found ? newExamCard(team, found) : 'its exam is held'
    },
    said: { failed: 'team not asked which exam it takes' },
  },
  welcome: {
    ...greeting,
    async draw({ team, dueAt }, { clock, packs }) {
      return clock() - dueAt > LATE_MS ? NOT_POSTED : welcomeCard(team, packs.preparing(team).bank)
    },
  },
  arrived: {
    ...greeting,
    draw: async ({ team, dueAt }, { clock }) => (clock() - dueAt > LATE_MS ? NOT_POSTED : arrivedCard(team)),
  },
  report: REPORT_KIND,
  review: REVIEW_KIND,
}
