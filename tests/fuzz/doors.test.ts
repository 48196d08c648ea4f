// @module-tag slow
/**
 * Whatever comes to the doors of the running program, in every way that it can be set up: it lives, answers,
 * and keeps its log clean.
 */
import { get } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as discordPeople from '../../loopback/discord/people.js'
import { type LoopbackDiscord, startDiscord, TOKEN } from '../../loopback/discord/server.js'
import * as slackPeople from '../../loopback/slack/people.js'
import { type LoopbackSlack, SECRET, startSlack } from '../../loopback/slack/server.js'
import { createPrograms, type Program, type Programs } from '../helpers/program.js'
import { until } from '../helpers/until.js'
import { webPerson } from '../helpers/web-person.js'
import * as discord from '../platforms/discord-bot.js'
import * as slack from '../platforms/slack-bot.js'
import { PATIENCE_MS, RUNS, SEED } from './fuzz.js'
import { oddRequests, SECRET_WORD, sendAll, sendOdd } from './requests.js'

const COUNT = Math.max(250, RUNS / 10)
let programs: Programs
beforeEach(() => {
  programs = createPrograms()
})
afterEach(() => programs.stop())

const portOf = ({ address }: Program) => Number(new URL(address).port)

/** Odd requests, and nothing of ours broke: neither the process nor an answer. */
async function isAttacked(program: Program): Promise<void> {
  const statuses = await sendAll(portOf(program), oddRequests(COUNT, SEED))
  expect(statuses.length).toBeGreaterThan(COUNT / 2)
  expect([...new Set(statuses)].filter((status) => !/ (100|200|302|4\d\d)$/.test(status))).toEqual([])
  isClean(program)
  expect((await fetch(`${program.address}/healthz`)).status).toBe(200)
}

/** JSON lines, with nothing of what was sent, and nothing that came to the last net of all. */
function isClean(program: Program): void {
  expect(program.code).toBeUndefined()
  const lines = program.err.split('\n').filter((line) => line !== '')
  for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow()
  expect(program.err).not.toContain(SECRET_WORD)
  expect(
    lines.filter((line) =>
      /uncaughtException|(http|web) request failed|a library printed|a warning of Node/.test(line),
    ),
  ).toEqual([])
}

