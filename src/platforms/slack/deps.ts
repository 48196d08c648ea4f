/** The dependencies of the Slack platform. */
import type { App } from '../../bot/app.js'
import type { Log } from '../../bot/deps.js'
import type { Metrics } from '../../bot/ports/metrics.js'
import type { Picture } from '../../bot/ui/card.js'
import type { Claim } from '../../bot/workspace/application.js'
import type { LackingNotes } from '../lacking-notice.js'
import type { Resident } from './homes.js'
import type { InstallStore } from './installs.js'
import type { Mode } from './mode.js'
import type { SpendState } from './state.js'

export interface SlackDeps {
  readonly mode: Mode
  /** Base URL of the Web API. */
  readonly url: string | undefined
  /** User ids of further people who may set teams up. */
  readonly admins?: readonly string[]
  /** A getter, because the bot needs the chat first. */
  readonly app: () => App
  /** The storage for tokens of many workspaces; unused with one workspace by its token. */
  readonly installs: InstallStore | undefined
  /** Records who was notified of permissions that the app lacks. */
  readonly notes: LackingNotes
  /** Unused with one workspace by its token. */
  readonly spendState: SpendState
  /** Returns true only for the first call with an id, over all processes. */
  readonly isFirst: (id: string) => Promise<boolean>
  /** Returns the teams in a channel of Slack, of any workspace. */
  readonly residents: (channel: string) => Promise<readonly Resident[]>
  /** Throws a `UserError` if stored data belongs to another application. */
  readonly claim: (claim: Claim) => Promise<void>
  /** Returns a PNG. */
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  /** Returns monotonic milliseconds. */
  readonly clock: () => number
  /** Returns epoch milliseconds; defaults to `clock`. */
  readonly wallClock?: () => number
  readonly log: Log
  readonly metrics: Metrics
  /** The timeout of one call of the Web API. */
  readonly timeoutMs?: number
}
