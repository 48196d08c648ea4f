import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChatRefusal } from '../../src/bot/ports/chat.js'
import { createWeb, type Web } from '../../src/platforms/web/index.js'
import type { MessageLog } from '../../src/platforms/web/messages.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import type { Shown, StreamEvent } from '../../src/platforms/web/wire.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { createFakeApp } from '../e2e/fake-app.js'
import { testChat } from '../helpers/chat.js'
import { emptyDatabase } from '../helpers/database.js'
import { memoryLog } from '../helpers/message-log.js'
import { chatContract, type Subject } from './chat-contract.js'

let assets: string

beforeAll(() => {
  assets = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(join(assets, name), name)
})
afterAll(() => rmSync(assets, { recursive: true }))

function startWeb(messages: MessageLog): Web {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const rest = { messages, draw: async () => new Uint8Array(), members: LOCAL_MEMBERS, clock: () => 1000 }
  return createWeb({ app: createFakeApp, log, assets, ...rest })
}

/** What the page of a member gets first: everything that this member may see. */
async function history(web: Web, user: string): Promise<readonly Shown[]> {
  const reader = (
    await web.routes.request(`/api/events?as=${user}`, { headers: { host: 'localhost:3000' } })
  ).body?.getReader()
  const decoder = new TextDecoder()
  let stream = ''
  while (!stream.includes('\n\n')) stream += decoder.decode((await reader?.read())?.value, { stream: true })
  await reader?.cancel()
  const data = /^data: (.*)$/m.exec(stream)?.[1] ?? 'null'
  const event = JSON.parse(data) as StreamEvent | null
  return event?.kind === 'all' ? event.messages : []
}

const titleOf = ({ body }: Shown) =>
  body.kind === 'card' ? (body.card.title ?? '') : `not a card: ${body.kind}`

async function webSubject(messages: MessageLog = memoryLog()): Promise<Subject> {
  const web = startWeb(messages)
  return {
    chat: web.chat,
    here: { workspace: 'local', channel: 'study' },
    nowhere: { workspace: 'local', channel: 'elsewhere' },
    hidden: undefined,
    fallSilent: undefined,
    members: ['ann', 'ben'],
    seen: async (user) => (await history(web, user)).map(titleOf),
  }
}

async function memorySubject(): Promise<Subject> {
  const chat = testChat()
  const here = { workspace: 'w1', channel: 'study' }
  chat.hidden.set('elsewhere', [])
  chat.gone.add('399999999999999999')
  chat.hidden.set('back-room', ['ann'])
  const titles = (list: readonly { card: { title?: string } }[]) => list.map((one) => one.card.title ?? '')
  return {
    chat,
    here,
    nowhere: { workspace: 'w1', channel: 'elsewhere' },
    hidden: { workspace: 'w1', channel: 'back-room' },
    fallSilent: () => {
      chat.isSilent = true
    },
    members: ['ann', 'ben'],
    seen: async (user) => [
      ...titles(chat.posted.filter((p) => p.place.channel === here.channel)),
      ...titles(chat.told.filter((t) => t.user === user)),
    ],
  }
}

const storedSubject = async () => webSubject(createMessageLog(await emptyDatabase()))

chatContract('the web', () => webSubject(), { tellsTries: true, refusesChannels: true })
chatContract('the web, on a database', storedSubject, { tellsTries: true, refusesChannels: true })
chatContract('the tests of the bot', memorySubject, { tellsTries: false, refusesChannels: false })

describe('the chat of the web', () => {
  it('refuses to tell someone who is not there, and posts in another workspace', async () => {
    const { chat, here } = await webSubject()
    await expect(
      chat.post({ workspace: here.workspace, user: 'zoe' }, { blocks: [] }, 'word-1'),
    ).rejects.toThrow(ChatRefusal)
    await expect(chat.post({ ...here, workspace: 'other' }, { blocks: [] }, 'round-1')).rejects.toThrow(
      ChatRefusal,
    )
  })

  it('deletes what only the forgotten member was told', async () => {
    const { chat, here, seen } = await webSubject()
    await chat.post(here, { title: 'Monday', blocks: [] }, 'round-1')
    await chat.post({ workspace: here.workspace, user: 'ann' }, { title: 'A word', blocks: [] }, 'word-1')
    await chat.forget('local', 'ann')
    expect(await seen('ann')).toEqual(['Monday'])
  })
})
