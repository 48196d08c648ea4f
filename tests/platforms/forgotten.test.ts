// @module-tag slow
/**
 * Somebody does all that one can do, on each platform, and asks to be forgotten: nothing that is kept names
 * them.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  labelsOf as discordLabels,
  createPerson as discordPerson,
  readable as discordReadable,
} from '../../loopback/discord/people.js'
import { startDiscord } from '../../loopback/discord/server.js'
import {
  labelsOf as slackLabels,
  createPerson as slackPerson,
  readable as slackReadable,
} from '../../loopback/slack/people.js'
import { startSlack, HOME as TEAM } from '../../loopback/slack/server.js'
import type { Block, Button, Select } from '../../src/bot/ui/card.js'
import { createWeb } from '../../src/platforms/web/index.js'
import type { Done, Shown, StreamEvent } from '../../src/platforms/web/wire.js'
import { createInstalls } from '../../src/store/installs.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { mentions } from '../helpers/everything.js'
import { until } from '../helpers/until.js'
import {
  answerTo as discordAnswer,
  HOME as GUILD,
  STUDY as GUILD_STUDY,
  startDiscordBot,
  twoGuilds,
} from './discord-bot.js'
import { oneWorkspace, answerTo as slackAnswer, startSlackBot } from './slack-bot.js'

const NAME = 'Zebulonia "Zed" O’Hara'
/** The parts of the name, since a quotation mark stands in JSON in another way. */
const WORDS = ['Zebulonia', 'O’Hara']
const BEFORE = '2026-11-30T07:00:00Z'
const ROUND = ['2026-11-30T08:00:00Z', '2026-11-30T20:05:00Z'] as const
const SEASON_OVER = '2026-12-01T00:05:00Z'

async function traces(id: string): Promise<string[]> {
  const database = await testDatabase()
  const found = await Promise.all([id, ...WORDS].map((word) => mentions(database, word)))
  return [...new Set(found.flat())].sort()
}

/** What happens to the team while the member is there: the round closes, the season ends. */
async function evening(bot: Bot): Promise<void> {
  await bot.at(ROUND[1]).tick()
  await bot.at(SEASON_OVER).tick()
}

// ---- the local web chat -----------------------------------------------------------------

async function startWeb() {
  const bot = await startBot({ now: BEFORE })
  const page = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(join(page, name), name)
  const members = [
    { id: 'zebulon-1', name: NAME, admin: true },
    { id: 'ben', name: 'Ben', admin: false },
  ]
  const messages = createMessageLog(await testDatabase())
  const deps = {
    app: () => bot.app,
    messages,
    members,
    clock: bot.deps.clock,
    log: bot.deps.log,
    assets: page,
  }
  const web = createWeb({ ...deps, draw: async () => new Uint8Array() })
  ;(bot.deps.chats as Map<string, unknown>).set('web', web.chat)
  await bot.team({
    platform: 'web',
    workspace: 'local',
    channel: 'study',
    admin: 'zebulon-1',
    topics: ['apple'],
  })
  return { bot, person: (id: string) => webPerson(web.routes, id) }
}

