/**
 * Decides who may see a channel, according to Slack. It asks Slack little, and nothing twice within a minute:
 * see "Rate limits" in Slack's documentation.
 */
import { teamOfAnotherWorkspace } from '../../bot/cards/wording.js'
import { type Chat, ChatRefusal } from '../../bot/ports/chat.js'
import { createLookup } from '../lookup.js'
import { withTimeout } from '../timeout.js'
import { type Api, codeOf } from './api.js'
import type { Homes } from './homes.js'
import type { People } from './people.js'

export type Access = Pick<Chat, 'access' | 'isThere' | 'isStillIn' | 'isPrivate' | 'checkChannel'>

interface Info {
  readonly channel: {
    readonly is_channel?: boolean
    readonly is_private?: boolean
    readonly is_im?: boolean
    readonly is_mpim?: boolean
  }
}

interface Members {
  readonly members?: readonly string[]
  readonly response_metadata?: { readonly next_cursor?: string }
}

interface InChannel {
  readonly users: ReadonlySet<string>
  /** False if the channel has too many members to read all. */
  readonly isAll: boolean
}

/** `open`: visible to every full member of the workspace. `none`: Cohort can see no such channel. */
type Kind = 'open' | 'private' | 'direct' | 'none'

/** Short, because a person waits for a board meanwhile. */
const THERE_MS = 2000
const PAGE = 1000
/** A member of a large channel is not found beyond this many pages. */
const PAGES = 20
const NO_CHANNEL =
  'There is no such channel that both you and Cohort can see. If it is private, join it and type /invite @Cohort there.'

export function createAccess(
  api: Api,
  people: Pick<People, 'isFullMember' | 'isThere'>,
  homes: Pick<Homes, 'other'>,
  clock: () => number,
): Access {
  const kinds = createLookup(kindOf, clock)
  const members = createLookup(membersOf, clock, ({ users }) => users.size + 1)

  async function kindOf(workspace: string, channel: string): Promise<Kind> {
    try {
      const { channel: found } = await api.callOnce<Info>(workspace, 'conversations.info', { channel })
      if (found.is_im || found.is_mpim) return 'direct'
      return found.is_channel && found.is_private === false ? 'open' : 'private'
    } catch (error) {
      if (codeOf(error) === 'channel_not_found') return 'none'
      throw error
    }
  }

  async function membersOf(workspace: string, channel: string): Promise<InChannel> {
    const users = new Set<string>()
    let cursor: string | undefined
    for (let page = 0; page < PAGES; page++) {
      const answer = await api.callOnce<Members>(workspace, 'conversations.members', {
        channel,
        limit: PAGE,
        ...(cursor && { cursor }),
      })
      for (const user of answer.members ?? []) users.add(user)
      cursor = answer.response_metadata?.next_cursor
      if (!cursor) break
    }
    return { users, isAll: !cursor }
  }

  /** Rejects if Slack does not answer. */
  async function sees(
    workspace: string,
    channel: string,
    user: string,
    forceRefresh = false,
  ): Promise<boolean> {
    const kind = await kinds(workspace, channel, forceRefresh)
    if (kind === 'none') return false
    if (kind === 'open' && (await people.isFullMember(workspace, user))) return true
    return (await members(workspace, channel, forceRefresh)).users.has(user)
  }

  /** Returns yes for every full member if the channel is open, since they can come back at any time. */
  async function isStillIn(workspace: string, channel: string, user: string) {
    const kind = await kinds(workspace, channel)
    if (kind !== 'open' && kind !== 'private') return 'unknown'
    if (kind === 'open' && (await people.isFullMember(workspace, user))) return 'yes'
    const { users, isAll } = await members(workspace, channel)
    if (users.has(user)) return 'yes'
    return isAll ? 'no' : 'unknown'
  }

  return {
    isStillIn: async ({ workspace, channel }, user) =>
      (await withTimeout(
        THERE_MS,
        isStillIn(workspace, channel, user).catch(() => undefined),
      )) ?? 'unknown',
    access: ({ workspace, channel }, user) =>
      sees(workspace, channel, user).then(
        (does) => (does ? 'yes' : 'no'),
        () => 'unknown',
      ),
    isThere: ({ workspace, user }) =>
      people.isThere(workspace, user).then(
        (is) => (is === undefined ? 'unknown' : is ? 'yes' : 'no'),
        () => 'unknown',
      ),
    isPrivate: ({ workspace, channel }) =>
      kinds(workspace, channel).then(
        (kind) => kind !== 'open',
        () => true,
      ),
    async checkChannel({ workspace, channel }, user) {
      const kind = await kinds(workspace, channel, true).catch((error) => {
        // An install from before Cohort asked for the scope still works: the channel where the admin is needs
        // no check.
        if (user === undefined && codeOf(error) === 'missing_scope') return undefined
        throw error
      })
      if (kind === 'direct')
        throw new ChatRefusal('A team studies in a channel, not in direct messages. Choose a channel.')
      if (kind === 'none' || (user !== undefined && !(await sees(workspace, channel, user, true))))
        throw new ChatRefusal(NO_CHANNEL)
      const there = await homes.other(workspace, channel)
      if (there) throw new ChatRefusal(teamOfAnotherWorkspace(there.name))
    },
  }
}
