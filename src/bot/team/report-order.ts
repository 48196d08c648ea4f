/** `/team report`: the report, and its destination every Monday. */
import { UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import { nextReport } from '../../core/schedule.js'
import { confirmChannelCard, orderBlocks, orderedCard, stoppedCard } from '../cards/report-order.js'
import { teamReportCard } from '../cards/team-report.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { ReportOrder } from '../ports/team-reports.js'
import type { Card } from '../ui/card.js'
import { appealBlocks } from './appeals.js'
import { checkAdmin } from './control.js'
import { checkChannel } from './save-setup.js'
import { teamHere, teamNumbered } from './team.js'
import { teamReport } from './team-report.js'

/** `id`: the team that a button is about; that of the channel if left out. */
export async function reportOf(caller: Caller, deps: Deps, id?: number): Promise<Card> {
  await checkAdmin(caller)
  const team = id === undefined ? await teamHere(caller, deps) : await teamNumbered(id, caller, deps)
  const { view, file } = await teamReport(team, deps)
  const [order, trouble, appeals] = await Promise.all([
    deps.store.reportOrder(team.id),
    deps.store.reportTrouble(team.id),
    appealBlocks(team, deps),
  ])
  return teamReportCard(view, file, { more: [...appeals, ...orderBlocks(team, order, caller.user, trouble)] })
}

export async function sendToMe(id: number, caller: Caller, deps: Deps): Promise<Card> {
  const team = await teamFor(id, caller, deps)
  return ordered(team, { user: caller.user, channel: undefined }, deps)
}

export async function stopReport(id: number, caller: Caller, deps: Deps): Promise<Card> {
  const team = await teamFor(id, caller, deps)
  await deps.store.cancelReport(team.id)
  return stoppedCard(team)
}

/** Asks for confirmation, since everybody in the channel will see it. */
export async function confirmChannel(id: number, channel: string, caller: Caller, deps: Deps): Promise<Card> {
  const team = await teamFor(id, caller, deps)
  const place = await checkedPlace(channel, caller, deps)
  const isPrivate = (await deps.chats.get(caller.platform)?.isPrivate(place)) ?? true
  return confirmChannelCard(team, channel, isPrivate)
}

export async function sendToChannel(id: number, channel: string, caller: Caller, deps: Deps): Promise<Card> {
  const team = await teamFor(id, caller, deps)
  await checkedPlace(channel, caller, deps)
  return ordered(team, { user: caller.user, channel }, deps)
}

export async function teamFor(id: number, caller: Caller, deps: Deps): Promise<Team> {
  await checkAdmin(caller)
  return teamNumbered(id, caller, deps)
}

/** The format of channel ids on all platforms; such an id fits into that of a button. */
const CHANNEL = /^[\w-]{1,40}$/

/**
 * Returns the place; throws a `UserError` unless the channel belongs to this workspace and the caller sees
 * it.
 */
async function checkedPlace(channel: string, caller: Caller, deps: Deps) {
  if (!CHANNEL.test(channel))
    throw new UserError('Pick the channel of those who may see the report.', 'channel')
  const { platform, workspace } = caller
  const place = { platform, workspace, channel }
  await checkChannel(place, caller, deps)
  return place
}

async function ordered(team: Team, order: ReportOrder, deps: Deps): Promise<Card> {
  const nextAt = nextReport(team.zone, deps.clock())
  await deps.store.orderReport(team.id, order, nextAt)
  return orderedCard(team, order, nextAt)
}
