// @module-tag slow
/** What makes Cohort leave a server, what does not, and how it comes back: on the loopback Discord. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readable } from '../../loopback/discord/people.js'
import { testDatabase } from '../helpers/database.js'
import { everything, OF_WORKSPACES, rowCounts } from '../helpers/everything.js'
import { until } from '../helpers/until.js'
import { AWAY, answerTo, type DiscordBot, HOME, STUDY, startDiscordBot } from './discord-bot.js'

let here: DiscordBot
const others: DiscordBot[] = []
beforeEach(async () => {
  here = await startDiscordBot()
})
afterEach(async () => {
  for (const one of others.splice(0)) await one.stop()
  await here.stop()
})

const GONE = { platform: 'discord', workspace: HOME }
const marked = async () => (await here.bot.store.removedWorkspaces()).map(({ workspace }) => workspace)
const rows = async () =>
  Object.entries(await rowCounts(await testDatabase())).filter(([table]) => OF_WORKSPACES.includes(table))
const lines = (message: string) => here.bot.log.filter((line) => line.message === message)
/** As if the bot were started again on the same data. */
const again = async () => {
  const one = await startDiscordBot({ server: here.server, bot: here.bot })
  others.push(one)
  return one
}
const rejoin = () => {
  const guild = here.server.place(HOME)
  if (!guild) throw new Error('the server is not there')
  here.server.removed(HOME)
  return () => here.server.joined(guild)
}

describe('the removal of the bot from a server', () => {
  it('deletes nothing for seven days, then the server from every table, and no other', async () => {
    const database = await testDatabase()
    await everything(database, here.bot.store, { platform: 'discord', workspace: AWAY })
    const other = await rows()
    await here.team()
    await everything(database, here.bot.store, GONE)
    const both = await rows()
    here.bot.at('2026-11-02T12:00:00Z')
    here.server.removed(HOME)
    await until(async () => (await marked()).includes(HOME) || undefined)
    expect(lines('workspace removed, deleted in seven days')).toHaveLength(1)
    await here.bot.at('2026-11-09T11:59:59Z').app.presence.purge()
    expect(await rows()).toEqual(both)
    await here.bot.at('2026-11-09T12:00:00Z').app.presence.purge()
    // The server itself was there before anything was stored of it.
    expect(await rows()).toEqual(
      other.map(([table, n]) => [table, table === 'workspace' ? Number(n) - 1 : n]),
    )
    expect(lines('workspace purged')).toHaveLength(1)
  })

  it('ends all posting and asking at once, and coming back begins it again', async () => {
    await here.team()
    const guild = here.server.place(HOME)
    const comeBack = rejoin()
    await until(async () => (await marked()).includes(HOME) || undefined)
    if (guild) here.server.guilds.push(guild)
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    expect(here.inChannel()).toEqual([])
    expect(await here.bot.store.backlog(here.bot.deps.clock())).toEqual([])
    for (const act of [
      () => here.ann.types('/quiz'),
      () => here.ann.types('/explain', { query: 'apple' }),
      () => here.ann.types('/stats'),
    ])
      expect(readable(await answerTo(here.ann, act))).toContain('was removed from here')
    here.server.guilds.splice(here.server.guilds.indexOf(guild as never), 1)
    comeBack()
    await until(async () => !(await marked()).includes(HOME) || undefined)
    expect(lines('workspace is back')).toHaveLength(1)
    await here.bot.at('2026-11-02T08:10:00Z').tick()
    expect(here.inChannel().map(readable).join()).toContain('Question of the day')
  })

  it('is undone by a start that finds the bot there', async () => {
    await here.bot.store.removeWorkspace(GONE, here.bot.deps.clock())
    await again()
    expect(await marked()).toEqual([])
  })

  it('is no removal when the server is away for a while', async () => {
    await here.team()
    here.server.gateway.tell(HOME, 'GUILD_DELETE', { id: HOME, unavailable: true })
    here.server.gateway.tell(HOME, 'GUILD_DELETE', { id: HOME, unavailable: true })
    await answerTo(here.ben, () => here.ben.types('/help'))
    expect(await marked()).toEqual([])
  })

  it('asks once more before it deletes', async () => {
    await here.team()
    await here.bot.store.removeWorkspace(GONE, here.bot.deps.clock())
    await here.bot.at('2026-12-02T12:00:00Z')
    await here.discord.patrol()
    await here.bot.app.presence.purge()
    expect(await marked()).toEqual([])
    expect((await here.bot.store.workspaces('discord')).sort()).toEqual([HOME, AWAY, '@direct'].sort())
  })
})

