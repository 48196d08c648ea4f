/**
 * Runs Socket Mode without gaps: when Slack asks to reconnect, a second socket is opened before the first is
 * closed. Slack's library would close the first at once, and give up for good after one failed call; so each
 * connection is a receiver of its own, and none reconnects by itself.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type App as Bolt, type Receiver, SocketModeReceiver } from '@slack/bolt'
import type { Log } from '../../bot/deps.js'
import type { AckTimer } from '../ack-timer.js'
import { withTimeout } from '../timeout.js'
import type { ClientOptions } from './identity.js'
import { quiet } from './quiet.js'

export interface Sockets extends Receiver {
  /** Resolves once a socket is open; rejects if the first one cannot be opened. */
  start(): Promise<void>
  stop(): Promise<void>
  isOpen(): boolean
}

export interface SocketDeps {
  readonly appToken: string
  readonly clientOptions: ClientOptions
  readonly acknowledgements: AckTimer
  readonly log: Log
}

type Client = SocketModeReceiver['client']
interface Line {
  readonly client: Client
  /** Whether Slack has asked to close it, or has closed it. */
  isReplaced: boolean
}

const FIRST_MS = 500
const LONGEST_MS = 30_000
/**
 * Timeout for opening: the library waits forever for a server that accepts the connection and then stays
 * silent.
 */
const OPENING_MS = 30_000
/** Deliveries of the old socket are acknowledged over it, and Slack waits this long for that. */
const LET_GO_MS = 3000
/** Slack sends this type while the socket still works ("Using Socket Mode" in its documentation). */
const DISCONNECT = 'disconnect'

export function createSockets({ appToken, clientOptions, acknowledgements, log }: SocketDeps): Sockets {
  const stopping = new AbortController()
  const open = new Set<Line>()
  let bolt: Bolt | undefined
  let reopening: Promise<void> | undefined

  async function openOne(): Promise<void> {
    const receiver = receiverOf()
    const line: Line = { client: receiver.client, isReplaced: false }
    hear(line.client, () => replace(line, 0))
    onClosed(line.client, () => {
      replace(line, FIRST_MS)
      open.delete(line)
    })
    try {
      if (
        !(await withTimeout(
          OPENING_MS,
          Promise.resolve(receiver.start()).then(() => true),
        ))
      )
        throw new Error('no answer in time')
      if (line.isReplaced || stopping.signal.aborted) throw new Error('no longer wanted')
      open.add(line)
    } catch (error) {
      line.isReplaced = true
      void receiver.stop()
      throw error
    }
  }

  /** Opens another socket after `ms`, and then closes this one. */
  function replace(line: Line, ms: number): void {
    const isNew = !line.isReplaced
    line.isReplaced = true
    if (!isNew || !open.has(line) || stopping.signal.aborted) return
    reopening ??= reopen(ms).finally(() => {
      reopening = undefined
    })
    void reopening.then(() => letGo(line))
  }

  async function reopen(first: number): Promise<void> {
    for (let ms = first; !stopping.signal.aborted; ms = Math.min(2 * ms || FIRST_MS, LONGEST_MS)) {
      await wait(ms, undefined, { ref: false })
      if (stopping.signal.aborted || (await isOpened())) return
    }
  }

  async function isOpened(): Promise<boolean> {
    try {
      await openOne()
      return true
    } catch (error) {
      log.warn({ error }, 'slack socket not opened, tried again in a moment')
      return false
    }
  }

  async function letGo(line: Line): Promise<void> {
    await wait(LET_GO_MS, undefined, { ref: false })
    if (open.delete(line)) void line.client.disconnect()
  }

  /** Returns a receiver that passes deliveries of a socket to Bolt before anything else is done. */
  function receiverOf(): SocketModeReceiver {
    const receiver = new SocketModeReceiver({
      appToken,
      logger: quiet,
      autoReconnectEnabled: false,
      installerOptions: { clientOptions },
      customPropertiesExtractor: ({ envelope_id }) => {
        acknowledgements.arrived(envelope_id)
        return {}
      },
    })
    receiver.client.on('outgoing_message', ({ envelope_id }) => acknowledgements.sent(envelope_id))
    if (bolt) receiver.init(bolt)
    return receiver
  }

  return {
    init(app) {
      bolt = app
    },
    start: openOne,
    async stop() {
      stopping.abort()
      for (const { client } of open) void client.disconnect()
      open.clear()
    },
    isOpen: () => open.size > 0,
  }
}

/** Hides Slack's warning that the socket will be closed from the library, which would close it at once. */
function hear(client: Client, asked: () => void): void {
  const heard = client.listeners('ws_message') as ((data: unknown, isBinary: boolean) => unknown)[]
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    if (isDisconnect(data)) return asked()
    for (const listener of heard) listener(data, isBinary)
  })
}

function isDisconnect(data: unknown): boolean {
  if (typeof data !== 'string' || !data.includes(DISCONNECT)) return false
  try {
    const message: unknown = JSON.parse(data)
    return typeof message === 'object' && message !== null && 'type' in message && message.type === DISCONNECT
  } catch {
    return false
  }
}

/**
 * Reports when the connection is closed. An envelope of that type arrives under the same name, and says
 * nothing about the connection.
 */
function onClosed(client: Client, heard: () => void): void {
  client.on('disconnected', (envelope?: unknown) => {
    if (envelope === undefined) heard()
  })
}
