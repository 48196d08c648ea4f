/** Who a user is: the name that Slack shows, and whether they run the workspace. */
import type { Api } from './api.js'
import type { Installs } from './installs.js'

export interface People {
  /** The name at the time, refreshed every few minutes; `fallback` when Slack does not say. */
  name(workspace: string, user: string, fallback: string): Promise<string>
  /** Asked anew each time: rights may have been taken away a moment ago. */
  isAdmin(workspace: string, user: string): Promise<boolean>
}

interface Info {
  readonly user?: {
    readonly name?: string
    readonly real_name?: string
    readonly is_admin?: boolean
    readonly is_owner?: boolean
    readonly is_primary_owner?: boolean
    readonly profile?: { readonly display_name?: string; readonly real_name?: string }
  }
}

const FRESH_MS = 10 * 60_000
const MAX_KNOWN = 50_000

export function createPeople(api: Api, installs: Installs, clock: () => number): People {
  const known = new Map<string, { readonly name: string; readonly until: number }>()

  const ask = async (workspace: string, user: string) => (await api.insist<Info>(workspace, 'users.info', { user })).user

  return {
    async name(workspace, user, fallback) {
      const key = `${workspace} ${user}`
      const last = known.get(key)
      if (last && last.until > clock()) return last.name
      const info = await ask(workspace, user).catch(() => undefined)
      const name = info?.profile?.display_name || info?.profile?.real_name || info?.real_name || info?.name || last?.name || fallback
      if (known.size >= MAX_KNOWN) known.clear()
      known.set(key, { name, until: clock() + FRESH_MS })
      return name
    },
    async isAdmin(workspace, user) {
      if ((await installs.find(workspace))?.installer === user) return true
      const info = await ask(workspace, user)
      return info?.is_admin === true || info?.is_owner === true || info?.is_primary_owner === true
    },
  }
}
