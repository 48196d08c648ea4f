/** The report of a team with its file, asked for and delivered: on Slack, on Discord and in the web chat. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as discord from '../../loopback/discord/people.js'
import { readable } from '../../loopback/slack/people.js'
import type { FileBlock } from '../../src/bot/ui/card.js'
import { createWeb } from '../../src/platforms/web/index.js'
import type { Shown, StreamEvent } from '../../src/platforms/web/wire.js'
import { startBot } from '../helpers/bot.js'
import { memoryLog } from '../helpers/message-log.js'
import { askedOn } from '../helpers/team-weeks.js'
import { until } from '../helpers/until.js'
import { answerTo as answerOnDiscord, startDiscordBot } from './discord-bot.js'
import { ADA, answerTo, PRIVATE, startSlackBot } from './slack-bot.js'

const PEOPLE = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8']
const far = { nextPostAt: Date.parse('2100-01-01T08:00Z') }
const WEEK = { question: 'apple-store', right: PEOPLE }
const MONDAY = '2026-11-16T09:00:00Z'
const FILE = 'team-report-2026-W45.csv'

describe('on Slack', () => {
  it('comes to the lead with its file, at once and on Monday in the thread of the message', async () => {
    const here = await startSlackBot()
    const team = await here.team(far)
    await askedOn(here.bot, team, '2026-11-03', WEEK)
    here.bot.at('2026-11-09T10:00:00Z')
    const report = await answerTo(here.ada, () => here.ada.types('/team report'))
    expect(readable(report.blocks)).toContain('of 8 answers')
    const sent = () => [...here.server.uploads.values()].filter(({ name }) => name.endsWith('.csv'))
    await until(() => sent().some(({ done, channel }) => done && channel !== undefined))
    expect(sent().map(({ name }) => name)).toEqual([FILE])
    const told = await answerTo(here.ada, () => here.ada.presses(report, 'Send it to me every Monday'))
    expect(readable(told.blocks)).toContain('by direct message')
    await here.bot.at(MONDAY).tick()
    const monday = here.ada.told().at(-1)
    expect(monday?.channel).toBe(ADA.id)
    expect(readable(monday?.blocks)).toMatch(
      /week of 9 November.*team-report-2026-W46\.csv is in the thread/s,
    )
    expect(sent().map(({ name, done }) => [name, done])).toEqual([
      [FILE, true],
      ['team-report-2026-W46.csv', true],
    ])
  })

  it('goes to a channel of admins, and says where a file is missing that Slack did not take', async () => {
    const here = await startSlackBot()
    const team = await here.team(far)
    await askedOn(here.bot, team, '2026-11-03', WEEK)
    await here.bot.store.orderReport(
      team.id,
      { user: ADA.id, channel: PRIVATE },
      Date.parse('2026-11-09T09:00:00Z'),
    )
    for (let i = 0; i < 20; i++)
      here.server.faults.push({ method: 'files.completeUploadExternal', error: 'unknown_error' })
    await here.bot.at('2026-11-09T09:00:00Z').tick()
    const [report, missing] = here.inChannel(PRIVATE)
    expect(readable(report?.blocks)).toContain('of 8 answers')
    expect(missing?.text).toContain(`Slack did not take ${FILE}`)
  })
})

describe('on Discord', () => {
  it('comes to the lead with its file, at once and on Monday', async () => {
    const here = await startDiscordBot()
    const team = await here.team(far)
    await askedOn(here.bot, team, '2026-11-03', WEEK)
    here.bot.at('2026-11-09T10:00:00Z')
    const report = await answerOnDiscord(here.ada, () => here.ada.types('/team report'))
    await until(() => report.attachments.length > 0)
    expect(discord.readable(report)).toContain('of 8 answers')
    const names = (post: typeof report) => post.attachments.map(({ filename }) => filename)
    expect(names(report)).toContain(FILE)
    await answerOnDiscord(here.ada, () => here.ada.presses(report, 'Send it to me every Monday'))
    await here.bot.at(MONDAY).tick()
    const monday = here.ada.told().at(-1)
    expect(monday && names(monday)).toContain('team-report-2026-W46.csv')
    await here.stop()
  })
})

describe('in the web chat', () => {
  it('stands in the conversation of the lead alone, and the file can be had', async () => {
    const bot = await startBot()
    const assets = mkdtempSync(join(tmpdir(), 'cohort-report-'))
    for (const name of ['index.html', 'style.css', 'page.js']) writeFileSync(join(assets, name), name)
    const web = createWeb({
      ...{ app: () => bot.app, log: bot.deps.log, assets, messages: memoryLog(), clock: bot.deps.clock },
      ...{ draw: async () => new Uint8Array(), members: [{ id: 'ann', name: 'Ann', admin: true }] },
    })
    ;(bot.deps.chats as Map<string, unknown>).set('web', web.chat)
    const team = await bot.team({ ...far, platform: 'web', workspace: 'local' })
    await askedOn(bot, team, '2026-11-03', WEEK)
    const due = Date.parse('2026-11-09T09:00:00Z')
    await bot.store.orderReport(team.id, { user: 'ann', channel: undefined }, due)
    await bot.at('2026-11-09T09:00:00Z').tick()
    const host = { headers: { host: 'localhost:3000' } }
    const page = await web.routes.request('/api/events?as=ann', host)
    const first = new TextDecoder().decode((await page.body?.getReader().read())?.value)
    const event = JSON.parse(/^data: (.*)$/m.exec(first)?.[1] ?? 'null') as StreamEvent
    const shown = (event.kind === 'all' ? event.messages : []).at(-1) as Shown
    expect(shown.hidden).toBe(true)
    const card = shown.body.kind === 'card' ? shown.body.card : { blocks: [] }
    expect(card.blocks.find((block): block is FileBlock => block.kind === 'file')?.name).toBe(FILE)
    const file = await web.routes.request(`/file/${shown.id}/0?as=ann`, host)
    expect(await file.text()).toContain('right,,2026-W45,2026-W45,,,,,8,90,')
  })
})
