/** Finds the team that a request is about. */
import type { Team } from '../../core/model.js'
import { noTeam, teamUnseen } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { LoadedPack } from '../ports/packs.js'
import { maySee, only, teamsSeen } from './access.js'

/**
 * The team of the channel; elsewhere (for example in a direct message) the first that the caller has joined
 * and may see.
 */
export async function findTeam(caller: Caller, deps: Deps): Promise<Team | undefined> {
  return (await deps.store.teamIn(caller)) ?? (await teamsSeen(1, caller, deps))[0]
}

/** Like `findTeam`; throws a `UserError` if there is none. */
export async function teamOf(caller: Caller, deps: Deps): Promise<Team> {
  const team = await findTeam(caller, deps)
  if (!team) throw noTeam(caller.channel === '', await nearby(caller, deps))
  return team
}

/** The team of exactly this channel, for actions that change it. */
export async function teamHere(caller: Caller, deps: Deps): Promise<Team> {
  const team = await deps.store.teamIn(caller)
  if (!team) throw noTeam(caller.channel === '', await nearby(caller, deps))
  return team
}

/** The number of channels that the platform is asked about, and of teams that are mentioned. */
const [MAX_ASKED, MAX_NEARBY] = [8, 3]

/** Teams of other channels that the caller may see, first those that they joined. */
async function nearby(caller: Caller, deps: Deps): Promise<Team[]> {
  const [joined, all] = await Promise.all([
    deps.store.teamsJoined(caller),
    deps.store.teamsOf(caller, MAX_ASKED),
  ])
  const others = all.filter(({ id }) => joined.every((team) => team.id !== id))
  const asked = [...joined, ...others].slice(0, MAX_ASKED)
  return (await only(asked, (team) => maySee(team, caller, deps))).slice(0, MAX_NEARBY)
}

/** The team that a button names; throws a `UserError` for a caller who may not see its channel. */
export async function teamNumbered(id: number, caller: Caller, deps: Deps): Promise<Team> {
  const team = await deps.store.team(caller, id)
  if (!team || !(await maySee(team, caller, deps))) throw teamUnseen()
  return team
}

/**
 * The pack of the channel's team, with its exam, else that of the first team that the caller has joined; the
 * first pack if there is no team. The platform is not asked, since completion needs this with every
 * keystroke.
 */
export async function packOf(caller: Caller, { packs, store, packChoices }: Deps): Promise<LoadedPack> {
  if (packs.all.length === 1 && packs.first.bank.pack.exams.length < 2) return packs.first
  const ask = async () => (await store.teamIn(caller)) ?? (await store.teamsJoined(caller))[0]
  return packs.preparing(await (packChoices?.of(caller, ask) ?? ask()))
}
