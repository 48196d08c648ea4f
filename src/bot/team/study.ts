/** What admins do to a team; every way in checks the right again. */
import { UserError } from '../../core/errors.js'
import type { Pack, Team } from '../../core/model.js'
import { nextSlot } from '../../core/schedule.js'
import { statusCard } from '../cards/study.js'
import { notAdmin } from '../cards/wording.js'
import { deliverOne } from '../delivery/deliver.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { KINDS } from '../rounds/deliveries.js'
import { planOutOfTurn } from '../rounds/plan.js'
import { type Card, text } from '../ui/card.js'
import { insightOf } from './insight.js'
import { teamHere } from './team.js'

export async function checkAdmin(caller: Caller): Promise<void> {
  if (!(await caller.isAdmin())) throw notAdmin('team', caller.platform)
}

export async function statusOf(caller: Caller, deps: Deps): Promise<Card> {
  const team = await teamHere(caller, deps)
  const rounds = await deps.store.openRounds(team.id)
  return statusCard(
    team,
    rounds,
    await insightOf(team, deps),
    caller.seemsAdmin ?? (await caller.isAdmin()),
    packToShow(team, deps),
  )
}

/** Posts today's round at once; throws `UserError` when today has had its round. */
export async function postNow(caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const team = await teamHere(caller, deps)
  checkGoing(team)
  const now = deps.clock()
  const before = await deps.store.openRounds(team.id)
  const planned = await deps.store.planNow(team.id, (due) => planOutOfTurn(due, now, deps))
  const round = await deps.store.latestRound(team.id)
  if (planned === 'already')
    throw new UserError(
      'Today has had its question: a day has one round. The next one comes at the usual time, and /quiz is always open.',
    )
  // What was open has ended, and its answer comes first.
  for (const { id } of before) await deliverOne(`reveal-${id}`, KINDS, deps)
  if (round) await deliverOne(`round-${round.id}`, KINDS, deps)
  const posted = await deps.store.latestRound(team.id)
  if (posted?.state !== 'posted')
    throw new UserError(
      'The question is planned but could not be posted yet. Cohort keeps trying; /study status shows how it stands.',
    )
  return { title: 'Posted', blocks: [text('Today’s question is in the channel.')] }
}

export async function closeNow(caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const team = await teamHere(caller, deps)
  checkGoing(team)
  const round = await deps.store.endRoundNow(team.id, deps.clock())
  if (round === undefined) throw new UserError('No round is open, so there is nothing to close.')
  await deliverOne(`reveal-${round}`, KINDS, deps)
  return { title: 'Closed', blocks: [text('The round is closed and the answer is in the channel.')] }
}

/** Nothing is posted for a team that is paused, whatever is asked for. */
function checkGoing({ name, paused }: Team): void {
  if (paused) throw new UserError(`${name} is paused, so nothing is posted. /team resume starts it again.`)
}

export async function setPaused(paused: boolean, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const team = await teamHere(caller, deps)
  if (team.paused === paused)
    throw new UserError(
      paused
        ? `${team.name} is paused already. /team resume starts it again.`
        : `${team.name} is not paused.`,
    )
  const nextPostAt = paused ? undefined : nextSlot(team, deps.clock(), await deps.store.usedDates(team.id))
  await deps.store.pauseTeam(team.id, paused, nextPostAt)
  if (nextPostAt === undefined)
    return {
      title: 'Paused',
      blocks: [text('Nothing is posted until /team resume. Streaks stay as they are.')],
    }
  return {
    title: 'Resumed',
    blocks: [text('Next question: ', { time: nextPostAt, zone: team.zone, show: 'both' }, '.')],
  }
}

/** Where there is but one, nobody asks which. */
export function packToShow({ pack }: Team, { packs }: Deps): Pack | undefined {
  return packs.all.length > 1 ? packs.get(pack)?.bank.pack : undefined
}
