// @module-tag slow
/** A private answer stands in place of its question: nothing stays that can be pressed in vain. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import * as discordPeople from '../../loopback/discord/people.js'
import type { Posted as DiscordPosted } from '../../loopback/discord/server.js'
import * as slackPeople from '../../loopback/slack/people.js'
import type { Posted as SlackPosted } from '../../loopback/slack/server.js'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import { createWeb } from '../../src/platforms/web/index.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import type { Done, Shown, StreamEvent } from '../../src/platforms/web/wire.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { type Bot, buttonsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'
import * as discord from './discord-bot.js'
import * as slack from './slack-bot.js'

const DUE = '2026-11-02T08:00:00Z'
const CLOSED = '2026-11-02T20:05:00Z'
/** An ordering and a matching, which are answered by forms. */
const FORMS = { count: 2, topics: ['pear'] }
const OPENS = ['Put in order', 'Match']
/** What a question has that is not answered. */
const ASKING = [...OPENS, 'A', 'Fix it']
const asking = (labels: readonly string[]) => labels.filter((label) => ASKING.includes(label))
const opens = (labels: readonly string[]) => labels.find((label) => OPENS.includes(label)) ?? ''

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

describe('on Discord', () => {
  const { labelsOf, readable } = discordPeople

  async function asked() {
    const here = await discord.startDiscordBot()
    stops.push(here.stop)
    await here.team(FORMS)
    await here.bot.at(DUE).tick()
    const card = await discord.answerTo(here.ann, () =>
      here.ann.presses(here.inChannel()[0] as DiscordPosted, 'Answer 1'),
    )
    const opened = async (label = opens(labelsOf(card))) => {
      const before = here.ann.modals().length
      here.ann.presses(card, label)
      return until(() => here.ann.modals()[before])
    }
    const fieldsOf = (modal: Awaited<ReturnType<typeof opened>>) =>
      (modal.data.components as { component?: { custom_id: string } }[]).flatMap(({ component }) =>
        component ? [component.custom_id] : [],
      )
    return { here, card, opened, fieldsOf }
  }

  it('a form with a mistake, its answer and the next question are one message', async () => {
    const { here, card, opened, fieldsOf } = await asked()
    const isOrdering = opens(labelsOf(card)) === 'Put in order'
    let modal = await opened()
    if (isOrdering) {
      // One step twice.
      here.ann.submits(modal, Object.fromEntries(fieldsOf(modal).map((name) => [name, 'A'])))
      await until(() => labelsOf(card).includes('Fix it') || undefined)
      expect(asking(labelsOf(card))).toEqual(['Fix it'])
      modal = await opened('Fix it')
    }
    const letters = isOrdering ? 'ABCD' : 'AAAAAAA'
    const given = fieldsOf(modal).map((name, i) => [name, letters[i] ?? 'A'] as const)
    here.ann.submits(modal, Object.fromEntries(given))
    const done = /Right|Not this time|Step 1 of/
    await until(() => done.test(readable(card)) || undefined)
    if (readable(card).includes('Step 1 of')) {
      modal = await opened('Go on')
      here.ann.submits(modal, Object.fromEntries(fieldsOf(modal).map((name) => [name, 'A'])))
      await until(() => /Right|Not this time/.test(readable(card)) || undefined)
    }
    expect(asking(labelsOf(card))).toEqual([])
    here.ann.presses(card, 'Next question')
    await until(() => readable(card).includes('Question 2 of 2') || undefined)
    expect(here.ann.told()).toEqual([card])
    expect(here.bot.errors).toEqual([])
  })

  it('a question of a round that is over says so in its place', async () => {
    const { here, card } = await asked()
    await here.bot.at(CLOSED).tick()
    here.ann.presses(card, opens(labelsOf(card)))
    await until(() => readable(card).includes('This round is closed') || undefined)
    expect(asking(labelsOf(card))).toEqual([])
    expect([here.ann.told(), here.ann.modals()]).toEqual([[card], []])
  })

  it('has the colour of its outcome beside the word', async () => {
    const here = await discord.startDiscordBot()
    stops.push(here.stop)
    await here.team()
    await here.bot.at(DUE).tick()
    const question = here.inChannel()[0] as DiscordPosted
    const told = await discord.answerTo(here.ann, () =>
      labelsOf(question).includes('A')
        ? here.ann.presses(question, 'A')
        : here.ann.picks(question, ['A', 'B']),
    )
    const isRight = readable(told).includes('Right')
    expect(readable(told)).toContain(isRight ? 'Right' : 'Not this time')
    expect(told.components).toMatchObject([{ accent_color: isRight ? 0x2f9e68 : 0xd9772b }])
    expect(question.components[0]).not.toHaveProperty('accent_color')
  })
})

