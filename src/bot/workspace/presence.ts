/**
 * Tracks the workspaces where the bot is, and those that it has left. Each step is one act of the store, a
 * line of the log and a figure. All steps but the last, the deletion, can be undone, and no single answer of
 * a platform leads to the deletion.
 */

import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { WorkspaceKey } from '../ports/keys.js'

export interface Presence {
  /** Records that the bot is in these workspaces: this is the only way to add one, or to bring one back. */
  here(platform: string, ids: readonly string[]): Promise<void>
  /**
   * Records that the bot was removed, at that time if the platform reports it. Nothing is done there any
   * more; the workspace is deleted after seven days.
   */
  left(workspace: WorkspaceKey, leftAt?: number): Promise<void>
  /** Records that the platform does not know the workspace: on the third day in a row it counts as left. */
  missing(workspace: WorkspaceKey): Promise<void>
  /**
   * Records that the platform refuses the token of one workspace, or of all: after three days nothing is
   * posted there.
   */
  refused(platform: string, workspace?: string): Promise<void>
  accepted(platform: string, workspace?: string): Promise<void>
  /** The workspaces that are there, as far as is known. */
  stored(platform: string): Promise<readonly string[]>
  /** The workspaces that are marked as removed. */
  marked(platform: string): Promise<readonly string[]>
  /** The workspaces that are there and whose token is refused. */
  inDoubt(platform: string): Promise<readonly string[]>
  /**
   * Deletes workspaces that were left seven days ago or more, with a limit per day, on the enabled platforms.
   */
  purge(): Promise<void>
  /** Reads what other processes have marked. */
  look(): Promise<void>
  /** Throws a `UserError` for a workspace that the bot has left. */
  check(workspace: WorkspaceKey): void
}

const MISSING_DAYS = 3

export function createPresence({
  store,
  chats,
  clock,
  log,
  metrics,
}: Pick<Deps, 'store' | 'chats' | 'clock' | 'log' | 'metrics'>): Presence {
  let removed: ReadonlySet<string> = new Set()

  async function look(): Promise<void> {
    removed = new Set((await store.removedWorkspaces()).map(keyOf))
  }

  async function left(place: WorkspaceKey, leftAt?: number): Promise<void> {
    const { platform, workspace } = place
    if (await store.removeWorkspace(place, clock(), leftAt)) {
      log.warn({ platform, workspace }, 'workspace removed, deleted in seven days')
      metrics.workspace(platform, 'removed')
    }
    await look()
  }

  return {
    async here(platform, ids) {
      for (const workspace of await store.openWorkspaces(platform, ids)) {
        log.info({ platform, workspace }, 'workspace is back')
        metrics.workspace(platform, 'returned')
      }
      await look()
    },
    left,
    async missing(place) {
      const { platform, workspace } = place
      const days = await store.missWorkspace(place, clock())
      if (days === undefined) return
      log.warn({ platform, workspace, days }, 'workspace missing')
      metrics.workspace(platform, 'missing')
      if (days >= MISSING_DAYS) await left(place)
    },
    async refused(platform, one) {
      for (const { workspace, paused } of await store.refuseToken(platform, one, clock())) {
        if (paused) log.error({ platform, workspace }, 'token refused for three days, nothing is posted')
        else log.warn({ platform, workspace }, 'token refused')
        metrics.workspace(platform, paused ? 'paused' : 'refused')
      }
    },
    async accepted(platform, one) {
      for (const workspace of await store.acceptToken(platform, one)) {
        log.info({ platform, workspace }, 'token accepted again')
        metrics.workspace(platform, 'accepted')
      }
    },
    stored: (platform) => store.workspaces(platform),
    marked: async (platform) =>
      (await store.removedWorkspaces())
        .filter((one) => one.platform === platform)
        .map((one) => one.workspace),
    inDoubt: (platform) => store.refusedWorkspaces(platform),
    async purge() {
      const done = await store.purgeDue(clock(), [...chats.keys()], true)
      for (const { platform, workspace } of done?.gone ?? []) {
        log.warn({ platform, workspace }, 'workspace purged')
        metrics.workspace(platform, 'purged')
      }
      for (const { platform, workspace } of done?.held ?? []) {
        log.error({ platform, workspace }, 'workspace not purged, too many a day')
        metrics.workspace(platform, 'held')
      }
      await look()
    },
    look,
    check(place) {
      if (removed.has(keyOf(place))) throw notHere()
    },
  }
}

const keyOf = ({ platform, workspace }: WorkspaceKey) => `${platform} ${workspace}`
