// @module-tag longer
/** Whatever comes to the doors of the local web chat, over HTTP. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getRequestListener } from '@hono/node-server'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { noLimits } from '../../src/bot/request-limits.js'
import { createWeb } from '../../src/platforms/web/index.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { type Said, webPerson } from '../helpers/web-person.js'
import { changed, changes, holds, json, madeOf, PATIENCE_MS, text } from './fuzz.js'

const page = mkdtempSync(path.join(tmpdir(), 'cohort-page-'))
for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(path.join(page, name), name)
const errors: unknown[] = []
let address: string
const door = createServer()
afterAll(() => {
  door.close()
  door.closeAllConnections()
})

afterEach(() => expect(errors).toEqual([]))

beforeAll(async () => {
  const bot = await startBot({ limits: noLimits })
  const log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (fields: object, message: string) => void errors.push({ fields, message }),
  }
  const web = createWeb({
    app: () => bot.app,
    messages: createMessageLog(await testDatabase()),
    draw: async () => new Uint8Array([1]),
    members: LOCAL_MEMBERS,
    clock: () => Date.parse('2026-11-02T08:00:00Z'),
    log,
    assets: page,
  })
  ;(bot.deps.chats as Map<string, unknown>).set('web', web.chat)
  await bot.team({ platform: 'web', workspace: 'local' })
  const serve = getRequestListener(web.routes.fetch)
  door.on('request', (request, response) => void serve(request, response))
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
})

async function send(path: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  const all = { origin: address, 'content-type': 'application/json', ...headers }
  const answer = await fetch(`${address}${path}`, {
    method: 'POST',
    body,
    headers: all,
    signal: AbortSignal.timeout(5000),
  })
  const said = await answer.text()
  // What is no door of ours says so in plain words.
  if (answer.status === 404 && !answer.headers.get('content-type')?.includes('json')) return 404
  expect(
    Object.keys(JSON.parse(said) as Said['body']).every((key) => key === 'error' || key === 'form'),
  ).toBe(true)
  return answer.status
}

const GOOD = {
  say: { as: 'ann', text: '/help' },
  press: { as: 'ann', message: 1, id: 'next~3~1~0~0~-' },
  select: { as: 'ann', message: 1, id: 'tries~a', values: ['A'] },
  submit: { as: 'ann', form: 'x', values: { name: 'a', days: ['1'] } },
} as const

/** What is stored of anybody but what ann said. */
async function stored(): Promise<unknown> {
  const { pool } = await testDatabase()
  const { rows } =
    await pool.query(`select (select count(*) from attempt)::int as attempts, (select count(*) from member)::int as members,
    (select count(*) from report)::int as reports, (select json_agg(t) from team t)::text as teams,
    (select count(*) from web_message where author not in ('cohort', 'ann', 'ben', 'cleo', 'dan', 'eve'))::int as strange`)
  return rows[0]
}

it(
  'is answered with what was wrong, changes nothing, and a good request still works',
  async () => {
    const before = await stored()
    await holds(
      fc.asyncProperty(fc.constantFrom('say', 'press', 'select', 'submit'), changes, async (act, all) => {
        const status = await send(`/api/${act}`, JSON.stringify(changed(GOOD[act], all)))
        expect([200, 400, 403, 404, 413, 422]).toContain(status)
      }),
      // A tenth: each goes over HTTP and may be stored.
      0.1,
    )
    expect(await stored()).toEqual(before)
    expect((await webPerson(address, 'ann').says('/help')).status).toBe(200)
  },
  PATIENCE_MS,
)

it(
  'that is no JSON, too long or of another type is refused',
  () =>
    holds(
      fc.asyncProperty(
        fc.constantFrom('say', 'press', 'select', 'submit', '__proto__', '../say'),
        fc.oneof(
          madeOf(['{', '}', '[', ']', '"', ':', ',', 'as', 'ann', '\\u0000', '1e999', '{"as":"ann","text":']),
          json.map((v) => JSON.stringify(v)),
          fc.constant('['.repeat(60_000)),
          fc.constant('x'.repeat(70_000)),
        ),
        fc.constantFrom('application/json', 'text/plain', 'application/json; charset=utf-7', ''),
        async (act, body, type) => {
          expect([400, 403, 404, 413, 415, 422]).toContain(
            await send(`/api/${act}`, body, { 'content-type': type }),
          )
        },
      ),
      0.05,
    ),
  PATIENCE_MS,
)

/** As it stands, without the tidying of a browser; undefined when it cannot be sent. */
function ask(address: string): Promise<number | undefined> {
  const { port } = door.address() as AddressInfo
  return new Promise((resolve, reject) => {
    try {
      const asked = get({ host: '127.0.0.1', port, path: address, timeout: 5000 }, (answer) => {
        answer.destroy()
        resolve(answer.statusCode)
      })
      asked.on('timeout', () => reject(new Error('no answer')))
      asked.on('error', reject)
    } catch (error) {
      if (error instanceof TypeError) resolve(undefined)
      else reject(error)
    }
  })
}

it(
  'in an address gives what there is, or says that there is nothing',
  () =>
    holds(
      fc.asyncProperty(
        fc.oneof(
          madeOf([
            '/',
            '..',
            '%2e%2e',
            '%2f',
            '\\',
            'api',
            'picture',
            '1',
            '0.png',
            'events',
            'room',
            'index.html',
            'package.json',
            '?as=ann',
            '&',
            '%',
            '%ff',
            'main.ts',
          ]),
          text.map((line) => `/api/complete?as=ann&line=${encodeURIComponent(line.toWellFormed())}`),
          text.map((as) => `/picture/1/0.png?as=${encodeURIComponent(as.toWellFormed())}`),
        ),
        async (path) => {
          const status = await ask(`/${path}`)
          expect([undefined, 200, 302, 400, 403, 404, 422]).toContain(status)
        },
      ),
      0.05,
    ),
  PATIENCE_MS,
)
