/**
 * Handles Slack's reports that the app was removed, and refused tokens: the first marks the workspace, the
 * second pauses it.
 */
import type { Log } from '../../bot/deps.js'
import type { Presence } from '../../bot/workspace/presence.js'
import type { Api } from './api.js'
import type { Installs } from './installs.js'
import { PLATFORM } from './name.js'

export interface RemovalDeps {
  readonly api: Api
  readonly installs: Installs
  readonly presence: () => Presence
  readonly wallClock: () => number
  readonly log: Log
}

export interface Removals {
  uninstalled(workspace: string, leftAt: number | undefined): Promise<void>
  /** Asks Slack whether it accepts the token. */
  tryToken(workspace: string): Promise<void>
  /** Call it when Slack has refused this token; another process may have a newer one by now. */
  refused(workspace: string, token: string): void
  /** Tries all tokens that were refused. */
  patrol(): Promise<void>
}

export function createRemovals({ api, installs, presence, wallClock, log }: RemovalDeps): Removals {
  const startedAt = wallClock()
  const works = (workspace: string) =>
    api.callOnce(workspace, 'auth.test', {}).then(
      () => true,
      () => false,
    )

  async function tryToken(workspace: string): Promise<void> {
    installs.refresh(workspace)
    // The call itself notes a refusal; any other error says nothing about the token.
    if (await works(workspace)) await presence().accepted(PLATFORM, workspace)
  }

  return {
    tryToken,
    async uninstalled(workspace, leftAt) {
      // A report of an older removal may be delivered late: the token of this start works.
      const isOld = leftAt !== undefined && leftAt < startedAt
      if (isOld && (await works(workspace)))
        return log.info({ workspace }, 'late word of a removal left aside')
      await presence().left({ platform: PLATFORM, workspace }, leftAt)
      installs.refresh(workspace)
    },
    refused(workspace, token) {
      const noted = async () => {
        if ((await installs.find(workspace))?.token === token) await presence().refused(PLATFORM, workspace)
      }
      noted().catch((error) => log.warn({ workspace, error }, 'refused token not noted'))
    },
    async patrol() {
      for (const workspace of await presence().inDoubt(PLATFORM)) await tryToken(workspace)
    },
  }
}