describe('hundreds of odd requests', () => {
  it(
    'to the web chat leave it alive and answering',
    async () => {
      const program = await programs.start({})
      const head =
        'POST /api/say HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\nContent-Type: application/json\r\n'
      const slow = [
        `${head}Content-Length: 9\r\n\r\nhalf`,
        `${head}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf`,
        'GET /metrics HTTP/1.1\r\nHo',
      ]
      const slowest = slow.map((bytes) =>
        sendOdd(portOf(program), { bytes: Buffer.from(bytes), cut: undefined }),
      )
      await isAttacked(program)
      for (const statuses of slowest) expect((await statuses).join()).toMatch(/^HTTP\/1.1 40[08]$/)
      // A page elsewhere that has given this machine a name of its own.
      for (const path of ['/metrics', '/healthz', '/readyz']) {
        const rebound = `GET ${path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`
        expect(await sendOdd(portOf(program), { bytes: Buffer.from(rebound), cut: undefined }), path).toEqual(
          ['HTTP/1.1 403'],
        )
        expect((await fetch(`${program.address}${path}`)).status).toBe(200)
      }
      for (const id of [2 ** 31, 2 ** 40, -1, 0, 1.5])
        expect((await webPerson(program.address, 'ann').presses(id, 'x')).status).toBe(404)
      for (const id of [2 ** 31, 2 ** 40])
        expect((await fetch(`${program.address}/picture/${id}/0.png?as=ann`)).status).toBe(404)
      expect((await webPerson(program.address, 'ann').says('/help')).status).toBe(200)
      isClean(program)
    },
    PATIENCE_MS,
  )

  describe('to Slack over HTTP', () => {
    let server: LoopbackSlack
    beforeEach(async () => {
      server = await startSlack(slack.oneWorkspace())
    })
    afterEach(() => server.stop())

    it(
      'of one workspace leave it alive and answering',
      async () => {
        const settings = {
          SLACK_BOT_TOKEN: server.token(),
          SLACK_SIGNING_SECRET: SECRET,
          SLACK_API_URL: server.api(),
        }
        const program = await programs.start(settings)
        for (const [method, path] of [
          ['GET', '/slack/robots.txt'],
          ['GET', '/slack/events'],
          ['POST', '/slack/install'],
        ] as const)
          expect((await fetch(`${program.address}${path}`, { method })).status, path).toBe(404)
        await isAttacked(program)
        // Whoever asks may use any name when there is no web chat.
        expect(await statusAs('bot.internal', `${program.address}/healthz`)).toBe(200)
        const deliver = slackPeople.overHttp(() => `${program.address}/slack/events`)
        const ann = slackPeople.createPerson(server, deliver, slack.ANN)
        await slack.answerTo(ann, () => ann.types('/explain apple'))
      },
      PATIENCE_MS,
    )

    it(
      'of many workspaces leave it alive and answering',
      async () => {
        const program = await programs.start({
          SLACK_CLIENT_ID: server.client.id,
          SLACK_CLIENT_SECRET: server.client.secret,
          SLACK_STATE_SECRET: 'a-secret-for-the-state',
          SLACK_SIGNING_SECRET: SECRET,
          SLACK_API_URL: server.api(),
          COHORT_SECRET_KEY: 'the key of the first year',
        })
        await isAttacked(program)
        expect(await (await fetch(`${program.address}/slack/install`)).text()).toContain('Add to Slack')
        expect((await fetch(`${program.address}/slack/install`, { method: 'POST' })).status).toBe(404)
        expect(server.calls).toEqual([])
      },
      PATIENCE_MS,
    )
  })
})

describe('over sockets', () => {
  let slackServer: LoopbackSlack
  let discordServer: LoopbackDiscord
  beforeEach(async () => {
    slackServer = await startSlack(slack.oneWorkspace())
    discordServer = await startDiscord(discord.twoGuilds())
  })
  afterEach(() => {
    slackServer.stop()
    discordServer.stop()
  })

  it(
    'nonsense of Slack and of Discord, and odd requests to the routes of operations, leave both alive and answering',
    async () => {
      const program = await programs.start({
        ...{ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discordServer.api() },
        ...{
          SLACK_BOT_TOKEN: slackServer.token(),
          SLACK_APP_TOKEN: slackServer.appToken,
          SLACK_API_URL: slackServer.api(),
        },
      })
      await isAttacked(program)
      const inSlack = slackPeople.createPerson(slackServer, slackPeople.overSocket(slackServer), slack.ANN)
      const inDiscord = discordPeople.createPerson(discordServer, discord.ANN, discord.HOME, discord.STUDY)
      const bothAnswer = async () => {
        await slack.answerTo(inSlack, () => inSlack.types('/explain apple'))
        await discord.answerTo(inDiscord, () => inDiscord.types('/explain', { query: 'apple' }))
        expect(await (await fetch(`${program.address}/healthz`)).json()).toMatchObject({
          slack: 'ok',
          discord: 'ok',
        })
      }
      for (const frame of [...NOISE, ...ENVELOPES]) slackServer.sockets.at(-1)?.send(frame)
      const [session] = discordServer.gateway.sessions
      for (const frame of [...NOISE, ...PAYLOADS]) session?.socket?.send(frame)
      await bothAnswer()
      // Half a frame, then nothing more; the bot comes back by itself.
      const before = [slackServer.sockets.at(-1), discordServer.gateway.state.resumed] as const
      for (const socket of [before[0], session?.socket]) {
        half(socket)
        socket?.terminate()
      }
      await until(
        () =>
          slackServer.sockets.some((socket) => socket !== before[0]) && discordServer.gateway.isConnected(),
      )
      await bothAnswer()
      isClean(program)
    },
    PATIENCE_MS,
  )
})

