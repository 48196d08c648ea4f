/** `/study link` between Slack and Discord: the code on one, a yes on each, whichever side began. */
import { beforeEach, expect, it } from 'vitest'
import * as discord from '../../loopback/discord/people.js'
import { readable } from '../../loopback/slack/people.js'
import { HOME as SLACK_HOME } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import {
  ANN as ANNA,
  answerTo as answerOnDiscord,
  type DiscordBot,
  HOME,
  startDiscordBot,
} from './discord-bot.js'
import { ANN, answerTo, type SlackBot, startSlackBot } from './slack-bot.js'

let onSlack: SlackBot
let onDiscord: DiscordBot
const who = { platform: 'slack', workspace: SLACK_HOME, user: ANN.id }

beforeEach(async () => {
  onSlack = await startSlackBot()
  onDiscord = await startDiscordBot({ bot: onSlack.bot })
})

const codeIn = (text: string) => /study link ([A-Z2-9]{4}-[A-Z2-9]{4})/.exec(text)?.[1] ?? ''
const accounts = async () => (await onSlack.bot.store.accounts(who)).map(({ platform }) => platform)

it('the code of Slack, typed on Discord: Slack is asked in a direct message, whose button links', async () => {
  const { ann } = onSlack
  const code = codeIn(readable((await answerTo(ann, () => ann.types('/study link'))).blocks))
  const asked = await answerOnDiscord(onDiscord.ann, () => onDiscord.ann.types('/study link', { code }))
  expect(discord.readable(asked)).toContain('on Slack')
  onDiscord.ann.presses(asked, 'Link')
  await until(() => discord.readable(asked).includes('Nothing is linked before') || undefined)
  await onSlack.bot.tick()
  const question = await until(() =>
    ann.told().findLast(({ blocks }) => readable(blocks).includes('Is this you')),
  )
  expect(readable(question.blocks)).toContain('on Discord')
  expect(await accounts()).toEqual(['slack'])
  await ann.presses(question, 'Link')
  await until(() => readable(question.blocks).includes('these are one person') || undefined)
  expect(await accounts()).toEqual(['slack', 'discord'])
  await onSlack.bot.tick()
  const dm = onDiscord.server.privateChannel(ANNA.id)
  const told = await until(() => onDiscord.inChannel(dm).at(-1))
  expect(discord.readable(told)).toContain('The other side has said yes, too')
})

it('the code of Discord, typed on Slack: Discord is asked in a direct message, which names no server', async () => {
  const shown = await answerOnDiscord(onDiscord.ann, () => onDiscord.ann.types('/study link'))
  const code = codeIn(discord.readable(shown))
  const { ann } = onSlack
  const asked = await answerTo(ann, () => ann.types(`/study link ${code}`))
  expect(readable(asked.blocks)).toContain('on Discord')
  await ann.presses(asked, 'Link')
  await until(
    async () =>
      (await onSlack.bot.store.linking(discordWho(), onSlack.bot.deps.clock()))?.isAgreed || undefined,
  )
  await onSlack.bot.tick()
  // Meanwhile she answers in another server.
  await onSlack.bot.store.practise({
    ...{ platform: 'discord', workspace: '100000000004194305', user: ANNA.id, name: 'Ann' },
    ...{ question: 'q', version: 'v', seed: 1, item: 0, answer: 'A', right: true, now: 0 },
  })
  const dm = onDiscord.server.privateChannel(ANNA.id)
  const question = await until(() => onDiscord.inChannel(dm).at(-1))
  discord.createPerson(onDiscord.server, ANNA, undefined, dm).presses(question, 'Link')
  await until(() => discord.readable(question).includes('these are one person') || undefined)
  expect(await accounts()).toEqual(['slack', 'discord'])
})

const discordWho = () => ({ platform: 'discord', workspace: HOME, user: ANNA.id })
