import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { draw } from '../../src/pictures/draw.js'
import { createSlack, type Slack } from '../../src/platforms/slack/index.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { type LoopbackSlack, type Posted, signed, startSlack } from './slack-server.js'

const ANN = { id: 'U0ANN', name: 'Ann' }
const ADA = { id: 'U0ADA', name: 'Ada', admin: true }
const BOB = { id: 'U0BOB', name: 'Bob', admin: true }
const STUDY = 'C0STUDY'

let server: LoopbackSlack
/** How far the bot's clock is ahead, in milliseconds. */
let later = 0
let bot: Bot
let slack: Slack
let door: ReturnType<typeof createServer>
const stops: (() => void)[] = []
afterAll(() => {
  for (const stop of stops) stop()
})

beforeEach(async () => {
  later = 0
  server = await startSlack([ANN, ADA, BOB], [STUDY])
  bot = await startBot()
  slack = await createSlack({
    mode: { kind: 'http', signingSecret: server.secret, botToken: server.token },
    url: `${server.address()}/api/`,
    app: () => bot.app,
    installs: undefined,
    purge: (workspace, leftAt) => bot.store.purgeWorkspace({ platform: 'slack', workspace }, leftAt),
    draw,
    clock: () => Date.now() + later,
    log: bot.deps.log,
  })
  ;(bot.deps.chats as Map<string, unknown>).set('slack', slack.chat)
  door = createServer((request, response) => slack.listener?.(request, response))
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  const [opened, listening] = [server, door]
  stops.push(() => {
    opened.stop()
    listening.close()
  })
})

async function deliver(body: string, headers = signed(server.secret, body)): Promise<{ status: number; ms: number; text: string }> {
  const began = performance.now()
  const address = `http://127.0.0.1:${(door.address() as AddressInfo).port}/slack/events`
  const answer = await fetch(address, { method: 'POST', body, headers })
  return { status: answer.status, text: await answer.text(), ms: performance.now() - began }
}

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()

function types(who: { id: string; name: string }, line: string, channel = STUDY) {
  const [command = '', ...rest] = line.split(' ')
  const more = { team_id: server.team, channel_id: channel, user_id: who.id, user_name: who.name, ...server.ticket(who.id, channel) }
  return deliver(form({ command, text: rest.join(' '), ...more }))
}

function presses(who: { id: string; name: string }, post: Posted, action: object) {
  const payload = {
    type: 'block_actions',
    team: { id: server.team },
    user: { id: who.id, username: who.name, team_id: server.team },
    channel: { id: post.channel },
    container: { type: 'message', message_ts: post.ts, is_ephemeral: post.to !== undefined },
    actions: [action],
    ...server.ticket(who.id, post.channel, post.ts),
  }
  return deliver(form({ payload: JSON.stringify(payload) }))
}

const elementsOf = (post: Posted | undefined) =>
  (post?.blocks ?? []).flatMap((b) => (b.type === 'actions' ? (b.elements as { action_id: string; text: { text: string } }[]) : []))
const buttonOf = (post: Posted, label: string) => {
  const found = elementsOf(post).find((e) => e.text.text === label)
  if (!found) throw new Error(`no button ${label}`)
  return { type: 'button', action_id: found.action_id }
}

/** Waits until what was acknowledged is done. */
async function until<T>(look: () => T | undefined): Promise<T> {
  for (let i = 0; i < 200; i++) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((done) => setTimeout(done, 25))
  }
  throw new Error('never came')
}
const lastTo = (user: string) => server.posts.filter((p) => p.to === user).at(-1)

describe('a slash command over HTTP', () => {
  it('is acknowledged at once and answered to the asker alone', async () => {
    expect(await types(ANN, '/explain apple')).toMatchObject({ status: 200, text: '' })
    const answer = await until(() => lastTo(ANN.id))
    expect(answer.channel).toBe(STUDY)
    expect(JSON.stringify(answer.blocks)).toContain('Apple')
  })

  it('with a wrong signature, or an old one, is refused and changes nothing', async () => {
    const body = form({ command: '/explain', text: 'apple', team_id: server.team, channel_id: STUDY, user_id: ANN.id })
    expect((await deliver(body, signed('another secret', body))).status).toBe(401)
    expect((await deliver(body, signed(server.secret, body, Math.floor(Date.now() / 1000) - 600))).status).toBe(401)
    expect(server.calls).toEqual(['auth.test'])
  })

  it('without what it needs asks in a form', async () => {
    await types(ANN, '/explain')
    const { view } = await until(() => server.views.at(-1))
    expect(JSON.stringify(view)).toContain('external_select')
  })

  it('that is for admins is refused to others, and opens the form for admins', async () => {
    await types(ANN, '/study setup')
    expect(JSON.stringify((await until(() => lastTo(ANN.id))).blocks)).toContain('for admins')
    await types(ADA, '/study setup')
    expect((await until(() => server.views.at(-1))).user).toBe(ADA.id)
  })

  it('help is called /cohort', async () => {
    await types(ANN, '/cohort')
    expect(JSON.stringify((await until(() => lastTo(ANN.id))).blocks)).toContain('/quiz')
  })
})