describe('on Slack', () => {
  const { labelsOf, readable } = slackPeople

  async function asked() {
    const here = await slack.startSlackBot()
    await here.team(FORMS)
    await here.bot.at(DUE).tick()
    const card = await slack.answerTo(here.ann, () =>
      here.ann.presses(here.inChannel()[0] as SlackPosted, 'Answer 1'),
    )
    return { here, card }
  }

  it('the answer of a form and the next question are one message', async () => {
    const { here, card } = await asked()
    await here.ann.presses(card, opens(labelsOf(card.blocks)))
    const form = await until(() => here.ann.modals()[0])
    const names = (form.view.blocks as { type: string; block_id: string }[]).flatMap(({ type, block_id }) =>
      type === 'input' ? [block_id] : [],
    )
    const isOrdering = opens(labelsOf(card.blocks)) === 'Put in order'
    await here.ann.submits(
      form,
      Object.fromEntries(names.map((name, i) => [name, isOrdering ? ('ABCD'[i] ?? '') : 'A'])),
    )
    await until(() => /Right|Not this time/.test(readable(card.blocks)) || undefined)
    expect(readable(card.blocks)).toMatch(/✅ Right|🟠 Not this time/)
    expect(asking(labelsOf(card.blocks))).toEqual([])
    await here.ann.presses(card, 'Next question')
    await until(() => readable(card.blocks).includes('Question 2 of 2') || undefined)
    expect(here.ann.told()).toEqual([card])
    expect(here.bot.errors).toEqual([])
  })

  it('a question of a round that is over says so in its place', async () => {
    const { here, card } = await asked()
    await here.bot.at(CLOSED).tick()
    await here.ann.presses(card, opens(labelsOf(card.blocks)))
    await until(() => readable(card.blocks).includes('This round is closed') || undefined)
    expect(asking(labelsOf(card.blocks))).toEqual([])
    expect([here.ann.told(), here.ann.modals()]).toEqual([[card], []])
  })
})

describe('in the web chat', () => {
  async function asked() {
    const bot = await startBot()
    await bot.store.openWorkspaces('web', ['local'])
    const routes = await webOf(bot)
    const post = async (act: string, body: object) => {
      const headers = {
        host: 'localhost:3000',
        origin: 'http://localhost:3000',
        'content-type': 'application/json',
      }
      const answer = await routes.request(`/api/${act}`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ as: 'ann', ...body }),
      })
      return (await answer.json()) as Done
    }
    const sees = async (): Promise<readonly Shown[]> => {
      const answer = await routes.request('/api/events?as=ann', { headers: { host: 'localhost:3000' } })
      const reader = answer.body?.getReader()
      const decoder = new TextDecoder()
      let text = ''
      while (!text.includes('\n\n')) text += decoder.decode((await reader?.read())?.value, { stream: true })
      await reader?.cancel()
      const event = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as StreamEvent
      return event.kind === 'all' ? event.messages : []
    }
    const cards = async () =>
      (await sees()).flatMap(({ id, hidden, body }) =>
        body.kind === 'card' && hidden ? [{ id, card: body.card }] : [],
      )
    const presses = (message: number, card: Card, label: string) =>
      post('press', { message, id: buttonsOf(card).find((one) => one.label === label)?.id })
    await bot.team({ platform: 'web', workspace: 'local', channel: 'study', ...FORMS })
    await bot.at(DUE).tick()
    const [question] = await sees()
    if (question?.body.kind !== 'card') throw new Error('no question was posted')
    await presses(question.id, question.body.card, 'Answer 1')
    return { bot, post, cards, presses }
  }

  it('the answer of a form stands in place of its question', async () => {
    const { post, cards, presses } = await asked()
    const [before] = await cards()
    if (!before) throw new Error('nothing was asked')
    const labels = buttonsOf(before.card).map(({ label }) => label)
    const { form } = await presses(before.id, before.card, opens(labels))
    const names = form?.form.fields.map(({ name }) => name) ?? []
    const isOrdering = opens(labels) === 'Put in order'
    const values = Object.fromEntries(names.map((name, i) => [name, isOrdering ? 'ABCD'[i] : 'A']))
    await post('submit', { form: form?.token, values })
    const after = await cards()
    expect(after.map(({ id }) => id)).toEqual([before.id])
    expect(after[0]?.card.outcome).toBe(after[0]?.card.title === 'Right' ? 'right' : 'wrong')
    expect(asking(buttonsOf(after[0]?.card as Card).map(({ label }) => label))).toEqual([])
  })

  it('a question of a round that is over says so in its place, a form that is open too', async () => {
    const { bot, post, cards, presses } = await asked()
    const [before] = await cards()
    if (!before) throw new Error('nothing was asked')
    const labels = buttonsOf(before.card).map(({ label }) => label)
    const { form } = await presses(before.id, before.card, opens(labels))
    await bot.at(CLOSED).tick()
    const names = form?.form.fields.map(({ name }) => name) ?? []
    const isOrdering = opens(labels) === 'Put in order'
    const values = Object.fromEntries(names.map((name, i) => [name, isOrdering ? 'ABCD'[i] : 'A']))
    await post('submit', { form: form?.token, values })
    const [after] = await cards()
    expect(after?.id).toBe(before.id)
    expect(plainCard(after?.card as Card)).toContain('This round is closed')
    expect(asking(buttonsOf(after?.card as Card).map(({ label }) => label))).toEqual([])
  })
})

async function webOf(bot: Bot) {
  const page = mkdtempSync(path.join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(path.join(page, name), name)
  const web = createWeb({
    app: () => bot.app,
    messages: createMessageLog(await testDatabase()),
    members: LOCAL_MEMBERS,
    assets: page,
    clock: bot.deps.clock,
    log: bot.deps.log,
    draw: async () => new Uint8Array(),
  })
  ;(bot.deps.chats as Map<string, unknown>).set('web', web.chat)
  return web.routes as NonNullable<typeof web.routes>
}
