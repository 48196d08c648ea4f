/** Members of the web chat of a bot in this process, through the routes of its page. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import { createWeb, type Web } from '../../src/platforms/web/index.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { type Bot, buttonsOf } from './bot.js'
import { testDatabase } from './database.js'

const HOST = 'localhost:3000'

export interface Told {
  readonly id: number
  readonly body: { readonly card?: Card }
}

export interface WebPage {
  says(as: string, text: string): Promise<void>
  /** On the last card of this member. */
  presses(as: string, label: string): Promise<void>
  /** All that the page of this member is sent. */
  conversation(as: string): Promise<Told[]>
  last(as: string): Promise<Card>
  /** The status of an address of the page. */
  status(path: string): Promise<number>
}

/** The web chat is on from then on. */
export async function webPage(bot: Bot): Promise<WebPage> {
  const assets = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(join(assets, name), name)
  const messages = createMessageLog(await testDatabase())
  const shared = { messages, members: LOCAL_MEMBERS, log: bot.deps.log, clock: bot.deps.clock, assets }
  const web = createWeb({ ...shared, draw: async () => new Uint8Array([1]), app: () => bot.app })
  ;(bot.deps.chats as Map<string, Web['chat']>).set('web', web.chat)
  await bot.store.openWorkspaces('web', ['local'])
  const get = (path: string) => web.routes.request(path, { headers: { host: HOST } })
  async function post(act: string, body: object): Promise<void> {
    const headers = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' }
    const sent = { method: 'POST', headers, body: JSON.stringify(body) }
    expect((await web.routes.request(`/api/${act}`, sent)).status).toBe(200)
  }
  async function conversation(as: string): Promise<Told[]> {
    const reader = (await get(`/api/events?as=${as}`)).body?.getReader()
    const decoder = new TextDecoder()
    let text = ''
    while (!text.includes('\n\n')) text += decoder.decode((await reader?.read())?.value, { stream: true })
    await reader?.cancel()
    return JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null').messages
  }
  async function lastTold(as: string) {
    const found = (await conversation(as)).findLast(({ body }) => body.card)
    if (!found?.body.card) throw new Error(`${as} sees no card`)
    return { message: found.id, card: found.body.card }
  }
  return {
    says: (as, text) => post('say', { as, text }),
    async presses(as, label) {
      const { message, card } = await lastTold(as)
      const button = buttonsOf(card).find((one) => one.label === label)
      if (!button) throw new Error(`no ${label} on: ${plainCard(card)}`)
      await post('press', { as, message, id: button.id })
    },
    conversation,
    last: async (as) => (await lastTold(as)).card,
    status: async (path) => (await get(path)).status,
  }
}
