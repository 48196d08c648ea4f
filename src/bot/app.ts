/** The bot on no platform: one way in for people (`run`), one for completion (`complete`), one for time (`tick`). */
import type { Bank } from '../content/bank.js'
import type { Choosable } from './card.js'
import type { Caller, Chat, Reply, Request } from './chat.js'
import type { Command } from './command.js'
import type { Store } from './store.js'

export interface Deps {
  readonly bank: Bank
  readonly store: Store
  /** By platform name; only the platforms that are on. */
  readonly chats: ReadonlyMap<string, Chat>
  /** The time in epoch milliseconds. */
  readonly clock: () => number
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
}

/** What `log.ts` gives; the message is static, the variables are fields. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface App {
  readonly commands: readonly Command[]
  /** Never rejects: a person's mistake and a bug of ours both come back as a card. */
  run(request: Request): Promise<Reply>
  /** Values for one option of a command, best first, at most 25; fast, without the database. */
  suggest(caller: Caller, command: string, option: string, typed: string): Promise<readonly Choosable[]>
  /** Ways to go on with a line that starts with `/`: each `value` is a whole line. */
  complete(caller: Caller, line: string): Promise<readonly Choosable[]>
  /** Plans, posts, closes and reveals what is due. Call often; never at the same time in one process. */
  tick(): Promise<void>
}
