/**
 * A file of questions in the local web chat: sent ahead as bytes, and given to the form by what stands for
 * it.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { MAX_UPLOAD_BYTES } from '../../src/bot/ports/upload.js'
import { createWeb } from '../../src/platforms/web/index.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import type { Done, OpenForm, Problem } from '../../src/platforms/web/wire.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'

const HOST = 'localhost:3000'
const OWN = { host: HOST, origin: `http://${HOST}` }
const TWO = [1, 2].map((n) => `What is number ${n}?\nA. One\nB. Two\nANSWER: B\n`).join('\n')

let bot: Bot
let routes: ReturnType<typeof createWeb>['routes']
let team: Awaited<ReturnType<Bot['team']>>
beforeEach(async () => {
  bot = await startBot()
  await bot.store.openWorkspaces('web', ['local'])
  const assets = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(join(assets, name), name)
  const web = createWeb({
    ...{
      app: () => bot.app,
      messages: createMessageLog(await testDatabase()),
      members: LOCAL_MEMBERS,
      assets,
    },
    ...{ clock: bot.deps.clock, log: bot.deps.log, draw: async () => new Uint8Array() },
  })
  ;(bot.deps.chats as Map<string, unknown>).set('web', web.chat)
  routes = web.routes
  team = await bot.team({ platform: 'web', workspace: 'local', channel: 'study', admin: 'ann' })
})

async function post(act: string, body: object): Promise<{ status: number; body: Done & Partial<Problem> }> {
  const headers = { ...OWN, 'content-type': 'application/json' }
  const answer = await routes.request(`/api/${act}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Done & Problem }
}

async function sends(content: string | Uint8Array<ArrayBuffer>, headers: object = {}, as = 'ann') {
  const answer = await routes.request(`/api/upload?${new URLSearchParams({ as, name: 'week 1.txt' })}`, {
    ...{ method: 'POST', body: content },
    headers: { ...OWN, 'content-type': 'application/octet-stream', ...headers },
  })
  return { status: answer.status, body: (await answer.json()) as { file?: string; error?: string } }
}

async function opened(): Promise<OpenForm> {
  const { form } = (await post('say', { as: 'ann', text: '/team import' })).body
  if (!form) throw new Error('no form was opened')
  return form
}
const submits = ({ token }: OpenForm, file: string | undefined, as = 'ann') =>
  post('submit', { as, form: token, values: { file: file ?? '' } })

/** The last message, with the buttons in it. */
async function last(as = 'ann') {
  const history = await routes.request(`/api/earlier?as=${as}&before=2000000000`, { headers: OWN })
  const { messages } = (await history.json()) as { messages: { id: number; body: unknown }[] }
  const message = messages.at(-1)
  return { id: message?.id ?? 0, text: JSON.stringify(message?.body) }
}

it('takes a file that is picked: sent ahead, read, told of, and taken', async () => {
  const form = await opened()
  const { body } = await sends(TWO)
  expect((await submits(form, body.file)).status).toBe(200)
  const card = await last()
  expect(card.text).toContain('2 questions in week 1.txt')
  const [id] = /import\.take~[^"]+/.exec(card.text) ?? []
  expect((await post('press', { as: 'ann', message: card.id, id })).status).toBe(200)
  expect((await last()).text).toContain('2 questions taken')
  expect(bot.deps.questions.about(team, []).filter(({ origin }) => origin.kind === 'team')).toHaveLength(2)
})

it('keeps the form open for a file that is missing, made up, used before, or another member’s', async () => {
  const form = await opened()
  const [{ body: mine }, { body: bens }] = [await sends(TWO), await sends(TWO, {}, 'ben')]
  for (const file of ['', 'made-up', bens.file]) {
    const { status, body } = await submits(form, file)
    expect([status, body.field]).toEqual([422, 'file'])
  }
  expect((await submits(form, mine.file)).status).toBe(200)
  expect((await submits(await opened(), mine.file)).body.error).toContain('Please choose it again')
})

it('says at the form what a file is that has no questions', async () => {
  const form = await opened()
  const { body } = await sends('%PDF-1.7')
  const sent = await submits(form, body.file)
  expect([sent.status, sent.body.error]).toEqual([422, expect.stringContaining('This is a PDF')])
})

it('takes 5 MB as a file and no byte more, and nothing else of more than 64 KB', async () => {
  expect((await sends(new Uint8Array(MAX_UPLOAD_BYTES))).status).toBe(200)
  const { status, body } = await sends(new Uint8Array(MAX_UPLOAD_BYTES + 1))
  expect([status, body.error]).toEqual([413, expect.stringContaining('larger than 5 MB')])
  expect((await post('say', { as: 'ann', text: 'x'.repeat(70_000) })).status).toBe(413)
})

it.each([
  ['another site', { origin: 'https://evil.example' }, 403],
  ['a name that was pointed here', { host: 'evil.example', origin: 'http://evil.example' }, 403],
  ['a plain form', { 'content-type': 'text/plain' }, 415],
  ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
])('takes no file from %s', async (_from, headers, status) => {
  expect((await sends(TWO, headers)).status).toBe(status)
})
