/** The installs of the bot: their tokens and their scopes. */
import { createBoundedCache } from '../../core/bounded-cache.js'
import { BOT_SCOPES, lackingScopes, type Scope } from './scopes.js'

export interface Install {
  /** Team id, `T…`, or `E…` of an organization that installed it for all of its workspaces. */
  readonly workspace: string
  readonly token: string
  /** User id of the first installer, who may set teams up; empty if unknown. */
  readonly installer: string
  /** The token's scopes as Slack reports them; empty until then. */
  readonly scopes: readonly string[]
}

/** The storage of installs, implemented by `store/installs.ts`. */
export interface InstallStore {
  /** Returns the workspace's own install, otherwise that of its organization. */
  find(workspace: string): Promise<Install | undefined>
  save(install: Install, now: number): Promise<void>
  /** Stores the scopes of the install of just this workspace or organization. */
  learn(workspace: string, scopes: readonly string[]): Promise<void>
  /** Notes that the install of this organization serves the workspace; does nothing if there is none. */
  join(workspace: string, organization: string): Promise<void>
  /** Returns how many installs lack each of these scopes. */
  lacking(
    scopes: readonly string[],
  ): Promise<readonly { readonly scope: string; readonly installs: number }[]>
}

export interface Installs {
  find(workspace: string): Promise<Install | undefined>
  /**
   * Whether the app has the scope in a workspace; false while unknown, so that an unknown channel counts as
   * private.
   */
  has(workspace: string, scope: Scope): Promise<boolean>
  save(install: Install): Promise<void>
  /** Records the token's scopes, which Slack reports with each answer. */
  learn(workspace: string, scopes: readonly string[]): Promise<void>
  join(workspace: string, organization: string): Promise<void>
  /**
   * Returns the missing scopes in words that name no workspace, since they are shown in `/healthz`; undefined
   * if nothing is missing.
   */
  lacking(): Promise<string | undefined>
  /** Reads a workspace again, since the cached data may be out of date. */
  refresh(workspace: string): void
}

/**
 * Serves one workspace, or one organization with all of its workspaces, by the bot token of the environment.
 */
export function oneInstall(
  own: Pick<Install, 'workspace' | 'token' | 'scopes'>,
  isOrganization: boolean,
  arrived: (workspace: string) => Promise<void>,
): Installs {
  const joined = new Set([own.workspace])
  let install: Install = { ...own, installer: '' }
  const find = async (asked: string) => (isOrganization || asked === own.workspace ? install : undefined)
  return {
    find,
    has: async (workspace, scope) => mayDo(await find(workspace), scope),
    save: () => Promise.reject(new Error('one workspace by token has no installs to save')),
    async learn(_workspace, scopes) {
      install = { ...install, scopes }
    },
    async join(workspace) {
      if (!isOrganization || joined.has(workspace)) return
      await arrived(workspace)
      joined.add(workspace)
    },
    lacking: async () =>
      install.scopes.length === 0 ? undefined : missing(lackingScopes(install.scopes).later),
    refresh() {},
  }
}

/** Cached data expires because another process may have received an install or a removal. */
const FRESH_MS = 60_000
const MAX_KNOWN = 50_000

/**
 * Serves many workspaces, cached for a minute, so that a press or a look-up does not wait for the database.
 * `clock` never jumps; `wallClock` is compared with the times of removals that Slack reports.
 */
export function manyInstalls(store: InstallStore, clock: () => number, wallClock: () => number): Installs {
  const known = createBoundedCache<{
    readonly install: Promise<Install | undefined>
    readonly until: number
  }>(MAX_KNOWN)
  /** Workspaces that an organization is known to serve, so that this is stored only once. */
  const joined = createBoundedCache<string>(MAX_KNOWN)

  function find(workspace: string): Promise<Install | undefined> {
    const last = known.get(workspace)
    if (last && last.until > clock()) return last.install
    const install = store.find(workspace)
    known.set(workspace, { install, until: clock() + FRESH_MS })
    // A missing install is not cached: it may arrive, or the database may be back, in a moment.
    const unknown = () => known.delete(workspace)
    install.then((found) => found || unknown(), unknown)
    return install
  }

  /**
   * Drops everything for an organization, since the ids of its workspaces do not show that it serves them.
   */
  function refresh(workspace: string): void {
    if (!workspace.startsWith('E')) {
      known.delete(workspace)
      joined.delete(workspace)
      return
    }
    known.clear()
    joined.clear()
  }

  return {
    find,
    has: async (workspace, scope) => mayDo(await find(workspace), scope),
    async save(install) {
      await store.save(install, wallClock())
      refresh(install.workspace)
    },
    async learn(workspace, scopes) {
      const install = await find(workspace)
      if (!install || install.scopes.join() === scopes.join()) return
      await store.learn(install.workspace, scopes)
      refresh(install.workspace)
    },
    async join(workspace, organization) {
      if (joined.get(workspace) === organization && (await find(workspace))) return
      await store.join(workspace, organization)
      refresh(workspace)
      joined.set(workspace, organization)
    },
    lacking: async () =>
      missing(
        (await store.lacking(BOT_SCOPES)).map(({ scope, installs }) => `${scope} (${installs} installs)`),
      ),
    refresh,
  }
}

function missing(names: readonly string[]): string | undefined {
  return names.length > 0 ? `missing ${names.join(', ')}` : undefined
}

function mayDo(install: Install | undefined, scope: Scope): boolean {
  return install?.scopes.includes(scope) === true
}
