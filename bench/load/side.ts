/** A chat platform on the loopback interface, as lean as it can be: it takes what the bot says and delivers what people do. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import type { Acts } from './acts.js'

export interface Side {
  readonly platform: 'slack' | 'discord'
  /** The id of its one workspace. */
  readonly workspace: string
  /** The id of every message that people press on; the channel tells them apart. */
  readonly message: string
  /** With which a bot finds it. */
  readonly env: Readonly<Record<string, string>>
  readonly presses: Acts
  readonly lookUps: Acts
  channel(team: number): string
  user(person: number): string
  /** Somebody presses a button of a message in the channel of the team. */
  press(team: number, person: number, action: string, due: number): void
  /** `command` without its slash; `words`: what it is given, which may be nothing. */
  type(team: number, person: number, command: string, words: string, due: number): void
  /** The last text of the message of the team that the bot drew again. */
  redrawn(team: number): string
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

export function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    request.on('data', (part) => parts.push(part))
    request.on('end', () => resolve(Buffer.concat(parts).toString()))
  })
}

/** Once the request is read to its end, as a server of theirs would. */
export function answer(request: IncomingMessage, response: ServerResponse, status: number, body?: object): void {
  request.resume().on('end', () => send(response, status, body))
}

export function send(response: ServerResponse, status: number, body?: object): void {
  if (body) response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  else response.writeHead(status).end()
}
