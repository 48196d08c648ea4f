/** Saves a sent setup: it changes a team, moves it to another channel, or makes a new one. */
import { UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import { localDate, nextReport, nextSlot, seasonEnds } from '../../core/schedule.js'
import { feedQueue } from '../authoring/made.js'
import { savedCard } from '../cards/team-status.js'
import { notHere, teamGone } from '../cards/wording.js'
import { deliverOne } from '../delivery/deliver.js'
import { KINDS } from '../delivery/kinds.js'
import type { Deps } from '../deps.js'
import { type Caller, ChatRefusal, type FormValues } from '../ports/chat.js'
import type { PlaceKey } from '../ports/keys.js'
import { preparedIn } from '../ports/packs.js'
import { field } from '../ui/action.js'
import type { Card } from '../ui/card.js'
import { changesSince } from '../ui/form.js'
import type { TeamRef } from '../ui/params.js'
import { checkAdmin, packToShow } from './control.js'
import { readSetup, setupOf, teamReferred } from './setup.js'

export interface SentSetup {
  /** The team that the form sets up. */
  readonly team: TeamRef
  readonly form: FormValues
  /** The values that the form showed when it was opened. */
  readonly shown: FormValues | undefined
  /** The team that gives up the channel. */
  readonly over?: number
}

/** The channel has another team, and nothing was saved. */
export interface Taken {
  readonly name: string
  readonly by: Team
}

/**
 * Later changes of another admin are kept, unless this form changes the same field. Throws a `UserError` for
 * mistakes in the form.
 */
export async function saveSetup(
  { team: ref, form, shown, over }: SentSetup,
  caller: Caller,
  deps: Deps,
): Promise<Card | Taken> {
  await checkAdmin(caller)
  const before = (await teamReferred(ref, caller, deps)) ?? (await madeMeanwhile(ref, shown, caller, deps))
  const offered = preparedIn(deps.packs.preparing(before))
  await checkChannel(readSetup(form, offered, caller, deps), caller, deps)
  const changes = before && shown ? changesSince(setupOf(before, caller, deps), shown, form) : []
  const merged = { ...form, ...Object.fromEntries(changes.map((one) => [one.field.name, one.now])) }
  const setup = readSetup(merged, offered, caller, deps)
  const there = await deps.store.teamIn(setup)
  const isFree = !there || there.id === before?.id || there.id === over
  if (!isFree) return { name: setup.name, by: there }
  const now = deps.clock()
  const used = before ? await deps.store.usedDates(before.id) : []
  const open = before ? await openIn(before, deps) : []
  const saved = await deps.store.saveTeam(
    {
      ...setup,
      id: before?.id,
      admin: caller.user,
      nextPostAt: nextSlot(setup, now, used),
      seasonEnds: seasonEnds(now, setup.zone),
    },
    there && there.id === over ? over : undefined,
  )
  if (saved === undefined) throw notHere()
  if (saved === 'gone') throw teamGone()
  if (saved === 'taken') return takenNow(setup, deps)
  if (before && before.zone !== saved.zone) await deps.store.moveReport(saved.id, nextReport(saved.zone, now))
  const moved = before && before.channel !== saved.channel ? { from: before, open } : undefined
  const refused = before && !moved ? undefined : await announce(moved ? 'arrived' : 'welcome', saved, deps)
  await feedQueue(saved, deps)
  // A round that waits to be posted can be posted now.
  const latest = await deps.store.latestRound(saved.id)
  const hadToday = used.includes(localDate(now, setup.zone)) && latest?.state !== 'due'
  return savedCard(saved, { hadToday, refused, changes, pack: packToShow(saved, deps), moved })
}

/** Finds the team that another admin set up in this channel meanwhile: the later form changes that team. */
async function madeMeanwhile(
  ref: TeamRef,
  shown: FormValues | undefined,
  { platform, workspace }: Caller,
  { store }: Deps,
): Promise<Team | undefined> {
  const channel = ref === 'new' && shown ? field(shown, 'channel') : ''
  const team = channel === '' ? undefined : await store.teamIn({ platform, workspace, channel })
  // A team that has already had a question has moved here from another channel, so it is not the new one.
  return team && (await store.usedDates(team.id)).length === 0 ? team : undefined
}

/** If two admins want one channel at the same moment, the second one is asked. */
async function takenNow(setup: PlaceKey & { readonly name: string }, deps: Deps): Promise<Taken> {
  const by = await deps.store.teamIn(setup)
  if (!by)
    throw new UserError('The channel changed just now, so nothing was saved. Please try again.', 'channel')
  return { name: setup.name, by }
}

/** The rounds that stay open in the channel where the team is now. */
export async function openIn(team: Team, deps: Deps) {
  return (await deps.store.openRounds(team.id)).filter((round) => round.channel === team.channel)
}

/**
 * Throws a `UserError` for a channel that cannot be used; call it before anything is saved. The admin is
 * known to see the channel that they are in.
 */
export async function checkChannel(place: PlaceKey, caller: Caller, deps: Deps): Promise<void> {
  try {
    await deps.chats
      .get(caller.platform)
      ?.checkChannel(place, place.channel === caller.channel ? undefined : caller.user)
  } catch (error) {
    if (error instanceof ChatRefusal) throw new UserError(error.message, 'channel')
    deps.log.warn({ platform: caller.platform, error }, 'channel of a setup could not be looked at')
    throw new UserError(
      'The channel could not be looked at just now, so nothing was saved. Please try again in a minute.',
      'channel',
    )
  }
}

/**
 * Announces the team in its channel. If the channel cannot be posted in, returns why, in words for the admin,
 * before a daily question fails. A failure is tried again, as for every message that the bot sends by itself.
 */
export async function announce(
  kind: 'welcome' | 'arrived',
  team: Team,
  deps: Deps,
): Promise<string | undefined> {
  const dueAt = deps.clock()
  const key = kind === 'welcome' ? `welcome-${team.id}` : `arrived-${team.id}-${dueAt}`
  await deps.store.enqueue({ key, kind, team: team.id, dueAt })
  return deliverOne(key, KINDS, deps)
}
