/** What becomes of servers that added Cohort before it asked for all the permissions that it asks for now. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readable } from '../../loopback/discord/people.js'
import { type LoopbackDiscord, startDiscord } from '../../loopback/discord/server.js'
import { until } from '../helpers/until.js'
import { answerTo, type DiscordBot, startDiscordBot, twoGuilds } from './discord-bot.js'

const DUE = '2026-11-02T08:00:00Z'
const LATER = (1n << 17n) | (1n << 35n) | (1n << 38n)
const THREADS = (1n << 35n) | (1n << 38n)

let server: LoopbackDiscord
let bots: DiscordBot[]
beforeEach(async () => {
  server = await startDiscord(twoGuilds())
  bots = []
})
afterEach(async () => {
  for (const bot of bots) await bot.stop()
  server.stop()
})

async function start(given: { bot?: DiscordBot['bot'] } = {}): Promise<DiscordBot> {
  const bot = await startDiscordBot({ server, ...given })
  bots.push(bot)
  return bot
}
const told = (here: DiscordBot['ada']) =>
  here.told().filter((post) => readable(post).includes('Cohort can do more'))

async function later(here: DiscordBot): Promise<void> {
  here.late.ms += 3_600_000
  await answerTo(here.ann, () => here.ann.types('/help'))
  await here.discord.settled()
}

it('goes on, and whoever set a team up is told once what is off and where to install it again', async () => {
  server.state.given &= ~LATER
  const here = await start()
  await here.team()
  await here.bot.at(DUE).tick()
  const [question] = here.inChannel()
  if (!question) throw new Error('nothing was posted')
  await answerTo(here.ann, () => here.ann.presses(question, 'A'))
  const [message] = await until(() => (told(here.ada).length > 0 ? told(here.ada) : undefined))
  const words = message ? readable(message) : ''
  for (const name of ['Create Public Threads', 'Send Messages in Threads', 'Mention Everyone'])
    expect(words).toContain(name)
  expect(JSON.stringify(message)).toContain('https://discord.com/oauth2/authorize?')
  // Not later, and not by another process.
  await later(here)
  await here.stop()
  bots = []
  await later(await start({ bot: here.bot }))
  expect([told(here.ada), told(here.ann)].map((list) => list.length)).toEqual([1, 0])
})

it('says nothing where all is given, nor while nobody has set anything up', async () => {
  const here = await start()
  await later(here)
  await here.team()
  await later(here)
  expect(told(here.ada)).toEqual([])
})

it('is told as soon as somebody has set a team up', async () => {
  server.state.given &= ~THREADS
  const here = await start()
  await later(here)
  expect(told(here.ada)).toEqual([])
  await here.team()
  await later(here)
  await until(() => told(here.ada)[0])
})
