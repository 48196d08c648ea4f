/** A team that moves, on Slack and on Discord, as people do it there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPerson as createDiscordPerson, labelsOf, readable } from '../../loopback/discord/people.js'
import { readable as readableBlocks, labelsOf as slackLabels } from '../../loopback/slack/people.js'
import { HOME as SLACK_HOME } from '../../loopback/slack/server.js'
import type { Team } from '../../src/core/model.js'
import { until } from '../helpers/until.js'
import * as D from './discord-bot.js'
import * as S from './slack-bot.js'

const NEXT = '2026-11-03T08:00:00Z'

describe('on Discord', () => {
  let here: D.DiscordBot
  let team: Team
  const there = () => createDiscordPerson(here.server, D.ADA, D.HOME, D.SECOND)
  const teamIn = (channel: string) =>
    here.bot.store.teamIn({ platform: 'discord', workspace: D.HOME, channel })
  beforeEach(async () => {
    here = await D.startDiscordBot()
    team = await here.team({ name: 'Owls' })
  })
  afterEach(() => here.stop())

  it('a team whose channel was deleted goes on in another one, with its id', async () => {
    here.server.channelDeleted(D.STUDY)
    const told = await until(() => here.ada.told()[0])
    expect(readable(told)).toContain('Type /team move in the channel where the team goes on')
    const ada = there()
    const asked = await D.answerTo(ada, () => ada.types('/team setup'))
    expect(readable(asked)).toContain('A new team, or one that moves here?')
    expect(readable(asked)).toContain('its channel is gone')
    ada.picks(asked, [String(team.id)])
    await until(() => readable(asked).includes('Move Owls to this channel?') || undefined)
    ada.presses(asked, 'Move it here')
    await until(() => readable(asked).includes('Owls is here now') || undefined)
    expect(await teamIn(D.SECOND)).toMatchObject({ id: team.id, paused: false })
    await here.bot.at(NEXT).tick()
    expect(here.inChannel(D.SECOND).map(readable).join()).toContain('Question of the day')
  })

  it('says where the open round of a team stands that has moved, with a link to it', {
    tags: ['slow'],
  }, async () => {
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    await until(() => here.inChannel()[0])
    const [question] = here.inChannel()
    await here.bot.store.moveTeam({
      ...{ id: team.id, platform: 'discord', workspace: D.HOME, channel: D.SECOND, admin: D.ADA.id },
      nextPostAt: 0,
    })
    const ada = there()
    const link = `https://discord.com/channels/${D.HOME}/${D.STUDY}/${question?.id}`
    for (const line of ['/team list', '/team status'])
      expect(readable(await D.answerTo(ada, () => ada.types(line)))).toContain(
        `is open in <#${D.STUDY}> ([go there](<${link}>)) until`,
      )
  })

  it('asks before the setup takes the channel of another team', async () => {
    const larks = await here.team({ name: 'Larks', channel: D.SECOND })
    here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    const card = await D.answerTo(here.ada, () => here.ada.submits(form, { channel: [D.SECOND] }))
    here.ada.presses(card, 'Save')
    await until(() => readable(card).includes('Larks studies there') || undefined)
    expect(await teamIn(D.SECOND)).toEqual(larks)
    here.ada.presses(card, 'Choose another channel')
    const again = await until(() => here.ada.modals()[1])
    expect(JSON.stringify(again.data)).toContain(D.SECOND)
    here.ada.presses(card, 'Take the channel')
    await until(() => readable(card).includes('Owls is set up') || undefined)
    expect(await teamIn(D.SECOND)).toMatchObject({ id: team.id })
    expect(readable(await D.answerTo(here.ada, () => here.ada.types('/team list')))).toMatch(
      /Larks\W*: its channel is gone/,
    )
  })

  it('a team that waits for a channel can have its form opened', async () => {
    const larks = await here.team({ name: 'Larks', channel: D.SECOND })
    const nextPostAt = Date.parse(NEXT)
    const move = { platform: 'discord', workspace: D.HOME, channel: D.SECOND, admin: D.ADA.id, nextPostAt }
    await here.bot.store.moveTeam({ ...move, id: team.id, over: larks.id })
    const list = await D.answerTo(here.ada, () => here.ada.types('/team list'))
    here.ada.pressesId(list, `team.open~#${larks.id.toString(36)}`)
    const form = await until(() => here.ada.modals()[0])
    expect(JSON.stringify(form.data)).toContain(D.STUDY)
  })

  it('names no channel to an admin who does not see it', async () => {
    await here.team({ name: 'Hidden folk', channel: D.SECOND })
    here.server.hide(D.SECOND, [D.ANN.id])
    const list = readable(await D.answerTo(here.ada, () => here.ada.types('/team list')))
    expect(list).toContain('1 more team in channels that you do not see')
    expect(list).not.toMatch(/Hidden folk|200000000000000002/)
  })

  it('is for those who may use /team, each press and form', { tags: ['slow'] }, async () => {
    const list = await D.answerTo(here.ada, () => here.ada.types('/team list'))
    for (const id of [
      'team.list',
      `team.remove~${team.id}`,
      `team.move~${team.id}~0`,
      `team.open~#${team.id}`,
    ]) {
      const before = here.ann.told().length
      here.ann.pressesId({ ...list, to: D.ANN.id }, id)
      const told = await until(() => here.ann.told()[before])
      expect(readable(told)).toContain('needs Manage Server')
    }
    expect(labelsOf(list)).not.toContain('Remove it for good')
    expect(await teamIn(D.STUDY)).toEqual(team)
  })
})

describe('on Slack', () => {
  const SECOND = 'C0SECOND01'
  let here: S.SlackBot
  let team: Team
  const teamIn = (channel: string) =>
    here.bot.store.teamIn({ platform: 'slack', workspace: SLACK_HOME, channel })
  beforeEach(async () => {
    here = await S.startSlackBot()
    team = await here.team({ name: 'Owls' })
  })

  it('the setup moves it, asks before it takes a channel, and takes it with a yes', async () => {
    const larks = await here.team({ name: 'Larks', channel: SECOND })
    await here.ada.types('/team setup')
    const form = await until(() => here.ada.modals()[0])
    const card = await S.answerTo(here.ada, () => here.ada.submits(form, { channel: SECOND }))
    expect(readableBlocks(card.blocks)).toContain('Larks studies there')
    expect(slackLabels(card.blocks)).toEqual(['Choose another channel', 'Take the channel'])
    expect(await teamIn(SECOND)).toEqual(larks)
    await here.ada.presses(card, 'Take the channel')
    await until(async () => ((await teamIn(SECOND))?.id === team.id ? true : undefined))
    expect((await here.bot.store.teams({ platform: 'slack', workspace: SLACK_HOME })).length).toBe(2)
  })

  it('says where the open round of a team stands that has moved, with a link to it', async () => {
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    await here.bot.store.moveTeam({
      ...{ id: team.id, platform: 'slack', workspace: SLACK_HOME, channel: SECOND, admin: S.ADA.id },
      nextPostAt: 0,
    })
    const link = `https://loopback.slack.com/archives/${S.STUDY}/p${here.inChannel()[0]?.ts.replace('.', '')}`
    for (const line of ['/team list', '/team status']) {
      const said = await S.answerTo(here.ada, () => here.ada.types(line, SECOND))
      expect(readableBlocks(said.blocks)).toContain(`is open in <#${S.STUDY}> (<${link}|go there>) until`)
    }
  })

  it('names no private channel to an admin who is not in it', async () => {
    await here.team({ name: 'Hidden folk', channel: S.PRIVATE })
    const secret = here.server.place(SLACK_HOME)?.channels.find(({ id }) => id === S.PRIVATE)
    if (secret) secret.members = [S.ANN.id]
    const list = readableBlocks((await S.answerTo(here.ada, () => here.ada.types('/team list'))).blocks)
    expect(list).toContain('1 more team in channels that you do not see')
    expect(list).not.toMatch(/Hidden folk|C0PRIVATE1/)
  })

  it('is removed with a yes', async () => {
    const card = await S.answerTo(here.ada, () => here.ada.types('/team remove Owls'))
    expect(readableBlocks(card.blocks)).toContain('Remove Owls?')
    await here.ada.presses(card, 'Remove it for good')
    await until(async () => ((await teamIn(S.STUDY)) === undefined ? true : undefined))
  })
})
