/**
 * Where a mock exam lives: in the direct messages of Slack and Discord, and where those are closed, in place.
 */
import { afterEach, describe, expect, it } from 'vitest'
import * as discordPeople from '../../loopback/discord/people.js'
import type { Posted as DiscordPosted } from '../../loopback/discord/server.js'
import * as slackPeople from '../../loopback/slack/people.js'
import { HOME as SLACK_HOME } from '../../loopback/slack/server.js'
import { startBot } from '../helpers/bot.js'
import { examPack } from '../helpers/exam-pack.js'
import { until } from '../helpers/until.js'
import * as discord from './discord-bot.js'
import * as slack from './slack-bot.js'

const content = examPack()
const START = 'Full: 20 minutes'
const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

describe('on Slack', () => {
  const { labelsOf, readable } = slackPeople
  const ANN = { platform: 'slack', workspace: SLACK_HOME, user: slack.ANN.id }

  async function started() {
    const here = await slack.startSlackBot({ bot: await startBot({ content }) })
    await here.team()
    return here
  }

  it('moves to the direct messages, where one message is drawn over with every press', async () => {
    const here = await started()
    await here.ann.types('/exam')
    const offer = await until(() => here.ann.told().find((one) => labelsOf(one.blocks).includes(START)))
    expect([offer.channel, offer.to]).toEqual([slack.ANN.id, undefined])
    const told = await until(() =>
      here.ann.told().find((one) => readable(one.blocks).includes('It is in your direct messages')),
    )
    expect([told.channel, told.to]).toEqual([slack.STUDY, slack.ANN.id])
    expect(here.inChannel()).toEqual([])
    const sees = (text: string) =>
      until(() => readable(offer.blocks).replaceAll('*', '').includes(text) || undefined)
    await here.ann.presses(offer, START)
    await sees('question 1 of 8')
    await here.ann.presses(offer, 'Flag')
    await sees('flagged')
    await here.ann.presses(offer, 'Next')
    await sees('question 2 of 8')
    await here.ann.presses(offer, 'Overview')
    await sees('Flagged: 1 (1)')
    await here.ann.picks(offer, ['7'])
    await sees('question 8 of 8')
    const before = here.ann.told().length
    // Told in the same place, by itself.
    await here.bot.at('2026-11-02T07:10:00Z').tick()
    await until(() => here.ann.told().length > before || undefined)
    expect(readable(here.ann.told().at(-1)?.blocks)).toContain('10 minutes left in your mock exam')
    await here.bot.at('2026-11-02T07:20:00Z').app.endExams()
    await until(() => readable(here.ann.told().at(-1)?.blocks).includes('0 of 8 right') || undefined)
    expect((await here.bot.store.exam(ANN))?.handedInAt).toBe(Date.parse('2026-11-02T07:20:00Z'))
    expect(here.bot.errors).toEqual([])
  })

  it('opens from the Home tab, in one view', async () => {
    const here = await started()
    await here.ann.opensHome()
    await until(() => here.server.homes.get(`${SLACK_HOME} ${slack.ANN.id}`))
    await here.ann.pressesAtHome('Mock exam')
    const view = await until(() => here.ann.modals()[0])
    const sees = (text: string) => until(() => readable(view.view).includes(text) || undefined)
    await here.ann.pressesInView(view, START)
    await sees('question 1 of 8')
    await here.ann.pressesInView(view, 'Next')
    await sees('question 2 of 8')
    expect(here.ann.modals()).toHaveLength(1)
    expect((await here.bot.store.exam(ANN))?.place).toBe(1)
    expect(here.bot.errors).toEqual([])
  })
})

describe('on Discord', () => {
  const { labelsOf, readable } = discordPeople
  const ANN = { platform: 'discord', workspace: discord.HOME, user: discord.ANN.id }

  async function started() {
    const here = await discord.startDiscordBot({ bot: await startBot({ content }) })
    stops.push(here.stop)
    await here.team()
    return here
  }
  const sees = (post: DiscordPosted, text: string) => until(() => readable(post).includes(text) || undefined)

  it('says in the server that it goes on in the direct messages, and finds its server from there', async () => {
    const here = await started()
    here.ann.types('/exam')
    const dm = here.server.privateChannel(discord.ANN.id)
    const offer = await until(() => here.inChannel(dm).at(-1))
    const note = await until(() => here.ann.told().find((one) => one.channel !== dm))
    await sees(note, 'It is in your direct messages')
    const direct = discordPeople.createPerson(here.server, discord.ANN, undefined, dm)
    // Of no server: she has answered nothing yet, so that only the exam says where she is.
    direct.presses(offer, START)
    await sees(offer, 'question 1 of 8')
    const exam = await until(() => here.bot.store.exam(ANN))
    expect(exam.handedInAt).toBeUndefined()
    // Long after the token of the first answer has ended.
    here.late.ms += 16 * 60_000
    here.bot.at('2026-11-02T07:16:00Z')
    direct.presses(offer, 'Next')
    await sees(offer, 'question 2 of 8')
    const again = await discord.answerTo(here.ann, () => direct.types('/exam'))
    await sees(again, 'Your mock exam is running')
    direct.presses(again, 'Go on at question 2')
    await sees(again, 'question 2 of 8')
    expect(here.bot.errors).toEqual([])
  })

  it('goes on in the server, seen by one, where direct messages are closed, and past fifteen minutes', async () => {
    const here = await started()
    const ann = here.server.place(discord.HOME)?.people.find(({ id }) => id === discord.ANN.id)
    Object.assign(ann ?? {}, { closed: true })
    here.server.privateChannel(discord.ANN.id)
    const card = await discord.answerTo(here.ann, () => here.ann.types('/exam'))
    await sees(card, 'Cohort cannot write to you directly')
    expect(card.to).toBe(discord.ANN.id)
    here.ann.presses(card, START)
    await sees(card, 'question 1 of 8')
    here.late.ms += 16 * 60_000
    here.bot.at('2026-11-02T07:16:00Z')
    here.ann.presses(card, 'Next')
    await sees(card, 'question 2 of 8')
    const again = await discord.answerTo(here.ann, () => here.ann.types('/exam'))
    await sees(again, 'Your mock exam is running')
    expect(labelsOf(again)).toContain('Go on at question 2')
    await here.bot.at('2026-11-02T07:20:00Z').tick()
    expect((await here.bot.store.exam(ANN))?.handedInAt).toBeDefined()
    expect(here.bot.errors).toEqual([])
  })
})
