/** What Slack needs from whoever starts it. */
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
  /** Base of the Web API. */
  readonly url: string | undefined
  /** Who else may set teams up, by user id. */
  readonly admins?: readonly string[]
  /** A getter, because the bot needs the chat first. */
  readonly app: () => App
  /** Where the tokens of many workspaces are kept; unused with one workspace by its token. */
  readonly installs: InstallStore | undefined
  /** Who was told which permissions the app lacks. */
  readonly notes: LackingNotes
  /** Unused with one workspace by its token. */
  readonly spendState: SpendState
  /** True the first time only, over all processes. */
  readonly isFirst: (id: string) => Promise<boolean>
  /** The teams in a channel of Slack, of any workspace. */
  readonly residents: (channel: string) => Promise<readonly Resident[]>
  /** Throws a `UserError` when what is stored belongs to another application. */
  readonly claim: (claim: Claim) => Promise<void>
  /** Returns a PNG. */
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  /** Milliseconds that never go back. */
  readonly clock: () => number
  /** Epoch milliseconds; `clock` if left out. */
  readonly wallClock?: () => number
  readonly log: Log
  readonly metrics: Metrics
  /** How long one call of the Web API may take. */
  readonly timeoutMs?: number
}
