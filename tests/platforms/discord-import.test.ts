/** A file of questions, handed in where people are on Discord. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labelsOf, readable } from '../../loopback/discord/people.js'
import { MAX_UPLOAD_BYTES } from '../../src/bot/ports/upload.js'
import { until } from '../helpers/until.js'
import { answerTo, type DiscordBot, startDiscordBot } from './discord-bot.js'

const question = (n: number) => `What is number ${n}?\nA. One\nB. Two\nANSWER: B\n`
const THREE = [1, 2, 3].map(question).join('\n')

let discord: DiscordBot
let team: Awaited<ReturnType<DiscordBot['team']>>
beforeAll(async () => {
  discord = await startDiscordBot()
  await discord.discord.start()
  team = await discord.team({ topics: [] })
})
afterAll(() => discord.stop())
const own = () =>
  discord.bot.deps.questions.about(team, []).filter(({ origin }) => origin.kind === 'team').length

it('takes a file that comes with the command in Discord, without a form', async () => {
  const { ada } = discord
  const found = await answerTo(ada, () =>
    ada.types('/team import', { file: ada.uploads('week 1.txt', THREE) }),
  )
  expect(readable(found)).toContain('3 questions in week 1.txt')
  expect(labelsOf(found)).toEqual(['Take 3 questions', 'Cancel'])
  ada.presses(found, 'Take 3 questions')
  await until(() => own() === 3)
})

it('takes a file by a form in Discord', async () => {
  const { ada } = discord
  ada.types('/team import')
  const form = await until(() => ada.modals().at(-1))
  const found = await answerTo(ada, () => ada.submits(form, { file: ada.uploads('week-2.txt', question(7)) }))
  expect(readable(found)).toContain('1 question in week-2.txt')
})

it('fetches from Discord’s own hosts only, with no token, and only while the link is good', async () => {
  const { ada, server } = discord
  const elsewhere = ada.uploads('a.txt', THREE, { url: 'https://cdn.discordapp.com.evil.example/a.txt' })
  const refused = await answerTo(ada, () => ada.types('/team import', { file: elsewhere }))
  expect(readable(refused)).toContain('Discord keeps this file at another place')
  const file = ada.uploads('a.txt', THREE)
  server.state.late += 25 * 3600_000
  const over = await answerTo(ada, () => ada.types('/team import', { file }))
  server.state.late -= 25 * 3600_000
  expect(readable(over)).toContain('its link is over')
})

it('counts what Discord hands out, whatever it says of the size', async () => {
  const { ada } = discord
  const large = Buffer.alloc(MAX_UPLOAD_BYTES + 1, 'a')
  for (const size of [undefined, 10]) {
    const file = ada.uploads('large.txt', large, size === undefined ? {} : { size })
    const told = await answerTo(ada, () => ada.types('/team import', { file }))
    expect(readable(told)).toContain('larger than 5 MB')
  }
})
