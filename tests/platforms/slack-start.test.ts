/** The program as `cohort start` runs it, on the loopback Slack over HTTP. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoopbackSlack, signed, startSlack } from './slack-server.js'

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-slack-'))
let server: LoopbackSlack
const running: { kill(): void }[] = []

beforeAll(async () => {
  server = await startSlack([{ id: 'U0ANN', name: 'Ann' }], ['C0STUDY'])
})
afterAll(() => {
  for (const child of running) child.kill()
  server.stop()
  rmSync(folder, { recursive: true, force: true })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function until(is: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !is(); i++) await new Promise((done) => setTimeout(done, 25))
  expect(is()).toBe(true)
}

/** Runs until it is ready, or ended. */
function start(env: Record<string, string>): Promise<{ out: string; err: string; code: number | null }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'start'], {
    env: {
      PATH: process.env.PATH,
      CONTENT_DIR: 'tests/fixtures/content',
      COHORT_DATA_DIR: path.join(folder, 'data'),
      LOG_LEVEL: 'warn',
      ...env,
    },
  })
  running.push(child)
  let [out, err] = ['', '']
  return new Promise((resolve) => {
    child.stdout.on('data', (part) => {
      out += part
      if (out.includes('Ready in')) resolve({ out, err, code: null })
    })
    child.stderr.on('data', (part) => {
      err += part
    })
    child.on('exit', (code) => resolve({ out, err, code }))
  })
}

describe('cohort start in Socket Mode', () => {
  it('answers over the socket, and again after Slack has closed it', async () => {
    const port = await freePort()
    const { out } = await start({
      SLACK_BOT_TOKEN: server.token,
      SLACK_APP_TOKEN: server.appToken,
      SLACK_API_URL: `${server.address()}/api/`,
      COHORT_DATA_DIR: path.join(folder, 'socket'),
      PORT: String(port),
    })
    expect(out).toContain('Slack: on, Socket Mode, workspace Loopback.')
    const who = { team_id: server.team, channel_id: 'C0STUDY', user_id: 'U0ANN', user_name: 'ann' }
    const asked = () =>
      server.envelope('slash_commands', { command: '/explain', text: 'apple', ...who, ...server.ticket('U0ANN', 'C0STUDY') })
    const before = server.posts.length
    await asked()
    await until(() => server.posts.length === before + 1)
    const [first] = server.sockets
    first?.close()
    await until(() => server.sockets.some((socket) => socket !== first))
    await asked()
    await until(() => server.posts.length === before + 2)
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()).toMatchObject({ slack: 'ok' })
  })
})

describe('cohort start with Slack', () => {
  it('says in one line that Slack refuses the token', async () => {
    const api = `${server.address()}/api/`
    const { code, err } = await start({ SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_SIGNING_SECRET: server.secret, SLACK_API_URL: api, PORT: '0' })
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('SLACK_BOT_TOKEN: Slack refuses it')
  })

  it('answers signed commands at /slack/events, is healthy, and leaves the web chat off', async () => {
    const port = await freePort()
    const { out } = await start({
      SLACK_BOT_TOKEN: server.token,
      SLACK_SIGNING_SECRET: server.secret,
      SLACK_API_URL: `${server.address()}/api/`,
      PORT: String(port),
    })
    expect(out).toContain('Slack: on, HTTP at /slack/events, workspace Loopback.')
    expect(out).toContain('Local web chat: off, because Slack is on.')
    const at = `http://127.0.0.1:${port}`
    expect(await (await fetch(`${at}/healthz`)).json()).toEqual({ status: 'ok', database: 'ok', slack: 'ok' })
    expect((await fetch(`${at}/`)).status).toBe(404)
    const who = { team_id: server.team, channel_id: 'C0STUDY', user_id: 'U0ANN', user_name: 'ann' }
    const body = new URLSearchParams({ command: '/explain', text: 'apple', ...who, ...server.ticket('U0ANN', 'C0STUDY') }).toString()
    const before = server.posts.length
    const answer = await fetch(`${at}/slack/events`, { method: 'POST', body, headers: signed(server.secret, body) })
    expect(answer.status).toBe(200)
    await until(() => server.posts.length === before + 1)
    expect(server.posts.at(-1)).toMatchObject({ to: 'U0ANN', channel: 'C0STUDY' })
  })
})
