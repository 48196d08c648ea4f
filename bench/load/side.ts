/**
 * What the load asks of a loopback platform: one workspace with a channel a team, and people who press and
 * type there.
 */
import type { Server } from 'node:net'
import type { Acts } from './acts.js'

export interface Side {
  readonly platform: 'slack' | 'discord'
  /** The id of its one workspace. */
  readonly workspace: string
  /** The id of the message that stands in every channel from the start. */
  readonly message: string
  /** With which a bot finds it. */
  readonly env: Readonly<Record<string, string>>
  readonly presses: Acts
  readonly lookUps: Acts
  channel(team: number): string
  /** Somebody presses a button of the newest message in the channel of the team. */
  press(team: number, person: number, action: string, due: number): void
  /** `command` without its slash; `words`: what it is given, which may be nothing. */
  type(team: number, person: number, command: string, words: string, due: number): void
  /** What stands in the first message of the channel of the team. */
  drawn(team: number): string
  /** Where the bot listens, for a platform that calls it. */
  reach(port: number): void
  stop(): void
}

export const HOST = '127.0.0.1'

export function listening(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, HOST, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