/** A text frame that says it has 126 bytes or more, and has none. */
function half(socket: object | undefined): void {
  ;(socket as { _socket?: { write(bytes: Buffer): void } } | undefined)?._socket?.write(
    Buffer.from([0x81, 0x7e, 0x01]),
  )
}

const json = (value: unknown) => JSON.stringify(value)
/** What is no message of either. */
const NOISE: readonly (string | Buffer)[] = [
  ...[
    '',
    '{',
    'null',
    '5',
    '[]',
    '""',
    'true',
    SECRET_WORD,
    `{"${SECRET_WORD}":`,
    '\u0000',
    '['.repeat(10_000),
    'x'.repeat(200_000),
  ],
  ...[
    Buffer.alloc(0),
    Buffer.from([0xff, 0xfe, 0]),
    Buffer.from(json({ type: 'hello' })),
    Buffer.alloc(100_000, 1),
  ],
]
/** Envelopes of shapes that Slack never sends. */
const ENVELOPES: readonly string[] = [
  ...[
    {},
    { type: null },
    { type: 5 },
    { type: {} },
    { type: 'nothing' },
    { type: 'error' },
    { type: 'close' },
    { type: 'ws_message' },
  ],
  ...[
    { type: 'connected' },
    { type: 'disconnected' },
    { type: 'reconnecting' },
    { type: 'slack_event' },
    { type: 'outgoing_message' },
  ],
  ...[
    { type: 'events_api' },
    { type: 'events_api', payload: null },
    { type: 'events_api', payload: { event: null } },
  ],
  ...[
    { type: 'events_api', payload: { event: { type: 'error' } }, envelope_id: 'a' },
    { type: 'hello', connection_info: 5 },
  ],
  ...[
    { type: 'slash_commands' },
    { type: 'slash_commands', payload: null, envelope_id: 'b' },
    { type: 'interactive', payload: [] },
  ],
  ...[
    { type: 'interactive', payload: { type: 'block_actions' }, envelope_id: {} },
    { type: 'interactive', payload: SECRET_WORD },
  ],
  ...[
    { type: 'slash_commands', payload: { command: 5, text: SECRET_WORD }, envelope_id: 'c' },
    { type: '__proto__' },
  ],
].map(json)
/** Payloads of the gateway that Discord never sends. */
const PAYLOADS: readonly string[] = [
  ...[
    {},
    { op: null },
    { op: 'x' },
    { op: 99 },
    { op: -1, d: SECRET_WORD },
    { op: 0 },
    { op: 0, t: 5, d: 5 },
    { op: 11, d: {} },
  ],
  ...[
    { op: 0, t: 'NOTHING', d: null, s: 'x' },
    { op: 0, t: 'INTERACTION_CREATE', d: null },
    { op: 0, t: 'INTERACTION_CREATE', d: SECRET_WORD },
  ],
  ...[
    { op: 0, t: 'GUILD_CREATE', d: null },
    { op: 0, t: 'GUILD_CREATE', d: { id: {} } },
    { op: 0, t: 'GUILD_DELETE', d: {} },
  ],
  ...[
    { op: 0, t: 'CHANNEL_DELETE', d: [] },
    { op: 0, t: '__proto__', d: {} },
    { op: 0, t: 'constructor', d: {} },
    { op: 1, d: {} },
  ],
  ...[
    { op: 0, t: 'INTERACTION_CREATE', d: { id: '1', type: 2, data: 5 } },
    { op: 0, t: 'CHANNEL_UPDATE', d: { id: 1 } },
    { op: 9 },
  ],
].map(json)

/** What is answered to whoever gives this machine another name. */
function statusAs(host: string, address: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { Host: host } }, (response) => resolve(response.resume().statusCode)).on(
      'error',
      reject,
    )
  })
}
