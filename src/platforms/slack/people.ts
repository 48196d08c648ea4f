/** Reads users from Slack: their name and time zone, and whether they may set teams up. */
import { createBoundedCache } from '../../core/bounded-cache.js'
import { createBudget } from '../budget.js'
import { withTimeout } from '../timeout.js'
import { type Api, codeOf } from './api.js'
import type { Installs } from './installs.js'
import { NAMES_A_MINUTE } from './limits.js'
import { isFullMember, isThere, mayRunTeams, type SlackUser } from './rights.js'

export interface Profile {
  readonly name: string
  readonly zone: string | undefined
  /** Slack's last answer: good enough to decide what to show, but never what to do. */
  readonly seemsAdmin: boolean
}

export interface People {
  /**
   * Returns the current profile, refreshed every few minutes. It waits at most `PATIENCE_MS`, and then
   * returns the last known profile, or one with `fallback` as the name.
   */
  profile(workspace: string, user: string, fallback: string): Promise<Profile>
  /**
   * Whether the user may see every public channel, unlike guests and people of other workspaces. Rejects if
   * Slack does not answer.
   */
  isFullMember(workspace: string, user: string): Promise<boolean>
  /**
   * Whether the user is still in the workspace, or of another company and in a channel that it shares;
   * undefined for another workspace of the organization. Always asks Slack. Rejects if Slack does not answer
   * within `RIGHTS_MS`.
   */
  isThere(workspace: string, user: string): Promise<boolean | undefined>
  /**
   * A yes is never cached, since rights may just have been taken away. A no is cached for a minute, so that
   * nobody without rights can use up Slack's rate limit. Throws `ChatBusy` as soon as Slack asks for a longer
   * wait than `RIGHTS_MS`.
   */
  isAdmin(workspace: string, user: string): Promise<boolean>
  /** Drops what is cached about a user who has changed. */
  forget(workspace: string, user: string): void
}

interface Known {
  readonly profile: Profile | undefined
  /** Undefined if Slack did not say. */
  readonly isFull: boolean | undefined
  readonly until: number
}

const FRESH_MS = 10 * 60_000
/** How long a failed call is remembered. */
const AGAIN_MS = 60_000
const NO_MS = 60_000
const PATIENCE_MS = 800
const RIGHTS_MS = 2000
const MAX_KNOWN = 50_000
/** Codes for people such as those of another company: they run nothing here. */
const UNKNOWN = ['user_not_found', 'user_not_visible']

/** `admins`: user ids of further people whom the operator allows to set teams up. */
export function createPeople(
  api: Api,
  installs: Installs,
  clock: () => number,
  admins: readonly string[] = [],
): People {
  const known = createBoundedCache<Known>(MAX_KNOWN)
  /** Users who may not set teams up, and until when that holds. */
  const denied = createBoundedCache<number>(MAX_KNOWN)
  const asking = new Map<string, Promise<Answer>>()
  const mayAskName = createBudget(NAMES_A_MINUTE, clock)

  /** Shares one call among all simultaneous questions about the same user. */
  function ask(workspace: string, user: string): Promise<Answer> {
    const key = keyOf(workspace, user)
    const asked = asking.get(key) ?? look(workspace, user).finally(() => asking.delete(key))
    asking.set(key, asked)
    return asked
  }

  async function look(workspace: string, user: string): Promise<Answer> {
    const install = await installs.find(workspace)
    const { user: found } = await api
      .callWithRetry<{ user?: SlackUser }>(workspace, 'users.info', { user }, RIGHTS_MS)
      .catch((error) => {
        if (UNKNOWN.includes(codeOf(error) ?? '')) return { user: undefined }
        throw error
      })
    const isAdmin = mayRunTeams(found, workspace, [install?.installer ?? '', ...admins])
    const key = keyOf(workspace, user)
    if (isAdmin) denied.delete(key)
    else denied.set(key, clock() + NO_MS)
    return { found, isAdmin }
  }

  async function refresh(workspace: string, user: string): Promise<Profile | undefined> {
    const key = keyOf(workspace, user)
    // Joining a call that is already in progress costs nothing.
    const mayAsk = asking.has(key) || mayAskName(workspace)
    const answer = mayAsk ? await ask(workspace, user).catch(() => undefined) : undefined
    return remember(workspace, user, answer)
  }

  function remember(workspace: string, user: string, answer: Answer | undefined): Profile | undefined {
    const key = keyOf(workspace, user)
    const fresh = profileOf(answer)
    const profile = fresh ?? known.get(key)?.profile
    const isFull = answer && (answer.found ? isFullMember(answer.found, workspace) : false)
    known.set(key, { profile, isFull, until: clock() + (fresh ? FRESH_MS : AGAIN_MS) })
    return profile
  }

  const people: People = {
    async profile(workspace, user, fallback) {
      const last = known.get(keyOf(workspace, user))
      const nobody = { name: fallback, zone: undefined, seemsAdmin: false }
      if (last && last.until > clock()) return last.profile ?? nobody
      return (await withTimeout(PATIENCE_MS, refresh(workspace, user))) ?? last?.profile ?? nobody
    },
    async isFullMember(workspace, user) {
      await people.profile(workspace, user, '')
      const is = known.get(keyOf(workspace, user))?.isFull
      if (is === undefined) throw new Error('Slack did not say who somebody is')
      return is
    },
    async isThere(workspace, user) {
      if (!mayAskName(workspace)) throw new Error('Slack is asked for no more people in this minute')
      const answer = await withTimeout(RIGHTS_MS, ask(workspace, user))
      if (!answer) throw new Error('Slack did not say in time who somebody is')
      remember(workspace, user, answer)
      return answer.found === undefined ? false : isThere(answer.found, workspace)
    },
    async isAdmin(workspace, user) {
      if ((denied.get(keyOf(workspace, user)) ?? 0) > clock()) return false
      return (await ask(workspace, user)).isAdmin
    },
    forget(workspace, user) {
      known.delete(keyOf(workspace, user))
      denied.delete(keyOf(workspace, user))
    },
  }
  return people
}

interface Answer {
  readonly found: SlackUser | undefined
  readonly isAdmin: boolean
}

const keyOf = (workspace: string, user: string) => `${workspace} ${user}`

function profileOf(answer: Answer | undefined): Profile | undefined {
  const { name, real_name, tz, profile } = answer?.found ?? {}
  const shown = profile?.display_name || profile?.real_name || real_name || name
  return shown ? { name: shown, zone: tz || undefined, seemsAdmin: answer?.isAdmin === true } : undefined
}
