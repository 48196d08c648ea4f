/** Who a user is: the name and the time zone that Slack knows, and whether they run the workspace. */

import { within } from '../patience.js'
import type { Api } from './api.js'
import type { Installs } from './installs.js'

export interface Profile {
  readonly name: string
  readonly zone: string | undefined
}

export interface People {
  /**
   * The profile at the time, refreshed every few minutes. Nobody waits for it longer than `PATIENCE_MS`: then it is the last one known,
   * or `fallback` for the name.
   */
  profile(workspace: string, user: string, fallback: string): Promise<Profile>
  /** Whether they may see every public channel, as guests and people of other workspaces may not. Rejects when Slack does not say. */
  isFullMember(workspace: string, user: string): Promise<boolean>
  /** Asked anew each time: rights may have been taken away a moment ago. */
  isAdmin(workspace: string, user: string): Promise<boolean>
}

interface Info {
  readonly user?: {
    readonly name?: string
    readonly real_name?: string
    readonly tz?: string
    readonly is_admin?: boolean
    readonly is_owner?: boolean
    readonly is_primary_owner?: boolean
    readonly is_restricted?: boolean
    readonly is_ultra_restricted?: boolean
    readonly is_stranger?: boolean
    readonly deleted?: boolean
    readonly profile?: { readonly display_name?: string; readonly real_name?: string }
  }
}

interface Known {
  readonly profile: Profile | undefined
  /** Undefined when Slack did not say. */
  readonly isFull: boolean | undefined
  readonly until: number
}

const FRESH_MS = 10 * 60_000
/** After Slack did not say. */
const AGAIN_MS = 60_000
const PATIENCE_MS = 800
const MAX_KNOWN = 50_000

export function createPeople(api: Api, installs: Installs, clock: () => number): People {
  const known = new Map<string, Known>()
  const asking = new Map<string, Promise<Profile | undefined>>()

  const info = async (workspace: string, user: string) => (await api.call<Info>(workspace, 'users.info', { user })).user

  async function look(workspace: string, user: string, key: string): Promise<Profile | undefined> {
    const found = await info(workspace, user).catch(() => undefined)
    const name = found?.profile?.display_name || found?.profile?.real_name || found?.real_name || found?.name
    const profile = name ? { name, zone: found?.tz || undefined } : known.get(key)?.profile
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(key, { profile, isFull: found && isFull(found), until: clock() + (name ? FRESH_MS : AGAIN_MS) })
    asking.delete(key)
    return profile
  }

  const people: People = {
    async profile(workspace, user, fallback) {
      const key = `${workspace} ${user}`
      const last = known.get(key)
      const nobody = { name: fallback, zone: undefined }
      if (last && last.until > clock()) return last.profile ?? nobody
      const asked = asking.get(key) ?? look(workspace, user, key)
      asking.set(key, asked)
      return (await within(PATIENCE_MS, asked)) ?? last?.profile ?? nobody
    },
    async isFullMember(workspace, user) {
      await people.profile(workspace, user, '')
      const is = known.get(`${workspace} ${user}`)?.isFull
      if (is === undefined) throw new Error('Slack did not say who somebody is')
      return is
    },
    async isAdmin(workspace, user) {
      if ((await installs.find(workspace))?.installer === user) return true
      const { user: found } = await api.insist<Info>(workspace, 'users.info', { user })
      return found?.is_admin === true || found?.is_owner === true || found?.is_primary_owner === true
    },
  }
  return people
}

function isFull(user: NonNullable<Info['user']>): boolean {
  return ![user.is_restricted, user.is_ultra_restricted, user.is_stranger, user.deleted].includes(true)
}
