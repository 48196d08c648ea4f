/** The rights to act on questions of a team, and the messages to those who lack them. */
import { MAX_OPEN_OWN, MAX_OPEN_TEAM } from '../../core/authoring.js'
import { Over, UserError } from '../../core/errors.js'
import type { Team } from '../../core/model.js'
import type { Deps } from '../deps.js'
import { OVER } from '../forms/drafts.js'
import type { Actor, NotDone, TeamQuestion } from '../ports/authoring.js'
import type { Caller } from '../ports/chat.js'
import { teamNumbered } from '../team/team.js'
import { STALE } from '../ui/params.js'

export async function actorOf(caller: Caller): Promise<Actor> {
  const { platform, workspace, user, name } = caller
  return { platform, workspace, user, name, isLead: await caller.isAdmin() }
}

const REFUSED: Readonly<Record<NotDone['refused'], string>> = {
  own: 'You wrote a version of this question, so others decide on it.',
  'not-yours': 'That is for whoever wrote the question.',
  already: 'You have approved this version, and it counts once. Another yes is needed.',
  'moved-on': 'It has changed since, or somebody has decided on it. /study review shows what waits now.',
  'own-limit': `You have ${MAX_OPEN_OWN} questions that wait. Once some are decided on, write more.`,
  'team-limit': `Your team has ${MAX_OPEN_TEAM} questions that wait. /study review helps: once some are decided on, write more.`,
  'too-few':
    'With your change too few would be left to approve it. Reject it instead, and say what should be different.',
  waits: 'It still waits. /study review is where you reject it, with a reason that its author is told.',
  same: 'This very question is asked already, or waits for review.',
  sent: OVER,
  'not-member': 'This is for members of the team. Answer one of its questions first: then you are in it.',
}

/** For what no person of the team has decided on. */
const LEFT_QUEUE =
  'It was made from notes, and it needs no review any more: it was decided on for the whole pack, or the notes no longer say it. /study review shows what waits now.'

/** `draft`: the question that was acted on. */
export function refusedError(refused: NotDone['refused'], draft?: TeamQuestion): UserError {
  if (refused === 'sent') return new Over(OVER)
  if (refused === 'moved-on' && draft && hasLeftQueue(draft)) return new UserError(LEFT_QUEUE)
  return new UserError(REFUSED[refused], refused === 'same' ? 'stem' : undefined)
}

const hasLeftQueue = ({ isFromNotes, state, reason }: TeamQuestion) =>
  isFromNotes && state === 'rejected' && reason === undefined

/** Throws a `UserError` unless the caller is a member of the team or an admin. */
export async function checkMember({ id }: Team, caller: Caller, { store }: Deps): Promise<void> {
  const isIn = (await store.teamsJoined(caller)).some((team) => team.id === id)
  if (!isIn && !(await caller.isAdmin())) throw refusedError('not-member')
}

/** The question after the act; throws a `UserError` if the act was refused. `before`: the question before it. */
export function orRefused(result: TeamQuestion | NotDone | undefined, before?: TeamQuestion): TeamQuestion {
  if (!result) throw new UserError(STALE)
  if ('refused' in result) throw refusedError(result.refused, before)
  return result
}

/** A question of a team whose channel the caller may see; throws a `UserError` for all others. */
export async function questionFor(id: number, caller: Caller, deps: Deps): Promise<TeamQuestion> {
  const draft = await deps.store.teamQuestion(await actorOf(caller), id)
  if (!draft) throw new UserError(STALE)
  await teamNumbered(draft.team, caller, deps)
  return draft
}

/** Like `questionFor`; also throws a `UserError` if the question has another version by now. */
export async function versionFor(
  id: number,
  version: number,
  caller: Caller,
  deps: Deps,
): Promise<TeamQuestion> {
  const draft = await questionFor(id, caller, deps)
  if (draft.version !== version) throw refusedError('moved-on')
  return draft
}
