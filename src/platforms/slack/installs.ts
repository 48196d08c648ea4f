/** Where the bot is installed, and with which token. */

export interface Install {
  /** Team id, `T…`. */
  readonly workspace: string
  readonly token: string
  /** User id of the one who installed it, who may set teams up; empty when not known. */
  readonly installer: string
}

/** Where installs are kept; `store/installs.ts` is one. */
export interface InstallStore {
  find(workspace: string): Promise<Install | undefined>
  save(install: Install, now: number): Promise<void>
}

export interface Installs {
  find(workspace: string): Promise<Install | undefined>
  save(install: Install): Promise<void>
  /** What is known of a workspace may no longer be so: it is read anew. */
  refresh(workspace: string): void
}

/** One workspace, by the bot token of the environment. */
export function oneInstall(workspace: string, token: string): Installs {
  return {
    find: async (asked) => (asked === workspace ? { workspace, token, installer: '' } : undefined),
    save: () => Promise.reject(new Error('one workspace by token has no installs to save')),
    refresh() {},
  }
}

/** Another process may have taken an install, or given it back. */
const FRESH_MS = 60_000
const MAX_KNOWN = 50_000

/**
 * Many workspaces, remembered for a minute, so that a press or a look-up does not wait for the database. `clock` never jumps; `wallClock`
 * is compared with what Slack says of the time of a removal.
 */
export function manyInstalls(store: InstallStore, clock: () => number, wallClock: () => number): Installs {
  const known = new Map<string, { readonly install: Promise<Install | undefined>; readonly until: number }>()
  return {
    find(workspace) {
      const last = known.get(workspace)
      if (last && last.until > clock()) return last.install
      const install = store.find(workspace)
      if (known.size >= MAX_KNOWN) known.clear()
      known.set(workspace, { install, until: clock() + FRESH_MS })
      // Who is not installed may be in a moment, and a database that was away may be back.
      const unknown = () => known.delete(workspace)
      install.then((found) => found || unknown(), unknown)
      return install
    },
    async save(install) {
      await store.save(install, wallClock())
      known.delete(install.workspace)
    },
    refresh: (workspace) => void known.delete(workspace),
  }
}
