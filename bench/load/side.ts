/**
 * The interface of a loopback platform for the load: one workspace with a channel per team, and people who
 * press and type there.
 */
import type { Server } from 'node:net'
import type { Acts } from './acts.js'

export interface Side {
  readonly platform: 'slack' | 'discord'
  /** The id of its one workspace. */
  readonly workspace: string
  /** The id of the message that is in every channel from the start. */
  readonly message: string
  /** The environment with which a bot finds the platform. */
  readonly env: Readonly<Record<string, string>>
  readonly presses: Acts
  readonly lookUps: Acts
  channel(team: number): string
  /** Lets a person press a button of the newest message in the team's channel. */
  press(team: number, person: number, action: string, due: number): void
  /** `command` has no slash; `words` are its arguments, which may be empty. */
  type(team: number, person: number, command: string, words: string, due: number): void
  /** Returns the content of the first message in the team's channel. */
  drawn(team: number): string
  /** Sets the port where the bot listens, for a platform that calls it. */
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
