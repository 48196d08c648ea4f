/** Forms of the local web chat, over mistakes, a reload of the page and a restart of the program. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FormValues } from '../../src/bot/ports/chat.js'
import type { Card } from '../../src/bot/ui/card.js'
import { valuesOf } from '../../src/bot/ui/form.js'
import { createWeb } from '../../src/platforms/web/index.js'
import type { MessageRow } from '../../src/platforms/web/messages.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import type { Done, OpenForm, Problem } from '../../src/platforms/web/wire.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { type Bot, buttonsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { largePack } from '../helpers/large-pack.js'

const HOST = 'localhost:3000'
const PLACE = { platform: 'web', workspace: 'local', channel: 'study' }

let bot: Bot
let routes: Awaited<ReturnType<typeof start>>

/** The web chat as a program has it that was just started. */
async function start() {
  const page = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(join(page, name), name)
  const deps = {
    app: () => bot.app,
    messages: createMessageLog(await testDatabase()),
    members: LOCAL_MEMBERS,
    assets: page,
  }
  const web = createWeb({
    ...deps,
    clock: bot.deps.clock,
    log: bot.deps.log,
    draw: async () => new Uint8Array(),
  })
  ;(bot.deps.chats as Map<string, unknown>).set('web', web.chat)
  return web.routes
}

async function startWith(content?: string): Promise<void> {
  bot = await startBot(content === undefined ? {} : { content })
  await bot.store.openWorkspaces('web', ['local'])
  routes = await start()
}
beforeEach(() => startWith())

async function post(act: string, body: object): Promise<{ status: number; body: Done & Partial<Problem> }> {
  const headers = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' }
  const answer = await routes.request(`/api/${act}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Done & Problem }
}

async function opened(as = 'ann'): Promise<OpenForm> {
  const { form } = (await post('say', { as, text: '/team setup' })).body
  if (!form) throw new Error(`no form was opened for ${as}`)
  return form
}
const submits = ({ token, form }: OpenForm, change: FormValues, as = 'ann') =>
  post('submit', { as, form: token, values: { ...valuesOf(form), ...change } })
/** What the page shows once it is loaded again. */
const reloaded = async (as = 'ann') => (await post('unsent', { as })).body.form
const team = () => bot.store.teamIn(PLACE)

describe('a form with a wrong field', () => {
  it('stays open, says it at the field, and is sent once it is right', async () => {
    const form = await opened()
    const wrong = await submits(form, { time: '25:99', name: 'Night owls' })
    expect(wrong).toMatchObject({
      status: 422,
      body: { field: 'time', error: expect.stringContaining('should look like 09:00') },
    })
    expect(await submits(form, { days: [] })).toMatchObject({ status: 422, body: { field: 'days' } })
    expect(await team()).toBeUndefined()
    expect((await submits(form, { time: '10:00', name: 'Night owls' })).status).toBe(200)
    expect(await team()).toMatchObject({ minute: 600, name: 'Night owls' })
    expect(await reloaded()).toBeUndefined()
  })

  it('is there as it was sent when the page is loaded again', async () => {
    await submits(await opened(), { time: '25:99', name: 'Night owls' })
    const again = await reloaded()
    expect(again && valuesOf(again.form)).toMatchObject({ time: '25:99', name: 'Night owls' })
  })
})

describe('what was typed and not sent', () => {
  it('is there when the page is loaded again, also by a program that was started since', async () => {
    const { token } = await opened()
    expect(
      (await post('keep', { as: 'ann', form: token, values: { name: 'Night owls', topics: ['pear'] } }))
        .status,
    ).toBe(200)
    for (const restart of [false, true]) {
      if (restart) routes = await start()
      const again = await reloaded()
      expect(again && valuesOf(again.form)).toMatchObject({
        name: 'Night owls',
        topics: ['pear'],
        time: '09:00',
      })
    }
  })

  it('can be sent from a page that was open all the while, and kept on', async () => {
    const form = await opened()
    routes = await start()
    expect((await post('keep', { as: 'ann', form: form.token, values: { name: 'Larks' } })).status).toBe(200)
    routes = await start()
    expect((await submits(form, { name: 'Night owls' })).status).toBe(200)
    expect(await team()).toMatchObject({ name: 'Night owls' })
  })

  it('is gone once the form is closed', async () => {
    const { token } = await opened()
    await post('keep', { as: 'ann', form: token, values: { name: 'Night owls' } })
    await post('close', { as: 'ann', form: token })
    expect(await reloaded()).toBeUndefined()
    expect((await post('submit', { as: 'ann', form: token, values: {} })).status).toBe(403)
  })

  it('is for nobody else', async () => {
    const { token } = await opened()
    for (const restart of [false, true]) {
      if (restart) routes = await start()
      expect((await post('keep', { as: 'ben', form: token, values: { name: 'Owls' } })).status).toBe(403)
      expect((await post('submit', { as: 'ben', form: token, values: {} })).status).toBe(403)
      await post('close', { as: 'ben', form: token })
      expect(await reloaded('ben')).toBeUndefined()
    }
    expect(await reloaded()).toBeDefined()
  })

  it('is kept as far as the form offers it', async () => {
    const { token } = await opened()
    await post('keep', {
      as: 'ann',
      form: token,
      values: { topics: ['apple', 'nope'], time: '9'.repeat(50), strange: 'x' },
    })
    const again = await reloaded()
    expect(again && valuesOf(again.form)).toMatchObject({ topics: ['apple'], time: '99999999' })
  })
})

it('270 topics can all be picked', { tags: ['slow'] }, async () => {
  const { content, slugs } = largePack(270)
  await startWith(content)
  const form = await opened()
  expect((await submits(form, { topics: slugs })).status).toBe(200)
  expect([...((await team())?.topics ?? [])].sort()).toEqual(slugs)
})

it('a report is kept while it is written', async () => {
  await bot.team({ ...PLACE, admin: 'ann', topics: ['apple'] })
  await bot.at('2026-11-02T08:00:00Z').tick()
  const { pool } = await testDatabase()
  const [{ id: message, card }] = (await pool.query("select id, body->'card' as card from web_message")).rows
  const report = buttonsOf(card).find((button) => button.label === 'Report a problem')
  const { form } = (await post('press', { as: 'ben', message, id: report?.id })).body
  await post('keep', { as: 'ben', form: form?.token, values: { detail: 'The key is wrong, since' } })
  routes = await start()
  const again = await reloaded('ben')
  expect(again && valuesOf(again.form)).toMatchObject({ detail: 'The key is wrong, since' })
})

it('a form that opened with words in it has them when the page is loaded again', async () => {
  await bot.team({ ...PLACE, pack: bot.bank.pack.id })
  await post('say', { as: 'ann', text: '/explain apple' })
  const [message] = (await createMessageLog(await testDatabase()).list('local', 'study', 'ann', 1)) as [
    MessageRow,
  ]
  const { card } = message.body as { card: Card }
  const id = buttonsOf(card).find(({ label }) => label === 'Write a question on this')?.id
  const { form } = (await post('press', { as: 'ann', message: message.id, id })).body
  expect(form && valuesOf(form.form)).toMatchObject({ topic: 'Apple' })
  const again = await reloaded()
  expect(again && valuesOf(again.form)).toMatchObject({ topic: 'Apple' })
})
