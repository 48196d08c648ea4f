// @module-tag slow
/**
 * A member with 100,000 answers, at the doors of the web chat: what they ask for costs no more than it does
 * for others.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { noLimits } from '../../src/bot/request-limits.js'
import type { Card } from '../../src/bot/ui/card.js'
import { createWeb, type Web } from '../../src/platforms/web/index.js'
import { callerFor, LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { pieces } from '../helpers/pieces.js'

const ANSWERS = 100_000
/** Answers that are stored at once: in all at once, a slow machine would meet the limit of one statement. */
const SLICE = 5000
/**
 * How many times as long as sorting 20,000 numbers one piece may take: fifty milliseconds where that takes
 * five.
 */
const MOST = 10
/**
 * What cannot be done a second time: its one run has also what the collector and the database do in between.
 */
const MOST_ONCE = 3 * MOST
const NUMBERS = Array.from({ length: 20_000 }, (_, i) => (i * 2_654_435_761) % 2 ** 32)
const RATIO = 40
const HOST = 'localhost:3000'
const [ANN] = LOCAL_MEMBERS
const WHO = { platform: 'web', workspace: 'local', user: 'ann' }

let bot: Bot
let web: Web

beforeAll(async () => {
  bot = await startBot({ content: 'content', limits: noLimits })
  const { pool } = await testDatabase()
  const assets = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(join(assets, name), name)
  const shared = {
    messages: createMessageLog(await testDatabase()),
    draw: async () => new Uint8Array(),
    members: LOCAL_MEMBERS,
    log: bot.deps.log,
  }
  web = createWeb({ ...shared, app: () => bot.app, clock: bot.deps.clock, assets })
  await bot.team({ platform: 'web', workspace: 'local' })
  await bot.store.practise({
    ...WHO,
    name: 'Ann',
    question: 'q',
    version: 'v',
    seed: 0,
    item: 0,
    answer: 'A',
    right: true,
    now: 0,
  })
  for (let from = 1; from < ANSWERS; from += SLICE)
    await pool.query(
      `insert into attempt (member_id, question, version, seed, item, answer, correct, points, at)
       select m.id, q.questions[1 + g % q.n], q.versions[1 + g % q.n], g, 0, 'A', g % 3 > 0, 0, timestamptz '2026-01-01' + g * interval '4 minutes'
       from member m, (select array_agg(question) as questions, array_agg(version) as versions, count(*)::int as n from question_version) q,
         generate_series($1::int, $2::int) g`,
      [from, Math.min(from + SLICE, ANSWERS) - 1],
    )
})

async function say(text: string): Promise<void> {
  const headers = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' }
  const response = await web.routes.request('/api/say', {
    method: 'POST',
    headers,
    body: JSON.stringify({ as: 'ann', text }),
  })
  expect(response.status).toBe(200)
}

async function lastCard(): Promise<{ id: number; card: Card }> {
  const { pool } = await testDatabase()
  const { rows } = await pool.query(
    "select id, body from web_message where author = 'cohort' order by id desc limit 1",
  )
  return { id: rows[0].id, card: rows[0].body.card }
}

/** The middle of several tries; the first is not counted, since it compiles what the others run. */
async function typical(work: () => Promise<unknown>): Promise<{ longest: number; all: number }> {
  await work()
  const tries = []
  for (let i = 0; i < 9; i++) tries.push(await pieces(work))
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
  return { longest: middle(tries.map((one) => one.longest)), all: middle(tries.map((one) => one.all)) }
}

/** Milliseconds: what sorting takes while the machine does what else it does. */
async function sorting(): Promise<number> {
  return (await typical(async () => [...NUMBERS].sort((a, b) => a - b))).longest
}

describe('a long history', () => {
  it.each(['/quiz', '/stats', '/leaderboard', '/leaderboard all-time', '/study status', 'home'])(
    'costs %s no more than forty look-ups, and never stalls others for long',
    async (line) => {
      const act = line === 'home' && ANN ? () => bot.app.home(callerFor(ANN)) : () => say(line)
      const [plain, asked] = [await typical(() => say('/explain canary deployment')), await typical(act)]
      expect(bot.errors).toEqual([])
      expect(asked.all / plain.all).toBeLessThan(RATIO)
      expect(asked.longest / (await sorting())).toBeLessThan(MOST)
    },
  )

  it('is told to be cut, with the points of all of it', async () => {
    await say('/stats')
    const { card } = await lastCard()
    expect(JSON.stringify(card)).toContain('your latest 1,000 answers')
  })

  it('is exported whole in slices, and the file is in no message', async () => {
    const tries = []
    for (let i = 0; i < 3; i++) tries.push((await pieces(() => say('/study export'))).longest)
    expect(Math.min(...tries) / (await sorting())).toBeLessThan(MOST)
    const { id, card } = await lastCard()
    expect(JSON.stringify(card).length).toBeLessThan(1000)
    const address = (message: number, as: string) =>
      web.routes.request(`/file/${message}/0?as=${as}`, { headers: { host: HOST } })
    expect((await address(id, 'ben')).status).toBe(404)
    const ids = new Set<number>()
    let messages = 0
    for (let part = 0; ; part++) {
      const file = await web.routes.request(`/file/${id}/${part}?as=ann`, { headers: { host: HOST } })
      if (file.status === 404) break
      expect(file.headers.get('content-disposition')).toMatch(
        /^attachment; filename="cohort-export(-\d)?\.json\.gz"$/,
      )
      const data = JSON.parse(gunzipSync(await file.arrayBuffer()).toString())
      if (part === 0)
        expect(data).toMatchObject({ member: { user: 'ann' }, memberships: [], installedCohort: false })
      for (const one of data.attempts ?? []) ids.add(one.id)
      messages += data.messages?.length ?? 0
    }
    expect(ids.size).toBe(ANSWERS)
    expect(messages).toBeGreaterThan(10)
  })

  it('is forgotten in slices, down to nothing, the file too', async () => {
    await say('/study export')
    const { id } = await lastCard()
    const forgetting = async () => {
      await bot.store.forgetMember(WHO)
      await web.chat.forget('local', 'ann')
    }
    const { pool } = await testDatabase()
    // The embedded database fills each new 16 MB of its log with zeros in one piece, whoever writes at that
    // moment.
    await pool.query('set wal_init_zero = off')
    const { longest } = await pieces(forgetting)
    expect(longest / (await sorting())).toBeLessThan(MOST_ONCE)
    await pool.query('reset wal_init_zero')
    for (const table of ['attempt', 'member', 'web_message'])
      expect((await pool.query(`select count(*)::int as n from ${table}`)).rows[0].n, table).toBe(0)
    expect((await web.routes.request(`/file/${id}/0?as=ann`, { headers: { host: HOST } })).status).toBe(404)
  })
})
