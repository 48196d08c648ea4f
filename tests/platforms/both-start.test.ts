// @module-tag slow
/** Slack and Discord on in one process. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import * as discordPeople from '../../loopback/discord/people.js'
import { type LoopbackDiscord, startDiscord, TOKEN } from '../../loopback/discord/server.js'
import * as slackPeople from '../../loopback/slack/people.js'
import { type LoopbackSlack, startSlack } from '../../loopback/slack/server.js'
import { createPrograms, type Programs } from '../helpers/program.js'
import { until } from '../helpers/until.js'
import * as discord from './discord-bot.js'
import * as slack from './slack-bot.js'

let discordServer: LoopbackDiscord
let slackServer: LoopbackSlack
let programs: Programs

beforeEach(async () => {
  discordServer = await startDiscord(discord.twoGuilds())
  slackServer = await startSlack(slack.oneWorkspace())
  programs = createPrograms()
})
afterEach(() => {
  programs.stop()
  discordServer.stop()
  slackServer.stop()
})

it('both answer, pictures too, and the web chat is off', async () => {
  const program = await programs.start({
    DISCORD_TOKEN: TOKEN,
    DISCORD_API_URL: discordServer.api(),
    SLACK_BOT_TOKEN: slackServer.token(),
    SLACK_APP_TOKEN: slackServer.appToken,
    SLACK_API_URL: slackServer.api(),
    LOG_LEVEL: 'trace',
  })
  expect(program.out).toContain('Local web chat: off, because Slack and Discord are on.')
  expect(await (await fetch(`${program.address}/healthz`)).json()).toEqual({
    status: 'ok',
    database: 'ok',
    rounds: 'ok',
    slack: 'ok',
    discord: 'ok',
  })
  const inDiscord = discordPeople.createPerson(discordServer, discord.ADA, discord.HOME, discord.STUDY)
  const inSlack = slackPeople.createPerson(slackServer, slackPeople.overSocket(slackServer), slack.ADA)
  // A look-up with a diagram, and a board.
  const topic = await discord.answerTo(inDiscord, () => inDiscord.types('/explain', { query: 'apple' }))
  expect(discordPeople.readable(topic)).toContain('Apple')
  await setUpAndAnswer(inDiscord)
  // Boards count a round when it is closed.
  const status = await discord.answerTo(inDiscord, () => inDiscord.types('/team status'))
  inDiscord.presses(status, 'Close the round now')
  await until(() => JSON.stringify(discordServer.posts).includes('The answer of the day') || undefined)
  const board = await discord.answerTo(inDiscord, () => inDiscord.types('/leaderboard'))
  expect(board.attachments).toMatchObject([{ filename: 'board-1.png' }])
  const found = await slack.answerTo(inSlack, () => inSlack.types('/explain apple'))
  expect(slackPeople.readable(found.blocks)).toContain('Apple')

  // What goes wrong is logged, and no token with it.
  discordServer.faults.push({ call: /^PATCH \/webhooks/, status: 400, code: 50035 })
  inDiscord.types('/help')
  slackServer.faults.push({ method: 'files.getUploadURLExternal', error: 'invalid_auth' })
  slackServer.posts.length = 0
  await inSlack.types('/nonsense')
  await until(() => program.err.includes('discord interaction failed') || undefined)
  // Trouble of Discord is told, and is no reason to send the requests of Slack nowhere.
  discordServer.stop()
  await until(async () => (await fetch(`${program.address}/healthz`)).status === 503 || undefined)
  expect(await (await fetch(`${program.address}/readyz`)).json()).toEqual({
    status: 'ok',
    database: 'ok',
    slack: 'ok',
  })
  for (const secret of [TOKEN, slackServer.token(), slackServer.appToken, 'interaction-'])
    expect(program.out + program.err).not.toContain(secret)
})

it.each(['while it runs', 'at the start'])(
  'Slack goes on when Discord closes its gateway for good %s, which health says',
  async (when) => {
    if (when === 'at the start') discordServer.gateway.state.closesWith = 4014
    const program = await programs.start({
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: discordServer.api(),
      SLACK_BOT_TOKEN: slackServer.token(),
      SLACK_APP_TOKEN: slackServer.appToken,
      SLACK_API_URL: slackServer.api(),
    })
    if (when === 'while it runs') discordServer.gateway.close(4014)
    await until(async () => (await fetch(`${program.address}/healthz`)).status === 503 || undefined)
    expect(await (await fetch(`${program.address}/healthz`)).json()).toMatchObject({
      status: 'failed',
      failed: ['discord'],
      slack: 'ok',
      discord_gateway: expect.stringContaining('(gateway code 4014)'),
    })
    const inSlack = slackPeople.createPerson(slackServer, slackPeople.overSocket(slackServer), slack.ADA)
    const found = await slack.answerTo(inSlack, () => inSlack.types('/explain apple'))
    expect(slackPeople.readable(found.blocks)).toContain('Apple')
    expect(program.code).toBeUndefined()
  },
)

async function setUpAndAnswer(ada: discordPeople.DiscordPerson): Promise<void> {
  ada.types('/team setup')
  const form = await until(() => ada.modals()[0])
  const between = await discord.answerTo(ada, () => ada.submits(form, {}))
  ada.presses(between, 'Go on')
  const second = await until(() => ada.modals()[1])
  ada.submits(second, { topics: ['apple'] })
  await until(() => discordPeople.readable(between).includes('is set up') || undefined)
  ada.presses(between, 'Post a question now')
  const question = await until(() =>
    discordServer.posts.find((p) => discordPeople.readable(p).includes('Question of the day')),
  )
  const isChoice = discordPeople.labelsOf(question).includes('A')
  await discord.answerTo(ada, () => (isChoice ? ada.presses(question, 'A') : ada.picks(question, ['A', 'B'])))
}
