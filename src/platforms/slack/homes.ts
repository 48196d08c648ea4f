/**
 * Finds the workspace that a channel belongs to. Workspaces of one organization, and companies by Slack
 * Connect, share channels, which have the same id in each: a team studies there once, and everybody in the
 * channel belongs to its workspace.
 */
import { createLookup } from '../lookup.js'

/**
 * A team in a channel, with its workspace; it may have moved to another channel and still have a round open
 * here.
 */
export interface Resident {
  readonly workspace: string
  readonly name: string
  readonly channel: string
}

export interface Homes {
  /**
   * Returns the workspace whose team studies in the channel, or has a question open there; the given one if
   * none does, or while that is unknown.
   */
  of(workspace: string, channel: string): Promise<string>
  /**
   * Returns the team of another workspace there, if this one has none, as of this moment. Rejects with the
   * store's error.
   */
  other(workspace: string, channel: string): Promise<Resident | undefined>
}

/** `residents`: returns the teams in a channel, oldest first. */
export function createHomes(
  residents: (channel: string) => Promise<readonly Resident[]>,
  clock: () => number,
): Homes {
  const known = createLookup((_any, channel) => residents(channel), clock)
  const otherOf = (all: readonly Resident[], workspace: string) =>
    all.some((one) => one.workspace === workspace) ? undefined : all[0]
  return {
    async of(workspace, channel) {
      if (channel === '') return workspace
      const all = await known('', channel).catch(() => [])
      return otherOf(all, workspace)?.workspace ?? workspace
    },
    async other(workspace, channel) {
      const all = await known('', channel, true)
      return otherOf(
        all.filter((one) => one.channel === channel),
        workspace,
      )
    },
  }
}
