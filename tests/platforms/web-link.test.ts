/** `/study link` between two members of the web chat, through its page's own door. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import { createWeb, type Web } from '../../src/platforms/web/index.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { type Bot, buttonsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'

const HOST = 'localhost:3000'
let bot: Bot
let web: Web

beforeEach(async () => {
  bot = await startBot()
  const assets = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(join(assets, name), name)
  const messages = createMessageLog(await testDatabase())
  const shared = { messages, members: LOCAL_MEMBERS, log: bot.deps.log, clock: bot.deps.clock, assets }
  web = createWeb({ ...shared, draw: async () => new Uint8Array(), app: () => bot.app })
  ;(bot.deps.chats as Map<string, Web['chat']>).set('web', web.chat)
  await bot.store.openWorkspaces('web', ['local'])
})

async function post(act: string, body: object): Promise<void> {
  const headers = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' }
  const answer = await web.routes.request(`/api/${act}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
}

interface Told {
  readonly id: number
  readonly body: { readonly card?: Card }
}

/** The last card on the page of this member. */
async function last(as: string): Promise<{ id: number; card: Card }> {
  const events = await web.routes.request(`/api/events?as=${as}`, { headers: { host: HOST } })
  const reader = events.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (!text.includes('\n\n')) text += decoder.decode((await reader?.read())?.value, { stream: true })
  await reader?.cancel()
  const { messages } = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as { messages: Told[] }
  const found = messages.findLast(({ body }) => body.card)
  if (!found?.body.card) throw new Error(`${as} sees no card`)
  return { id: found.id, card: found.body.card }
}

const says = (as: string, text: string) => post('say', { as, text })

async function presses(as: string, label: string): Promise<void> {
  const { id, card } = await last(as)
  const button = buttonsOf(card).find((one) => one.label === label)
  if (!button) throw new Error(`no ${label} on: ${plainCard(card)}`)
  await post('press', { as, message: id, id: button.id })
}

it('joins two members of the web chat, and they come apart again', async () => {
  await says('ann', '/study exam 2027-02-15')
  await says('ann', '/study link')
  const code = /link ([A-Z2-9-]{9})/.exec(plainCard((await last('ann')).card))?.[1] ?? ''
  await says('ben', `/study link ${code}`)
  expect(plainCard((await last('ben')).card)).toContain('The code is of Ann on the web chat.')
  await presses('ben', 'Link')
  expect((await last('ben')).card.title).toBe('Now say yes there')
  await bot.tick()
  await bot.tick()
  expect(plainCard((await last('ann')).card)).toContain('Ben on the web chat typed your code and said yes.')
  await presses('ann', 'Link')
  expect((await last('ann')).card.title).toBe('Linked')
  await bot.tick()
  expect(plainCard((await last('ben')).card)).toContain('• Ann on the web chat')
  await says('ben', '/study status')
  expect(plainCard((await last('ben')).card)).toContain('Your exam: 2027-02-15')
  await says('ben', '/study unlink')
  await presses('ben', 'Unlink')
  expect((await last('ben')).card.title).toBe('Unlinked')
  expect(await bot.store.accounts({ platform: 'web', workspace: 'local', user: 'ann' })).toHaveLength(1)
  expect(bot.errors).toEqual([])
})