describe('a channel that Discord does not know', () => {
  const UNKNOWN = { call: /^POST \/channels\/\d+\/messages/, status: 404, code: 10003 }

  it('by one answer alone ends nothing: the question comes a little later', async () => {
    await here.team()
    here.server.faults.push(UNKNOWN)
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    expect(await here.bot.store.teamIn({ ...GONE, channel: STUDY })).toMatchObject({ paused: false })
    await here.bot.at('2026-11-02T08:10:00Z').tick()
    expect(here.inChannel().map(readable).join()).toContain('Question of the day')
    here.server.faults.push(UNKNOWN)
    await here.bot.at('2026-11-02T20:00:00Z').tick()
    await here.bot.at('2026-11-02T20:10:00Z').tick()
    expect(here.inChannel().map(readable).join()).toContain('The answer of the day')
    expect(here.ada.told()).toEqual([])
  })
})

describe('a server that is missing when the bot connects', () => {
  const days = ['2026-11-02T08:00:00Z', '2026-11-03T07:00:00Z', '2026-11-04T23:00:00Z']

  it('has removed it when Discord does not know the server on three days in a row', async () => {
    await here.team()
    here.server.removed(HOME, false)
    const seen: string[][] = []
    for (const day of days) {
      here.bot.at(day)
      const one = await again()
      await one.discord.settled()
      await one.discord.patrol()
      seen.push(await marked())
    }
    expect(seen).toEqual([[], [], [HOME]])
    expect(lines('workspace missing').map(({ fields }) => fields.days)).toEqual([1, 2, 3])
  })

  it('has not, when a day is left out', async () => {
    await here.team()
    here.server.removed(HOME, false)
    const one = await again()
    for (const day of [days[0], days[1], '2026-11-05T08:00:00Z', '2026-11-06T08:00:00Z']) {
      here.bot.at(day ?? '')
      await one.discord.patrol()
    }
    expect(await marked()).toEqual([])
  })

  it.each([
    ['access is missing', { status: 403, code: 50001 }],
    ['Discord is down', { status: 503 }],
    ['something else is unknown', { status: 404, code: 10003 }],
  ])('has not, when %s', async (_what, fault) => {
    await here.team()
    here.server.removed(HOME, false)
    const one = await again()
    here.server.state.chaos = (call) => (call === `GET /guilds/${HOME}` ? fault : undefined)
    for (const day of [...days, '2026-11-05T08:00:00Z']) {
      here.bot.at(day)
      await one.discord.patrol()
    }
    expect(await marked()).toEqual([])
  })

  it('leaves those alone who write from no server', async () => {
    expect(await here.bot.store.workspaces('discord')).toContain('@direct')
    for (const day of [...days, '2026-11-05T08:00:00Z']) {
      here.bot.at(day)
      await here.discord.patrol()
    }
    expect(await marked()).toEqual([])
  })
})

