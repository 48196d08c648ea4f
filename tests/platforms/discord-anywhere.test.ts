// @module-tag slow
/** Discord in direct messages, and where somebody has installed the app for themselves. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPerson, type DiscordPerson, labelsOf, readable } from '../../loopback/discord/people.js'
import type { Person, Posted } from '../../loopback/discord/server.js'
import { wordsOf } from '../../src/platforms/discord/words.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'
import { FORM } from '../helpers/written.js'
import { ANN, AWAY, answerTo, BEN, type DiscordBot, HOME, STUDY, startDiscordBot } from './discord-bot.js'

const ELSEWHERE = '100000000008388609'
const CHANNEL = '200000000000000077'
const EPHEMERAL = 1 << 6
/** On no server with the bot. */
const UMA: Person = { id: '300000000000000077', username: 'uma', manages: true }

let here: DiscordBot
beforeEach(async () => {
  here = await startDiscordBot()
})
afterEach(() => here.stop())

const direct = () => createPerson(here.server, ANN, undefined, here.server.privateChannel(ANN.id))
const isEphemeral = (post: Posted) => (post.flags & EPHEMERAL) !== 0 || post.to !== undefined
/** The first way of answering that the card offers. */
const answers = (who: DiscordPerson, post: Posted) =>
  labelsOf(post).includes('A') ? who.presses(post, 'A') : who.picks(post, ['A', 'B'])

describe('in a direct message', () => {
  it('nothing is ephemeral, and practice draws over itself', async () => {
    const ann = direct()
    const topic = await answerTo(ann, () => ann.types('/explain', { query: 'apple' }))
    ann.presses(topic, 'Quiz me on this')
    await until(() => readable(topic).includes('Practice: question 1') || undefined)
    const other = await answerTo(ann, () => ann.types('/help'))
    const menu = await answerTo(ann, () => ann.choosesFor('apple', 'Explain this'))
    expect([topic, other, menu].filter(isEphemeral)).toEqual([])
    expect(ann.told()).toHaveLength(3)
  })

  it('between two people, the answer is for the asker alone', async () => {
    const ann = createPerson(here.server, ANN, undefined, CHANNEL, true)
    const topic = await answerTo(ann, () => ann.types('/explain', { query: 'apple' }))
    expect(topic).toMatchObject({ to: ANN.id, channel: CHANNEL })
  })
})

describe('on a server without the bot', () => {
  it('whoever installed the app looks up and practises, and the server leaves no row', async () => {
    const uma = createPerson(here.server, UMA, ELSEWHERE, CHANNEL, true)
    const topic = await answerTo(uma, () => uma.types('/explain', { query: 'apple' }))
    expect(topic).toMatchObject({ to: UMA.id })
    uma.presses(topic, 'Quiz me on this')
    await until(() => readable(topic).includes('Practice: question 1') || undefined)
    answers(uma, topic)
    await until(() => /Right|Not this time/.test(readable(topic)) || undefined)
    expect(readable(await answerTo(uma, () => uma.types('/stats')))).toContain('1 answer')
    expect(readable(await answerTo(uma, () => uma.choosesFor('<@1> **apple**?', 'Explain this')))).toContain(
      'Apple',
    )
    const { prisma } = await testDatabase()
    const rows = await prisma.workspace.findMany({ where: { platform: 'discord' } })
    expect(rows.map(({ external }) => external)).not.toContain(ELSEWHERE)
    expect(await here.bot.store.attempts(who('@direct'))).toHaveLength(1)
    expect(here.bot.errors).toEqual([])
  })

  it('what is a team’s is not offered, and nobody is an admin there', async () => {
    const uma = createPerson(here.server, UMA, ELSEWHERE, CHANNEL, true)
    expect(() => uma.types('/team setup')).toThrow('cannot be used here')
    const topic = await answerTo(uma, () => uma.types('/explain', { query: 'apple' }))
    uma.pressesId(topic, 'team.open-setup')
    const told = await until(() => uma.told()[1])
    expect(readable(told)).not.toContain('Time')
    expect(uma.modals()).toEqual([])
  })

  it('a member of a server with the bot has their own data there', async () => {
    await here.team()
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    await answerTo(here.ann, () => answers(here.ann, here.inChannel()[0] as Posted))
    const ann = createPerson(here.server, ANN, ELSEWHERE, CHANNEL, true)
    expect(readable(await answerTo(ann, () => ann.types('/stats')))).toContain('1 answer')
  })
})

const who = (workspace: string) => ({ platform: 'discord', workspace, user: UMA.id })

