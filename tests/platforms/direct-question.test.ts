/** The question of the day as a direct message, for those who mute the channel: on Slack and on Discord. */
import { beforeEach, describe, expect, it } from 'vitest'
import * as discord from '../../loopback/discord/people.js'
import { labelsOf, readable } from '../../loopback/slack/people.js'
import { HOME as SLACK_HOME } from '../../loopback/slack/server.js'
import { until } from '../helpers/until.js'
import { answerTo as answerOnDiscord, ANN as DISCORD_ANN, HOME, startDiscordBot } from './discord-bot.js'
import { ANN, answerTo, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

const letterOf = (labels: readonly string[]) => labels.find((label) => /^[A-Z]$/.test(label)) ?? 'A'
const day = (n: number, time = '08:00') => `2026-11-0${n}T${time}:00Z`

describe('on Slack', () => {
  let here: SlackBot
  beforeEach(async () => {
    here = await startSlackBot()
    await here.team({ topics: ['apple'] })
    await here.bot.at(day(2)).tick()
    const [first] = here.inChannel()
    if (!first) throw new Error('nothing was posted')
    for (const person of [here.ann, here.ben])
      await answerTo(person, () => person.presses(first, letterOf(labelsOf(first.blocks))))
  })

  const direct = (person: SlackBot['ann']) =>
    person.told().filter((post) => readable(post.blocks).includes('for Orchard'))
  async function wants(person: SlackBot['ann']) {
    const stats = await answerTo(person, () => person.types('/stats'))
    return answerTo(person, () => person.presses(stats, 'Answer by direct message'))
  }
  async function nextChoice(from: number): Promise<number> {
    for (let n = from; n < 10; n++) {
      await here.bot.at(day(n)).tick()
      await here.bot.tick()
      const newest = direct(here.ann).at(-1)
      if (newest && labelsOf(newest.blocks).includes('A')) return n
    }
    throw new Error('no question with buttons came')
  }

  it('is off by default, comes once to whoever wants it, and is answered there', async () => {
    expect(direct(here.ann)).toEqual([])
    expect(readable((await wants(here.ann)).blocks)).toContain('Questions come as direct messages')
    const n = await nextChoice(3)
    const question = direct(here.ann).at(-1)
    if (!question) throw new Error('no question came')
    expect([question.channel, question.to]).toEqual([ANN.id, undefined])
    expect(direct(here.ben)).toEqual([])
    await here.bot.at(day(n, '09:00')).tick()
    expect(direct(here.ann)).toHaveLength(n - 2)
    const before = await here.bot.store.attempts({ platform: 'slack', workspace: SLACK_HOME, user: ANN.id })
    const letter = letterOf(labelsOf(question.blocks))
    const told = here.ann.told().length
    await here.ann.presses(question, letter)
    // It stands in place of its question.
    await until(() => /Right|Not this time/.test(readable(question.blocks)))
    expect(here.ann.told()).toHaveLength(told)
    const after = await here.bot.store.attempts({ platform: 'slack', workspace: SLACK_HOME, user: ANN.id })
    expect(after).toHaveLength(before.length + 1)
    // In the channel it is answered now, too.
    const inChannel = here.inChannel().findLast((post) => labelsOf(post.blocks).includes('A'))
    if (!inChannel) throw new Error('no question in the channel')
    const again = await answerTo(here.ann, () => here.ann.presses(inChannel, 'A'))
    expect(readable(again.blocks)).toContain('You have answered this one')
  })

  it('has no buttons once its round is closed, and says what was right', async () => {
    await wants(here.ann)
    const n = await nextChoice(3)
    const question = direct(here.ann).at(-1)
    if (!question) throw new Error('no question came')
    const [channel, told] = [here.inChannel().length, here.ann.told().length]
    await here.bot.at(day(n, '20:00')).tick()
    expect(readable(question.blocks)).toMatch(/The question of .* is closed/)
    expect(readable(question.blocks)).toMatch(/✓ [A-D]:/)
    expect(labelsOf(question.blocks).filter((label) => /^[A-Z]$|in the channel only/.test(label))).toEqual([])
    // It is changed in place: nothing more comes to her, and the channel gets its reveal alone.
    expect([here.inChannel().length, here.ann.told().length]).toEqual([channel + 1, told])
  })

  it('ends with a press, for those who leave the channel, and for those who are forgotten', {
    tags: ['slow'],
  }, async () => {
    await wants(here.ann)
    await wants(here.ben)
    await here.bot.at(day(3)).tick()
    const [annGot] = direct(here.ann)
    if (!annGot) throw new Error('no question came')
    expect(direct(here.ben)).toHaveLength(1)
    await answerTo(here.ann, () => here.ann.presses(annGot, 'Answer in the channel only'))
    await here.bot.store.forgetMember({ platform: 'slack', workspace: SLACK_HOME, user: here.ben.id })
    await here.bot.at(day(4)).tick()
    expect([direct(here.ann).length, direct(here.ben).length]).toEqual([1, 1])
  })

  it('does not come to who may no longer see the channel', { tags: ['slow'] }, async () => {
    await wants(here.ann)
    const place = here.server.place(SLACK_HOME)?.channels.find((one) => one.id === STUDY)
    Object.assign(place ?? {}, { private: true, members: [here.ben.id, here.ada.id] })
    here.late.ms += 61_000
    await here.bot.at(day(3)).tick()
    expect(direct(here.ann)).toEqual([])
    expect(here.inChannel().length).toBeGreaterThan(1)
  })

  it('is tried again when Slack fails, and comes once', { tags: ['slow'] }, async () => {
    await wants(here.ann)
    here.server.state.chaos = (method) =>
      method === 'chat.postMessage' && here.inChannel().length >= 3 ? { method, status: 503 } : undefined
    await here.bot.at(day(3)).tick()
    here.server.state.chaos = undefined
    for (const time of ['08:01', '08:03', '08:10']) await here.bot.at(day(3, time)).tick()
    expect(direct(here.ann)).toHaveLength(1)
  })
})

describe('on Discord', () => {
  it('comes as a direct message and is answered there, whichever server one answered in last', async () => {
    const here = await startDiscordBot()
    await here.team({ topics: ['apple'] })
    await here.bot.at(day(2)).tick()
    const [first] = here.inChannel()
    if (!first) throw new Error('nothing was posted')
    await answerOnDiscord(here.ann, () => here.ann.presses(first, letterOf(discord.labelsOf(first))))
    const stats = await answerOnDiscord(here.ann, () => here.ann.types('/stats'))
    await answerOnDiscord(here.ann, () => here.ann.presses(stats, 'Answer by direct message'))
    const dm = here.server.privateChannel(DISCORD_ANN.id)
    let question = here.inChannel(dm).at(-1)
    for (let n = 3; n < 10 && !(question && discord.labelsOf(question).includes('A')); n++) {
      await here.bot.at(day(n)).tick()
      await here.bot.tick()
      question = here.inChannel(dm).at(-1)
    }
    if (!question) throw new Error('no question came')
    expect(discord.readable(question)).toContain('for Orchard')
    // Meanwhile she answers in another server.
    await here.bot.store.practise({
      ...{ platform: 'discord', workspace: '100000000004194305', user: DISCORD_ANN.id, name: 'Ann' },
      ...{ question: 'q', version: 'v', seed: 1, item: 0, answer: 'A', right: true, now: Date.parse(day(9)) },
    })
    const asked = question
    const who = { platform: 'discord', workspace: HOME, user: DISCORD_ANN.id }
    const before = (await here.bot.store.attempts(who)).length
    const inDirect = discord.createPerson(here.server, DISCORD_ANN, undefined, dm)
    inDirect.presses(asked, 'A')
    await until(async () => ((await here.bot.store.attempts(who)).length > before ? true : undefined))
    expect(before).toBeGreaterThan(0)
  })

  it('has no buttons once its round is closed, and says what was right', async () => {
    const here = await startDiscordBot()
    await here.team({ topics: ['apple'] })
    await here.bot.at(day(2)).tick()
    const [first] = here.inChannel()
    if (!first) throw new Error('nothing was posted')
    await answerOnDiscord(here.ann, () => here.ann.presses(first, letterOf(discord.labelsOf(first))))
    await here.bot.store.askDirectly({ platform: 'discord', workspace: HOME, user: DISCORD_ANN.id }, true)
    const dm = here.server.privateChannel(DISCORD_ANN.id)
    await here.bot.at(day(3)).tick()
    await here.bot.tick()
    const question = await until(() => here.inChannel(dm)[0])
    expect(discord.readable(question)).toContain('for Orchard')
    await here.bot.at(day(3, '20:00')).tick()
    expect(discord.readable(question)).toMatch(/The question of .* is closed/)
    expect(
      discord.labelsOf(question).filter((label) => /^[A-Z]$|Choose|order|Match|only/.test(label)),
    ).toEqual([])
    expect(here.inChannel(dm)).toHaveLength(1)
  })
})