function webPerson(
  routes: { request(path: string, init?: RequestInit): Response | Promise<Response> },
  as: string,
) {
  const post = async (act: string, body: object): Promise<Done> => {
    const headers = {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      'content-type': 'application/json',
    }
    const answer = await routes.request(`/api/${act}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ as, ...body }),
    })
    expect(answer.status, `${act} ${JSON.stringify(body)}`).toBe(200)
    return (await answer.json()) as Done
  }
  const sees = async (): Promise<readonly Shown[]> => {
    const reader = (
      await routes.request(`/api/events?as=${as}`, { headers: { host: 'localhost:3000' } })
    ).body?.getReader()
    let text = ''
    while (!text.includes('\n\n')) text += new TextDecoder().decode((await reader?.read())?.value)
    await reader?.cancel()
    const event = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '') as StreamEvent
    return event.kind === 'all' ? event.messages : []
  }
  const blocks = (shown: Shown): readonly Block[] =>
    shown.body.kind === 'card' ? shown.body.card.blocks : []
  const buttons = (shown: Shown): readonly Button[] =>
    blocks(shown).flatMap((b) => (b.kind === 'buttons' ? b.buttons : []))
  const newest = async (has: (shown: Shown) => boolean) => {
    const found = (await sees()).findLast(has)
    if (!found) throw new Error(`${as} does not see that`)
    return found
  }
  const person = {
    sees,
    /** Resolves when the page of this member has been told something with these words. */
    async hears(words: string): Promise<void> {
      const reader = (
        await routes.request(`/api/events?as=${as}`, { headers: { host: 'localhost:3000' } })
      ).body?.getReader()
      let text = ''
      while (!text.includes(words)) text += new TextDecoder().decode((await reader?.read())?.value)
      await reader?.cancel()
    },
    says: (text: string) => post('say', { text }),
    submits: (done: Done, values: object) => post('submit', { form: done.form?.token, values }),
    keeps: (done: Done, values: object) => post('keep', { form: done.form?.token, values }),
    async presses(label: string) {
      const message = await newest((shown) => buttons(shown).some((b) => b.label === label))
      return post('press', { message: message.id, id: buttons(message).find((b) => b.label === label)?.id })
    },
    /** Answers the newest question, whatever its kind, by what stands first. */
    async answers(): Promise<unknown> {
      const menu = (shown: Shown) =>
        blocks(shown).find(
          (b): b is Select => b.kind === 'select' && b.options.every((o) => /^[A-Z]$/.test(o.value)),
        )
      const opener = (shown: Shown) =>
        buttons(shown).find((b) => ['A', 'Put in order', 'Match'].includes(b.label))
      const message = await newest((shown) => menu(shown) !== undefined || opener(shown) !== undefined)
      const select = menu(message)
      if (select) {
        const values = select.options.slice(0, select.min).map((o) => o.value)
        return post('select', { message: message.id, id: select.id, values })
      }
      const done = await post('press', { message: message.id, id: opener(message)?.id })
      const fields = done.form?.form.fields ?? []
      const values = fields.map((f, i) => [f.name, f.kind === 'select' ? f.options[i]?.value : ''])
      return done.form && person.submits(done, Object.fromEntries(values))
    },
  }
  return person
}

describe('the web chat', () => {
  it('keeps no trace of somebody who did everything and asked to be forgotten', async () => {
    const { bot, person } = await startWeb()
    const [zed, ben] = [person('zebulon-1'), person('ben')]
    await bot.at(ROUND[0]).tick()
    await zed.says('hello, I am here')
    await ben.says(`hello ${NAME}, and welcome`)
    await ben.says(`/explain ${NAME}`)
    await zed.answers()
    await ben.answers()
    await zed.submits(await zed.presses('Report a problem'), {
      reason: 'Something else',
      detail: `says ${NAME}`,
    })
    await zed.says('/quiz apple')
    await zed.answers()
    for (const line of ['/stats', '/study status', '/team pause', '/team resume', '/study export', '/help'])
      await zed.says(line)
    await evening(bot)
    for (const line of ['/leaderboard all-time', '/explain apple']) {
      await zed.says(line)
      await zed.presses('Show to channel')
    }
    await ben.says('/leaderboard all-time')
    const form = await zed.says('/team setup')
    expect(form.form).toBeDefined()
    await zed.keeps(form, { name: NAME })
    expect(await traces('zebulon-1')).toEqual([
      'form_draft.given',
      'form_draft.user_id',
      'member.name',
      'member.user_id',
      'report.detail',
      'team.admin',
      'team_admin.user_id',
      'web_message.author',
      'web_message.body',
      'web_message.user_id',
    ])
    const before = await ben.sees()
    await zed.says('/study forget-me')
    const deleted = zed.hears('"Deleted"')
    await zed.presses('Delete it all')
    await deleted
    expect(await traces('zebulon-1')).toEqual([])
    const after = await ben.sees()
    const readable = JSON.stringify(after)
    expect(readable).toContain('hello A former member, and welcome')
    expect(readable).toContain('Shown by')
    expect(readable).toMatch(/"alt":"[^"]*\d\. A former member, \d+/)
    expect(after.map((m) => m.id)).toEqual(before.filter((m) => m.author !== 'zebulon-1').map((m) => m.id))
    await ben.says('/leaderboard all-time')
    await bot.tick()
    expect(await traces('zebulon-1')).toEqual([])
  })
})

// ---- Slack --------------------------------------------------------------------------------

describe('Slack', () => {
  it('keeps no trace of somebody who did everything and asked to be forgotten', async () => {
    const one = { id: 'U0ZEBULON1', name: NAME, admin: true }
    const [workspace] = oneWorkspace()
    const server = await startSlack(workspace ? [{ ...workspace, people: [...workspace.people, one] }] : [])
    const here = await startSlackBot({ server, bot: await startBot({ now: BEFORE }) })
    const zed = slackPerson(server, here.deliver, one, TEAM)
    const does = async (line: string) => slackAnswer(zed, () => zed.types(line))
    await here.team({ admin: one.id })
    await createInstalls(
      (await testDatabase()).prisma,
      'slack',
      createTokenCipher('a key of sixteen or more'),
    ).save({ workspace: TEAM, token: 'xoxb-1', installer: one.id, scopes: [] }, 0)
    await here.bot.at(ROUND[0]).tick()
    const question = await until(() => here.inChannel()[0])
    const letterOf = (post: typeof question) =>
      slackLabels(post.blocks).find((label) => /^[A-Z]$/.test(label))
    const answer = async (post: typeof question) => {
      const letter = letterOf(post)
      return letter ? zed.presses(post, letter) : zed.picks(post, ['A', 'B'])
    }
    await slackAnswer(zed, () => answer(question))
    await slackAnswer(here.ben, () => here.ben.presses(question, slackLabels(question.blocks)[0] ?? ''))
    const practises = async (topic: string) => {
      let quiz = await does(`/quiz ${topic}`)
      for (let i = 0; i < 20 && !letterOf(quiz); i++) quiz = await does(`/quiz ${topic}`)
      await answer(quiz)
      return quiz
    }
    const quiz = await practises('apple')
    await until(() => /Right|Not this time/.test(slackReadable(quiz.blocks)))
    await zed.presses(quiz, 'Report a problem')
    const form = await until(() =>
      zed.modals().find((view) => slackReadable(view.view).includes('What is wrong')),
    )
    await slackAnswer(zed, () => zed.submits(form, { reason: 'Something else', detail: `says ${NAME}` }))
    for (const line of ['/stats', '/study status', '/team pause', '/team resume', '/study export'])
      await does(line)
    await evening(here.bot)
    await zed.presses(await does('/leaderboard all-time'), 'Show to channel')
    await until(() => here.inChannel().find((post) => slackReadable(post.blocks).includes('Zebulonia')))
    await zed.opensHome()
    await until(() => server.homes.get(`${TEAM} ${one.id}`))
    expect(await traces(one.id)).toEqual([
      'install.installer',
      'member.name',
      'member.user_id',
      'report.detail',
      'team.admin',
      'team_admin.user_id',
    ])
    const stats = await does('/stats')
    const ask = await does('/study forget-me')
    await zed.presses(ask, 'Delete it all')
    await until(() => slackReadable(ask.blocks).includes('Deleted'))
    expect(await traces(one.id)).toEqual([])
    // What was remembered of them is gone, too: Slack is asked for their name again.
    one.name = 'Somebody Else'
    await zed.presses(stats, 'Hide my name on boards')
    await until(() => slackReadable(stats.blocks).includes('No name to hide'))
    await here.bot.tick()
    expect(await traces(one.id)).toEqual([])
    await practises('apple')
    await until(
      async () =>
        (await here.bot.store.member({ platform: 'slack', workspace: TEAM, user: one.id }))?.name ===
        'Somebody Else',
    )
  })
})

// ---- Discord ------------------------------------------------------------------------------

describe('Discord', () => {
  it('keeps no trace of somebody who did everything, in a server and in direct messages, and asked to be forgotten', async () => {
    const one = { id: '300000000000000042', username: 'zeb', nick: NAME, globalName: NAME, manages: true }
    const [home, ...others] = twoGuilds()
    const server = await startDiscord(home ? [{ ...home, people: [...home.people, one] }, ...others] : [], {
      shards: 1,
    })
    const here = await startDiscordBot({ server, bot: await startBot({ now: BEFORE }) })
    const zed = discordPerson(server, one, GUILD, GUILD_STUDY)
    const alone = discordPerson(server, one, undefined, server.privateChannel(one.id))
    const does = (line: string, given = {}, who = zed) => discordAnswer(who, () => who.types(line, given))
    const letterOf = (post: Awaited<ReturnType<typeof does>>) =>
      discordLabels(post).find((label) => /^[A-Z]$/.test(label))
    const answer = (who: typeof zed, post: Awaited<ReturnType<typeof does>>) => {
      const letter = letterOf(post)
      return letter ? who.presses(post, letter) : who.picks(post, ['A', 'B'])
    }
    const practises = async (who: typeof zed, topic: string) => {
      let quiz = await does('/quiz', { topic }, who)
      for (let i = 0; i < 20 && !letterOf(quiz); i++) quiz = await does('/quiz', { topic }, who)
      answer(who, quiz)
      return until(() => (/Right|Not this time/.test(discordReadable(quiz)) ? quiz : undefined))
    }
    // Before any server knows them.
    await practises(alone, 'Apple')
    expect(await here.bot.store.lastWorkspace('discord', one.id)).toBe('@direct')
    await here.team({ admin: one.id })
    await here.bot.at(ROUND[0]).tick()
    const question = await until(() => here.inChannel()[0])
    await discordAnswer(zed, () => answer(zed, question))
    const quiz = await practises(zed, 'Apple')
    zed.presses(quiz, 'Report a problem')
    const form = await until(() => zed.modals()[0])
    await discordAnswer(zed, () => zed.submits(form, { reason: ['Something else'], detail: `says ${NAME}` }))
    for (const line of ['/stats', '/study status', '/team pause', '/team resume', '/study export'])
      await does(line)
    await evening(here.bot)
    zed.presses(await does('/leaderboard'), 'Show to channel')
    await until(() => here.inChannel().find((post) => discordReadable(post).includes('Zebulonia')))
    await practises(alone, 'Apple')
    expect(await traces(one.id)).toEqual([
      'member.name',
      'member.user_id',
      'report.detail',
      'team.admin',
      'team_admin.user_id',
    ])
    const stats = await does('/stats')
    const ask = await does('/study forget-me')
    zed.presses(ask, 'Delete it all')
    await until(() => discordReadable(ask).includes('Deleted'))
    expect(await traces(one.id)).toEqual([])
    zed.presses(stats, 'Hide my name on boards')
    await until(() => discordReadable(stats).includes('No name to hide'))
    await here.bot.tick()
    expect(await traces(one.id)).toEqual([])
    // Nobody remembers which server they were of.
    await practises(alone, 'Apple')
    expect(await here.bot.store.lastWorkspace('discord', one.id)).toBe('@direct')
    await here.stop()
    server.stop()
  })
})
