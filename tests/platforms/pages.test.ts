/** What does not fit into a message in the channel is behind *More* under it, for whoever presses. */
import { afterEach, expect, it } from 'vitest'
import * as discordPeople from '../../loopback/discord/people.js'
import type { Posted as DiscordPosted } from '../../loopback/discord/server.js'
import * as slackPeople from '../../loopback/slack/people.js'
import type { Posted as SlackPosted } from '../../loopback/slack/server.js'
import { startBot } from '../helpers/bot.js'
import { until } from '../helpers/until.js'
import * as discord from './discord-bot.js'
import { longContent, TOLD } from './long-reveal.js'
import * as slack from './slack-bot.js'

const content = longContent()
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const DUE = '2026-11-02T08:00:00Z'
const CLOSED = '2026-11-02T20:05:00Z'
const missing = (words: string) => TOLD.filter((one) => !words.includes(one))

it('on Discord, a reveal of five questions has every reason and the standings', {
  tags: ['slow'],
}, async () => {
  const bot = await startBot({ content })
  const here = await discord.startDiscordBot({ bot })
  stops.push(here.stop)
  await here.team({ count: 5, topics: ['length'] })
  await bot.at(DUE).tick()
  const item = await discord.answerTo(here.ann, () =>
    here.ann.presses(here.inChannel()[0] as DiscordPosted, 'Answer 1'),
  )
  here.ann.presses(item, 'A')
  await until(() => /Right|Not this time/.test(discordPeople.readable(item)) || undefined)
  await bot.at(CLOSED).tick()
  const reveal = here.inChannel()[1] as DiscordPosted
  const page = await discord.answerTo(here.ben, () => here.ben.presses(reveal, 'More'))
  expect(page).toMatchObject({ to: discord.BEN.id })
  const [first, second] = [reveal, page].map(discordPeople.readable)
  expect(missing(`${first}\n${second}`)).toEqual([])
  // Pages are turned in one private message.
  here.ben.presses(page, 'Back')
  await until(() => discordPeople.readable(page) === first || undefined)
  here.ben.presses(page, 'More')
  await until(() => discordPeople.readable(page) === second || undefined)
  expect(here.ben.told()).toEqual([page])
  expect(bot.errors).toEqual([])
})

it('on Discord, what is told after an answer has every reason', async () => {
  const bot = await startBot({ content: longContent(8) })
  const here = await discord.startDiscordBot({ bot })
  stops.push(here.stop)
  await here.team({ count: 1, topics: ['length'] })
  await bot.at(DUE).tick()
  const [question] = here.inChannel() as [DiscordPosted]
  const told = await discord.answerTo(here.ann, () => here.ann.presses(question, 'A'))
  const reasons = () => [...discordPeople.readable(told).matchAll(/Reason \d(\d)/g)].map(([, n]) => Number(n))
  const first = reasons()
  expect(first.length).toBeLessThan(8)
  here.ann.presses(told, 'More')
  await until(() => /\(2\)/.test(discordPeople.readable(told)) || undefined)
  expect([...new Set([...first, ...reasons()])].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  here.ann.presses(told, 'Back')
  await until(() => !/\(2\)/.test(discordPeople.readable(told)) || undefined)
  expect(reasons()).toEqual(first)
  expect(bot.errors).toEqual([])
})

it('on Slack, a reveal of five questions has every reason and the standings', async () => {
  const bot = await startBot({ content })
  const here = await slack.startSlackBot({ bot })
  await here.team({ count: 5, topics: ['length'] })
  await bot.at(DUE).tick()
  const item = await slack.answerTo(here.ann, () =>
    here.ann.presses(here.inChannel()[0] as SlackPosted, 'Answer 1'),
  )
  await here.ann.presses(item, 'A')
  await until(() => /Right|Not this time/.test(slackPeople.readable(item.blocks)) || undefined)
  await bot.at(CLOSED).tick()
  const reveal = here.inChannel().at(-1) as SlackPosted
  expect(missing(slackPeople.readable(reveal.blocks))).toEqual([])
  expect(slackPeople.labelsOf(reveal.blocks)).not.toContain('More')
  expect(bot.errors).toEqual([])
})