describe('a token that Discord refuses', () => {
  it('deletes nothing, pauses after three days, and goes on by itself when it is taken again', async () => {
    await here.team()
    here.server.state.chaos = () => ({ status: 401 })
    for (const day of ['2026-11-02T07:30:00Z', '2026-11-04T07:00:00Z']) {
      here.bot.at(day)
      await here.discord.patrol()
    }
    expect(await here.bot.store.workspaceCounts()).toContainEqual({
      platform: 'discord',
      here: 3,
      removed: 0,
      refused: 3,
      paused: 0,
    })
    here.bot.at('2026-11-05T07:30:00Z')
    await here.discord.patrol()
    expect(lines('token refused for three days, nothing is posted')).toHaveLength(3)
    here.server.calls.length = 0
    await here.bot.at('2026-11-05T08:00:00Z').tick()
    expect(here.server.calls).toEqual([])
    here.server.state.chaos = undefined
    await here.discord.patrol()
    await here.bot.at('2026-11-05T08:05:00Z').tick()
    expect(here.inChannel().map(readable).join()).toContain('Question of the day')
    expect(await marked()).toEqual([])
  })

  it('for one answer only does not keep the bot from posting', async () => {
    await here.team()
    here.server.faults.push({ call: /^POST \/channels\//, status: 401 })
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    await here.bot.at('2026-11-02T08:10:00Z').tick()
    expect(here.inChannel().map(readable).join()).toContain('Question of the day')
  })
})

describe('the token of another application', () => {
  it('is refused, and nothing is deleted, registered or marked', async () => {
    await here.team()
    const commands = here.server.state.commands
    here.server.state.application = '900000000000000777'
    here.server.removed(HOME, false)
    await expect(again()).rejects.toThrow(
      /DISCORD_TOKEN is of another application than the data.*--adopt-application/,
    )
    expect(here.server.state.commands).toBe(commands)
    expect(await here.bot.store.teamIn({ ...GONE, channel: STUDY })).toBeDefined()
  })

  it('is taken when the operator says so, and then the one before is refused', async () => {
    here.server.state.application = '900000000000000777'
    others.push(await startDiscordBot({ server: here.server, bot: here.bot, adopts: true }))
    await again()
    here.server.state.application = '900000000000000001'
    await expect(again()).rejects.toThrow('another application')
  })

  it('is found out by its servers, when it is not known yet of which one the data is', async () => {
    await (await testDatabase()).pool.query('truncate platform')
    here.server.removed(HOME, false)
    here.server.removed(AWAY, false)
    await expect(again()).rejects.toThrow('no stored workspace knows it')
    expect(await here.bot.store.application('discord')).toEqual({})
  })

  it('is not suspected while one server of many is known', async () => {
    const { store } = here.bot
    await (await testDatabase()).pool.query('truncate platform')
    await store.openWorkspaces(
      'discord',
      Array.from({ length: 300 }, (_, i) => String(100000000000001000n + BigInt(i))),
    )
    here.server.removed(AWAY, false)
    await again()
    expect(await store.application('discord')).toEqual({ id: '900000000000000001' })
  })
})

describe('what comes late', () => {
  it('brings no deleted server back', async () => {
    const guild = here.server.place(HOME)
    await here.team()
    const quiz = await answerTo(here.ann, () => here.ann.types('/quiz'))
    here.server.removed(HOME)
    await until(async () => (await marked()).includes(HOME) || undefined)
    await here.bot.store.purgeWorkspace(GONE)
    await here.bot.app.presence.look()
    if (guild) here.server.guilds.push(guild)
    const { store } = here.bot
    const ann = { ...GONE, user: here.ann.id, name: 'Ann' }
    const question = { question: 'q', version: 'v', now: 0 }
    expect(await store.practise({ ...ann, ...question, seed: 1, item: 0, answer: 'A', right: true })).toBe(
      'unknown',
    )
    expect(await store.saveReport({ ...ann, ...question, reason: 'r', detail: '' })).toBeUndefined()
    expect(readable(await answerTo(here.ada, () => here.ada.types('/team setup')))).toContain(
      'was removed from here',
    )
    expect(readable(quiz)).toContain('Practice')
    expect(await store.workspaces('discord')).not.toContain(HOME)
  })
})
