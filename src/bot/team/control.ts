/** The actions of admins on a team; every function checks the right again. */
import { UserError } from '../../core/errors.js'
import type { Pack, Team } from '../../core/model.js'
import { nextSlot } from '../../core/schedule.js'
import { sentence } from '../../core/text.js'
import { creditNote } from '../cards/credit.js'
import { successorButtons } from '../cards/exams-of-team.js'
import { closedCard, goesOnCard, pausedCard, resumedCard, statusCard } from '../cards/team-status.js'
import { reasonOf, troubleBlocks } from '../cards/trouble.js'
import { notAdmin } from '../cards/wording.js'
import { deliverOne } from '../delivery/deliver.js'
import { KINDS } from '../delivery/kinds.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { Card } from '../ui/card.js'
import { lackOf } from './askable.js'
import { standing } from './open-rounds.js'
import { successorOf } from './successor.js'
import { teamHere } from './team.js'
import { weakest } from './team-weeks.js'

/** Concepts shown in the status. */
const WEAKEST = 5

export async function checkAdmin(caller: Caller): Promise<void> {
  if (!(await caller.isAdmin())) throw notAdmin('team', caller.platform)
}

export async function statusOf(caller: Caller, deps: Deps): Promise<Card> {
  const team = await teamHere(caller, deps)
  const rounds = await deps.store.openRounds(team.id)
  const pack = deps.packs.get(team.pack) && deps.packs.preparing(team).bank.pack
  const isAdmin = caller.seemsAdmin ?? (await caller.isAdmin())
  const held = isAdmin ? successorOf(team, deps) : undefined
  return statusCard(
    team,
    await standing(rounds, caller, deps),
    { members: await deps.store.memberCount(team.id), weakest: await weakest(team, WEAKEST, deps) },
    isAdmin,
    packToShow(team, deps),
    [
      ...troubleBlocks(await deps.store.troubles(team.id), lackOf(team, deps)),
      ...(held ? successorButtons(team, held) : []),
    ],
    pack && creditNote(pack),
  )
}

/** `of`: the team of the channel if left out, here and below. */
export async function closeNow(caller: Caller, deps: Deps, of?: Team): Promise<Card> {
  await checkAdmin(caller)
  const team = of ?? (await teamHere(caller, deps))
  checkGoing(team)
  const round = await deps.store.endRoundNow(team.id, deps.clock())
  if (round === undefined) throw new UserError('No round is open, so there is nothing to close.')
  await deliverOne(`reveal-${round}`, KINDS, deps)
  if ((await deps.store.round(round))?.state === 'closed') return closedCard()
  const trouble = (await deps.store.troubles(team.id)).findLast(({ kind }) => kind === 'reveal')
  throw new UserError(
    `The round is closed, and its answer could not be posted yet. ${reasonOf(trouble ?? { isOver: false })} /team status shows how it stands.`,
  )
}

/** The action of *Keep them coming*, when nobody has answered for a long time. */
export async function keepGoing(caller: Caller, _deps: Deps, of?: Team): Promise<Card> {
  await checkAdmin(caller)
  return goesOnCard(of)
}

/** Throws a `UserError` for a paused team, because nothing is posted for it. */
export function checkGoing({ name, paused }: Team): void {
  if (paused)
    throw new UserError(sentence`${name} is paused, so nothing is posted. /team resume starts it again.`)
}

export async function setPaused(paused: boolean, caller: Caller, deps: Deps, of?: Team): Promise<Card> {
  await checkAdmin(caller)
  const team = of ?? (await teamHere(caller, deps))
  if (team.paused === paused)
    throw new UserError(
      paused
        ? sentence`${team.name} is paused already. /team resume starts it again.`
        : sentence`${team.name} is not paused.`,
    )
  if (!paused) await giveUpMissed(team, deps)
  const nextPostAt = paused ? undefined : nextSlot(team, deps.clock(), await deps.store.usedDates(team.id))
  await deps.store.pauseTeam(team.id, paused, nextPostAt)
  return nextPostAt === undefined ? pausedCard() : resumedCard(team, nextPostAt)
}

/**
 * Drops a question that waited while the team was paused and whose time is over, without a notice, since
 * nobody expects it.
 */
async function giveUpMissed({ id }: Team, { store, clock }: Deps): Promise<void> {
  const latest = await store.latestRound(id)
  if (latest?.state !== 'due' || latest.closesAt > clock()) return
  await store.settleRound(latest.id)
  await store.dropDelivery(`round-${latest.id}`, 'the team was paused while it was open')
}

/**
 * The team's pack, with its exam first; undefined if there is only one pack with one exam, since it need not
 * be shown.
 */
export function packToShow(team: Team, { packs }: Deps): Pack | undefined {
  const whole = packs.get(team.pack)?.bank.pack
  const isOnly = packs.all.length === 1 && (whole?.exams.length ?? 0) < 2
  return whole === undefined || isOnly ? undefined : packs.preparing(team).bank.pack
}
