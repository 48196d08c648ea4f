/** The gateway of the loopback Discord: hello, identify, heartbeats, resume, and events with numbers. */
import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'

export interface Session {
  readonly id: string
  readonly shard: readonly [number, number]
  /** Events that were sent, to be sent again to a client that resumes. */
  readonly sent: { readonly s: number; readonly t: string; readonly d: unknown }[]
  /** The number of the last event. */
  last: number
  socket: WebSocket | undefined
}

export interface GatewayDeps {
  readonly token: string
  /** The number of events of a session that can be sent again. */
  readonly replays: number
  readonly address: () => string
  /** The first events of a new session. */
  readonly greeting: (session: Session) => readonly { readonly t: string; readonly d: unknown }[]
  /** Returns the shard that receives the events of a server. */
  readonly shardOf: (guild: string | undefined, count: number) => number
}

const HEARTBEAT_MS = 41_250
const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const

export function createGateway(server: Server, { token, replays, address, greeting, shardOf }: GatewayDeps) {
  const sessions: Session[] = []
  const identifies: { intents: number; shard: readonly [number, number] }[] = []
  const state = { refuseResume: false, resumed: 0, closesWith: undefined as number | undefined }
  const door = new WebSocketServer({ server, path: '/gateway' })

  function dispatch(session: Session, t: string, d: unknown): void {
    const event = { s: ++session.last, t, d }
    if (session.sent.push(event) > replays) session.sent.shift()
    session.socket?.send(JSON.stringify({ op: OP.dispatch, ...event }))
  }

  function identify(
    socket: WebSocket,
    d: { token: string; intents: number; shard?: [number, number] },
  ): void {
    if (d.token !== token) return void socket.close(4004, 'Authentication failed.')
    if (state.closesWith !== undefined) return void socket.close(state.closesWith)
    const shard = d.shard ?? [0, 1]
    identifies.push({ intents: d.intents, shard })
    const session: Session = { id: `session-${sessions.length + 1}`, shard, sent: [], last: 0, socket }
    sessions.push(session)
    for (const { t, d: data } of greeting(session)) dispatch(session, t, data)
  }

  function resume(socket: WebSocket, d: { token: string; session_id: string; seq: number }): void {
    const session = sessions.find((one) => one.id === d.session_id)
    if (state.closesWith !== undefined) return void socket.close(state.closesWith)
    if (d.token !== token || !session || state.refuseResume)
      return void socket.send(JSON.stringify({ op: OP.invalid, d: false }))
    session.socket = socket
    for (const event of session.sent.filter((one) => one.s > d.seq))
      socket.send(JSON.stringify({ op: OP.dispatch, ...event }))
    state.resumed++
    dispatch(session, 'RESUMED', {})
  }

  door.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: OP.hello, d: { heartbeat_interval: HEARTBEAT_MS } }))
    socket.on('close', () => {
      for (const session of sessions) if (session.socket === socket) session.socket = undefined
    })
    socket.on('message', (data) => {
      const { op, d } = JSON.parse(String(data))
      if (op === OP.heartbeat) socket.send(JSON.stringify({ op: OP.ack }))
      else if (op === OP.identify) identify(socket, d)
      else if (op === OP.resume) resume(socket, d)
    })
  })

  /**
   * Returns the sessions of the shard that receives a server's events: each one that is connected, and the
   * newest, which may resume.
   */
  function sessionsOf(guild: string | undefined): Session[] {
    const all = sessions.filter((session) => shardOf(guild, session.shard[1]) === session.shard[0])
    return all.filter((session, i) => session.socket !== undefined || i === all.length - 1)
  }

  return {
    identifies,
    sessions,
    state,
    url: () => `${address().replace('http', 'ws')}/gateway`,
    tell(guild: string | undefined, t: string, d: unknown): void {
      const heard = sessionsOf(guild)
      if (heard.length === 0) throw new Error('no bot is connected')
      for (const session of heard) dispatch(session, t, d)
    },
    isConnected: () => sessions.some((session) => session.socket !== undefined),
    /** Closes all connections like Discord, and each later one that identifies. */
    close: (code: number) => {
      state.closesWith = code
      for (const { socket } of sessions) socket?.close(code)
    },
    /** Drops all connections like a network failure. */
    drop: () => {
      for (const { socket } of sessions) socket?.terminate()
    },
    stop: () => {
      for (const client of door.clients) client.terminate()
      door.close()
    },
  }
}
