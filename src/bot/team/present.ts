/**
 * Checks whether people on a board or a list are still there: the platform is asked about each once a day at
 * most. A person who has left rests in all teams of the workspace until they answer again; a person who can
 * no longer see the channel of a team rests in that team.
 */
import { DAY_MS } from '../../core/time.js'
import type { Deps } from '../deps.js'
import type { Board, BoardQuery } from '../ports/boards.js'
import type { Chat } from '../ports/chat.js'
import type { UserKey, WorkspaceKey } from '../ports/keys.js'
import type { Store } from '../ports/store.js'
import { only } from './access.js'

/** The most times the list is read again: people who move up in place of those who left are checked, too. */
const LOOKS = 3

interface Shown {
  readonly id: number
  readonly askedAt?: number | undefined
}

/** `round`: people who have answered it are known to be there, and are not asked about. */
export async function presentBoard(
  query: BoardQuery,
  place: WorkspaceKey,
  deps: Deps,
  round?: number,
): Promise<Board> {
  const shownOf = ({ rows }: Board) => rows.map(({ member, askedAt }) => ({ id: member.id, askedAt }))
  return present(() => deps.store.board(query), shownOf, place, deps, round)
}

/** Reads again while the result contains people who have left. */
export async function present<T>(
  read: () => Promise<T>,
  shownOf: (found: T) => readonly Shown[],
  place: WorkspaceKey,
  deps: Deps,
  round?: number,
): Promise<T> {
  let found = await read()
  for (let look = 0; look < LOOKS && (await haveLeft(shownOf(found), place, deps, round)); look++)
    found = await read()
  return found
}

async function haveLeft(
  shown: readonly Shown[],
  { platform, workspace }: WorkspaceKey,
  { store, chats, clock }: Deps,
  round: number | undefined,
): Promise<boolean> {
  const chat = chats.get(platform)
  const due = shown.filter(({ askedAt }) => askedAt === undefined || askedAt <= clock() - DAY_MS)
  if (!chat || due.length === 0) return false
  const taken = await store.takeAsking(
    due.map(({ id }) => id),
    clock(),
    round,
  )
  const gone = await only(taken, async ({ user }) => (await chat.isThere({ workspace, user })) === 'no')
  if (gone.length > 0) await store.markGone(gone.map(({ id }) => id))
  const rest = taken.filter((one) => !gone.includes(one))
  const out = await only(rest, ({ id, user }) => isOut(id, { platform, workspace, user }, chat, store))
  return gone.length + out.length > 0
}

/** Asks about all of the member's teams at once, since they are not asked about again for a day. */
async function isOut(member: number, who: UserKey, chat: Chat, store: Store): Promise<boolean> {
  const teams = (await store.teamsJoined(who)).filter(({ goneAt }) => goneAt === undefined)
  const out = await only(teams, async (team) => (await chat.isStillIn(team, who.user)) === 'no')
  for (const { id } of out) await store.markGone([member], id)
  return out.length > 0
}