describe('the daily question', () => {
  const slackTeam = () => bot.team({ platform: 'slack', workspace: server.team, channel: STUDY, admin: ADA.id, topics: ['apple'] })

  it('is posted, answered privately by a press, and revealed at close', async () => {
    await slackTeam()
    await bot.at('2026-11-02T08:00:00Z').tick()
    const [question] = server.posts
    if (!question) throw new Error('nothing was posted')
    const letter = elementsOf(question)[0]?.text.text ?? ''
    await presses(ANN, question, buttonOf(question, letter))
    expect(JSON.stringify((await until(() => lastTo(ANN.id))).blocks)).toMatch(/Right|Not this time/)
    await bot.at('2026-11-02T08:01:00Z').tick()
    expect(JSON.stringify(question.blocks)).toContain('1')
    await bot.at('2026-11-02T20:05:00Z').tick()
    const reveal = server.posts.filter((p) => p.channel === STUDY && !p.to).at(-1)
    expect(JSON.stringify(reveal?.blocks)).toContain('slack_file')
    expect([...server.uploads.values()].every((u) => u.done && u.alt.length > 0)).toBe(true)
  })

  it('is posted once, though the first answer of Slack was lost', async () => {
    await slackTeam()
    server.faults.push({ method: 'chat.postMessage', status: 500, done: true })
    await bot.at('2026-11-02T08:00:00Z').tick()
    await bot.at('2026-11-02T08:05:00Z').tick()
    expect(server.calls).toContain('conversations.history')
    expect(server.posts.filter((p) => p.channel === STUDY)).toHaveLength(1)
  })

  it('waits as long as Slack asks, without a word to the admin', async () => {
    await slackTeam()
    server.faults.push({ method: 'chat.postMessage', status: 429, retryAfter: 1 })
    await bot.at('2026-11-02T08:00:00Z').tick()
    expect(server.posts).toEqual([])
    later = 1100
    await bot.at('2026-11-02T08:00:30Z').tick()
    expect(server.posts.map((p) => p.channel)).toEqual([STUDY])
  })

  it('tells the admin once where the channel cannot be reached', async () => {
    await bot.team({ platform: 'slack', workspace: server.team, channel: 'C0GONE', admin: ADA.id, topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    await bot.at('2026-11-02T08:05:00Z').tick()
    const told = server.posts.filter((p) => p.channel === ADA.id)
    expect(told).toHaveLength(1)
    expect(JSON.stringify(told[0]?.blocks)).toContain('/invite @Cohort')
  })
})

function happens(event: Record<string, unknown>) {
  const body = JSON.stringify({ type: 'event_callback', team_id: server.team, event_id: `Ev${Math.random()}`, event })
  return deliver(body, { ...signed(server.secret, body), 'Content-Type': 'application/json' })
}

function submits(who: { id: string; name: string }, view: Record<string, unknown>, values: Record<string, object>) {
  const state = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]))
  const payload = {
    type: 'view_submission',
    team: { id: server.team },
    user: { id: who.id, name: who.name, team_id: server.team },
    trigger_id: `${Math.random()}`,
    view: { ...view, id: 'V1', hash: `${Math.random()}`, state: { values: state } },
  }
  return deliver(form({ payload: JSON.stringify(payload) }))
}

describe('forms', () => {
  it('set a team up: opened by the command, sent, and confirmed to the admin alone', async () => {
    await types(ADA, '/study setup')
    const { view } = await until(() => server.views.at(-1))
    const fields = (view.blocks as { type: string; block_id: string; element: Record<string, never> }[]).filter((b) => b.type === 'input')
    const values = Object.fromEntries(
      fields.map(({ block_id, element }) => {
        const { initial_value, initial_option, initial_options, initial_conversation } = element
        if (block_id === 'channel')
          return [block_id, { type: 'conversations_select', selected_conversation: initial_conversation ?? STUDY }]
        if (initial_option) return [block_id, { type: 'static_select', selected_option: initial_option }]
        if (initial_options || String(element.type).startsWith('multi'))
          return [block_id, { type: 'multi_static_select', selected_options: initial_options ?? [] }]
        return [block_id, { type: 'plain_text_input', value: initial_value ?? '' }]
      }),
    )
    expect((await submits(ADA, view, values)).status).toBe(200)
    expect(JSON.stringify((await until(() => lastTo(ADA.id))).blocks)).toContain('is set up')
    expect(await bot.store.teamIn({ platform: 'slack', workspace: server.team, channel: STUDY })).toMatchObject({ name: 'Study team' })
  })

  it('sent by who is no admin any more change nothing', async () => {
    await types(BOB, '/study setup')
    const { view } = await until(() => server.views.at(-1))
    BOB.admin = false
    await submits(BOB, view, {})
    expect(JSON.stringify((await until(() => lastTo(BOB.id))).blocks)).toContain('for admins')
    expect(await bot.store.teamIn({ platform: 'slack', workspace: server.team, channel: STUDY })).toBeUndefined()
  })
})

describe('events', () => {
  it('show the Home tab when it is opened', async () => {
    await happens({ type: 'app_home_opened', user: ANN.id, tab: 'home', channel: 'D1' })
    const view = await until(() => server.homes.get(ANN.id))
    expect(JSON.stringify(view)).toContain('Your study')
  })

  it('purge the workspace when the app is removed', async () => {
    await bot.team({ platform: 'slack', workspace: server.team, channel: STUDY, admin: ADA.id })
    await happens({ type: 'app_uninstalled' })
    await gone(async () => (await bot.store.teamIn({ platform: 'slack', workspace: server.team, channel: STUDY })) === undefined)
  })
})

async function gone(is: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await is()) return
    await new Promise((done) => setTimeout(done, 25))
  }
  throw new Error('still there')
}

describe('a delivery that comes twice', () => {
  it('is answered once', async () => {
    const body = form({
      command: '/explain',
      text: 'apple',
      team_id: server.team,
      channel_id: STUDY,
      user_id: ANN.id,
      user_name: ANN.name,
      ...server.ticket(ANN.id, STUDY),
    })
    await Promise.all([deliver(body), deliver(body)])
    await until(() => lastTo(ANN.id))
    await types(ADA, '/cohort')
    await until(() => lastTo(ADA.id))
    expect(server.posts.filter((p) => p.to === ANN.id)).toHaveLength(1)
  })
})
