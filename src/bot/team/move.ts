/** Moves a team to another channel, or deletes it: after a confirmation, and checking rights again. */
import { UserError } from '../../core/errors.js'
import { nextSlot } from '../../core/schedule.js'
import { sentence } from '../../core/text.js'
import {
  chooseTeamCard,
  listCard,
  moveCard,
  movedCard,
  type ReachableTeam,
  removeCard,
  removedCard,
} from '../cards/teams.js'
import { notHere, teamGone } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { Card } from '../ui/card.js'
import { checkAdmin } from './control.js'
import { standing } from './open-rounds.js'
import { reachableTeam, reachableTeams } from './reach.js'
import { announce, checkChannel, openIn } from './save-setup.js'

export async function listTeams(caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const { teams, hidden } = await reachableTeams(caller, deps)
  const open = await standing(await deps.store.roundsElsewhere(caller), caller, deps)
  const listed = teams.map((one) => ({
    ...one,
    open: open.filter(({ round }) => round.team.id === one.team.id),
  }))
  return listCard({ teams: listed, hidden }, caller.channel, caller.platform)
}

/** `name`: the team to move to this channel; if left out, the admin is asked which. */
export async function askWhichToMove(name: string | undefined, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  checkInChannel(caller)
  const others = (await reachableTeams(caller, deps)).teams.filter(
    ({ team }) => team.channel !== caller.channel,
  )
  const fitting = named(others, name)
  const [one] = fitting
  if (!one) throw new UserError(noOther(name))
  return fitting.length === 1 && name !== undefined
    ? moveQuestion(one, caller, deps)
    : chooseTeamCard('move', fitting)
}

export async function askToMove(id: number, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  checkInChannel(caller)
  return moveQuestion(await reachableTeam(id, caller, deps), caller, deps)
}

async function moveQuestion({ team, isLost }: ReachableTeam, caller: Caller, deps: Deps): Promise<Card> {
  if (team.channel === caller.channel) throw new UserError(sentence`${team.name} is in this channel already.`)
  const over = await deps.store.teamIn(caller)
  return moveCard(team, { isLost, over, open: await deps.store.openRounds(team.id) })
}

/** `over`: the team that gives up this channel, 0 for none. */
export async function moveTeam(id: number, over: number, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  checkInChannel(caller)
  const found = await reachableTeam(id, caller, deps)
  const { team } = found
  const there = await deps.store.teamIn(caller)
  // Another team was set up in or moved to the channel since the admin was asked.
  if (there && there.id !== id && there.id !== over) return moveQuestion(found, caller, deps)
  const { platform, workspace, channel, user: admin } = caller
  await checkChannel({ platform, workspace, channel }, caller, deps)
  const moved = await deps.store.moveTeam({
    ...{ id, platform, workspace, channel, admin },
    nextPostAt: nextSlot(team, deps.clock(), await deps.store.usedDates(id)),
    ...(there && there.id === over && { over }),
  })
  if (moved === undefined) throw notHere()
  if (moved === 'gone') throw teamGone()
  if (moved === 'taken') return moveQuestion(found, caller, deps)
  const refused = await announce('arrived', moved, deps)
  return movedCard(moved, { from: team, isLost: found.isLost, refused, open: await openIn(team, deps) })
}

/** `name`: the team to delete, else that of this channel, else the admin is asked which. */
export async function askWhichToRemove(name: string | undefined, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const here = name === undefined ? await deps.store.teamIn(caller) : undefined
  if (here) return askToRemove(here.id, caller, deps)
  const fitting = named((await reachableTeams(caller, deps)).teams, name)
  const [one] = fitting
  if (!one) throw new UserError(noOther(name))
  return fitting.length === 1 && name !== undefined ? removeCard(one) : chooseTeamCard('remove', fitting)
}

export async function askToRemove(id: number, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  return removeCard(await reachableTeam(id, caller, deps))
}

export async function removeTeam(id: number, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const { team } = await reachableTeam(id, caller, deps)
  if (!(await deps.store.removeTeam(caller, id))) throw teamGone()
  deps.log.info({ team: id }, 'team removed')
  return removedCard(team)
}

function named(teams: readonly ReachableTeam[], name: string | undefined): readonly ReachableTeam[] {
  if (name === undefined) return teams
  const asked = name.trim().toLowerCase()
  return teams.filter(({ team }) => team.name.toLowerCase() === asked)
}

function noOther(name: string | undefined): string {
  return name === undefined
    ? 'There is no other team. /team setup starts one.'
    : sentence`There is no team "${name.slice(0, 60)}" elsewhere. /team list shows those that are there.`
}

function checkInChannel({ channel }: Caller): void {
  if (channel === '') throw new UserError('Do this in the channel where the team goes on.')
}