it('is not offered to people for themselves where the application does not allow it', async () => {
  await here.discord.stop()
  here.server.state.installs = { 0: {} }
  here.server.state.commands = []
  const again = await startDiscordBot({ server: here.server, bot: here.bot })
  const types = here.server.state.commands.flatMap(({ integration_types }) => integration_types as number[])
  expect([...new Set(types)]).toEqual([0])
  const uma = createPerson(here.server, UMA, ELSEWHERE, CHANNEL, true)
  expect(() => uma.types('/explain', { query: 'apple' })).toThrow('cannot be used here')
  await again.discord.stop()
})

describe('*Explain this* in the menu of a message', () => {
  it('looks its words up for whoever chose it', async () => {
    const told = await answerTo(here.ann, () =>
      here.ann.choosesFor('is an **apple** a fruit?', 'Explain this'),
    )
    expect(readable(told)).toContain('Apple')
    expect(told).toMatchObject({ to: ANN.id, channel: STUDY })
    expect(here.server.guilds.map(({ id }) => id)).toContain(HOME)
  })

  it('says so where a message has no words', async () => {
    const told = await answerTo(here.ann, () => here.ann.choosesFor('<:smile:1234567> ', 'Explain this'))
    expect(readable(told)).toContain('Nothing to look up')
  })

  it.each([
    ['what is **canary** deployment?', 'what is canary deployment?'],
    ['<@300000000000000001> see <#200000000000000001>', 'see'],
    ['> - `ml.m5_large` or __spot__', 'ml.m5_large or spot'],
    ['[the docs](https://example.com/a) say \\*so\\*', 'the docs say so'],
    ['||```sh\npip install\n```||', 'sh pip install'],
    ['<t:1700000000:R> </explain:12345> <a:dance:77>', ''],
  ])('reads %j', (content, words) => {
    expect(wordsOf(content)).toBe(words)
  })
})

describe('*Make a question of this* in the menu of a message', () => {
  const chooses = (who: DiscordPerson, author?: Person) =>
    who.choosesFor('Why is **bark** scraped?', 'Make a question of this', author)

  it('opens the form with the words of one’s own message', async () => {
    await here.team()
    chooses(here.ada)
    const form = await until(() => here.ada.modals()[0])
    expect(JSON.stringify(form.data)).toContain('Why is bark scraped?')
  })

  it('takes the yes of its author, who has answered no question anywhere', async () => {
    await here.team()
    const ben = createPerson(here.server, BEN, undefined, here.server.privateChannel(BEN.id))
    const asked = await answerTo(ben, () => chooses(here.ada, BEN))
    ben.presses(asked, 'Yes')
    await until(() => readable(asked).includes('Thank you') || undefined)
    const told = await until(() => here.ada.told().find((one) => readable(one).includes('said yes')))
    expect(readable(told)).toContain('You may make a question of it')
  })
})

it('a question that was not approved is changed from the direct message about it, wherever its author answered since', async () => {
  const team = await here.team()
  const actor = (user: string) => ({ platform: 'discord', workspace: HOME, user, name: 'Ann', isLead: true })
  const choices = ['Yes', 'No'].map((text) => ({ text, right: text === 'Yes', why: '' }))
  const content = { topics: ['apple'], item: { kind: 'choice', stem: 'So?', choices }, source: '' } as const
  const { store } = here.bot
  await store.writeQuestion(actor(ANN.id), { team: team.id, pack: team.pack, content, now: 0 })
  await here.bot.at('2026-11-02T07:30:00Z')
  const ada = here.ada
  const waits = await answerTo(ada, () => ada.types('/study review'))
  ada.presses(waits, 'Reject')
  ada.submits(await until(() => ada.modals()[0]), { reason: 'Too short.' })
  await until(async () =>
    (await store.teamQuestion(actor(ANN.id), 1))?.state === 'rejected' ? true : undefined,
  )
  await store.practise({
    ...{ platform: 'discord', workspace: AWAY, user: ANN.id, name: 'Ann' },
    ...{ question: 'q', version: 'v', seed: 1, item: 0, answer: 'A', right: true, now: 0 },
  })
  const ann = direct()
  const told = await answerTo(ann, () => here.bot.tick())
  ann.presses(told, 'Change it')
  const form = await until(() => ann.modals()[0])
  ann.submits(form, FORM)
  await until(async () =>
    (await store.teamQuestion(actor(ANN.id), 1))?.state === 'review' ? true : undefined,
  )
})
