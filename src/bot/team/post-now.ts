/**
 * Posts today's question at once: a round planned out of turn, or the one that waits because its channel
 * refused it.
 */
import { UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import { postedCard } from '../cards/team-status.js'
import { lackInWords, reasonOf } from '../cards/trouble.js'
import { deliverOne } from '../delivery/deliver.js'
import { KINDS } from '../delivery/kinds.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { planOutOfTurn } from '../rounds/plan.js'
import type { Card } from '../ui/card.js'
import { isNothing, lackOf } from './askable.js'
import { checkAdmin, checkGoing } from './control.js'
import { teamHere } from './team.js'

const CHANGING =
  'Cohort is being updated, and another part of it has newer questions. Try again in a few minutes; if this goes on, tell whoever runs Cohort.'

/** Throws a `UserError` when today has had its question, and with the reason when it cannot be posted. */
export async function postNow(caller: Caller, deps: Deps, of?: Team): Promise<Card> {
  await checkAdmin(caller)
  const team = of ?? (await teamHere(caller, deps))
  checkGoing(team)
  if ((await deps.store.latestRound(team.id))?.state === 'due') return post(team, deps)
  await deps.questions.catchUp()
  const lack = lackOf(team, deps)
  if (isNothing(lack))
    throw new UserError(`There is nothing to ask. ${lackInWords(lack)} Pick others with /team setup.`)
  if ((await deps.store.otherEditions(deps.packs.editions)).includes(team.pack)) throw new UserError(CHANGING)
  const now = deps.clock()
  const before = await deps.store.openRounds(team.id)
  const planned = await deps.store.planNow(team.id, (due) => planOutOfTurn(due, now, deps))
  // Another process may have planned it at this moment.
  if (planned === 'already' && (await deps.store.latestRound(team.id))?.state !== 'due')
    throw new UserError(
      'Today has had its question: a day has one round. The next one comes at the usual time, and /quiz is always open.',
    )
  // The rounds that were open have ended, and their reveals come first.
  for (const { id } of before) await deliverOne(`reveal-${id}`, KINDS, deps)
  return post(team, deps)
}

/** Posts the latest round, if it is planned and not posted. */
async function post(team: Team, deps: Deps): Promise<Card> {
  const planned = await deps.store.latestRound(team.id)
  if (planned) await deliverOne(`round-${planned.id}`, KINDS, deps)
  const round = planned && (await deps.store.round(planned.id))
  if (round?.state === 'posted' || round?.state === 'closed') return postedCard()
  const trouble = (await deps.store.troubles(team.id)).findLast(({ kind }) => kind === 'round')
  const isOver = round?.state === 'skipped'
  const what = isOver ? 'was not posted' : 'is planned but could not be posted yet'
  const next = isOver ? '/team post-now tries another one.' : '/team status shows how it stands.'
  throw new UserError(`The question ${what}. ${reasonOf(trouble ?? { isOver })} ${next}`)
}
