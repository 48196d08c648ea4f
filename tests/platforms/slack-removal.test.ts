// @module-tag slow
/** What makes Cohort leave a workspace, what does not, and how it comes back: on the loopback Slack. */
import { beforeEach, describe, expect, it } from 'vitest'
import { happens, readable } from '../../loopback/slack/people.js'
import { HOME, SECRET } from '../../loopback/slack/server.js'
import type { InstallStore } from '../../src/platforms/slack/installs.js'
import { createInstalls } from '../../src/store/installs.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { testDatabase } from '../helpers/database.js'
import { everything, OF_WORKSPACES, rowCounts } from '../helpers/everything.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo, type SlackBot, STUDY, startSlackBot } from './slack-bot.js'

let here: SlackBot
beforeEach(async () => {
  here = await startSlackBot()
})

const GONE = { platform: 'slack', workspace: HOME }
const marked = async () => (await here.bot.store.removedWorkspaces()).map(({ workspace }) => workspace)
const counts = async () =>
  (await here.bot.store.workspaceCounts()).find(({ platform }) => platform === 'slack')
const rows = async () =>
  Object.entries(await rowCounts(await testDatabase())).filter(([table]) => OF_WORKSPACES.includes(table))
const lines = (message: string) => here.bot.log.filter((line) => line.message === message)
const saidIn = (slack: SlackBot) =>
  slack
    .inChannel()
    .map((p) => readable(p.blocks))
    .join()
/** As if the bot were started again on the same data. */
const again = (more: Parameters<typeof startSlackBot>[0] = {}) =>
  startSlackBot({ server: here.server, bot: here.bot, ...more })
const installsOf = async () =>
  createInstalls((await testDatabase()).prisma, 'slack', createTokenCipher('a key of sixteen or more'))
const oauth = {
  kind: 'oauth',
  signingSecret: SECRET,
  oauth: { clientId: '1.2', clientSecret: 'c', stateSecret: 's' },
} as const
const withOauth = (installs: InstallStore, clientId = '1.2') =>
  again({ installs, mode: { ...oauth, oauth: { ...oauth.oauth, clientId } } })

describe('app_uninstalled', () => {
  it('deletes nothing for seven days, then the workspace from every table, and no other', {
    tags: ['slow'],
  }, async () => {
    await everything(await testDatabase(), here.bot.store, { platform: 'slack', workspace: 'T0OTHER001' })
    const other = await rows()
    await here.team()
    await everything(await testDatabase(), here.bot.store, GONE)
    const both = await rows()
    here.bot.at('2026-11-02T12:00:00Z')
    await happens(here.deliver, 'app_uninstalled')
    await until(async () => (await marked()).includes(HOME) || undefined)
    await here.bot.at('2026-11-09T11:59:59Z').app.presence.purge()
    expect(await rows()).toEqual(both)
    await here.bot.at('2026-11-09T12:00:00Z').app.presence.purge()
    expect(await rows()).toEqual(
      other.map(([table, n]) => [table, table === 'workspace' ? Number(n) - 1 : n]),
    )
  })

  it('ends all posting and asking, until a start whose token is good', async () => {
    await here.team()
    await happens(here.deliver, 'app_uninstalled')
    await until(async () => (await marked()).includes(HOME) || undefined)
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    expect(here.inChannel()).toEqual([])
    for (const line of ['/explain apple', '/quiz', '/study status'])
      expect(readable((await answerTo(here.ann, () => here.ann.types(line))).blocks)).toContain(
        'was removed from here',
      )
    const back = await again()
    expect(await marked()).toEqual([])
    await here.bot.at('2026-11-02T08:10:00Z').tick()
    expect(saidIn(back)).toContain('Question of the day')
  })

  it('told late, of a removal before this start, changes nothing while the token is good', async () => {
    await happens(here.deliver, 'app_uninstalled', {}, HOME, {
      event_time: Math.floor(Date.now() / 1000) - 600,
    })
    await until(() => lines('late word of a removal left aside')[0])
    expect(await marked()).toEqual([])
    here.server.revoke(HOME)
    await happens(here.deliver, 'app_uninstalled', {}, HOME, {
      event_time: Math.floor(Date.now() / 1000) - 600,
    })
    await until(async () => (await marked()).includes(HOME) || undefined)
  })
})

describe('a token that was revoked', () => {
  const revoked = () => happens(here.deliver, 'tokens_revoked')

  it('deletes and marks nothing, whoever told it', async () => {
    await here.team()
    await happens(here.deliver, 'tokens_revoked', { tokens: { oauth: [ANN.id], bot: [] } })
    here.server.revoke(HOME)
    await revoked()
    await until(() => lines('token refused')[0])
    await here.bot.at('2027-11-02T12:00:00Z').app.presence.purge()
    expect(await marked()).toEqual([])
    expect(await here.bot.store.teamIn({ ...GONE, channel: STUDY })).toBeDefined()
  })

  it('pauses posting after three days, and a good one ends the pause', async () => {
    await here.team()
    const token = here.server.token()
    here.server.revoke(HOME)
    await revoked()
    await until(async () => ((await counts())?.refused === 1 ? true : undefined))
    await here.bot.at('2026-11-05T06:59:00Z')
    await here.slack.patrol()
    expect(await counts()).toMatchObject({ refused: 1, paused: 0 })
    await here.bot.at('2026-11-05T07:00:00Z')
    await here.slack.patrol()
    await until(() => lines('token refused for three days, nothing is posted')[0])
    here.server.calls.length = 0
    await here.bot.at('2026-11-05T08:00:00Z').tick()
    expect(here.server.calls).toEqual([])
    expect(await here.bot.store.backlog(here.bot.deps.clock())).toEqual([])
    here.server.place(HOME)?.tokens.add(token)
    await here.slack.patrol()
    expect(await counts()).toMatchObject({ refused: 0, paused: 0 })
    await here.bot.at('2026-11-05T08:10:00Z').tick()
    expect(saidIn(here)).toContain('Question of the day')
  })

  it('is not paused for two refusals that are days apart, when it was taken in between', async () => {
    await here.team()
    const refuse = async (at: string) => {
      here.server.faults.push({ method: 'auth.test', error: 'invalid_auth' })
      here.bot.at(at)
      await revoked()
      await until(async () => ((await counts())?.refused === 1 ? true : undefined))
    }
    await refuse('2026-11-02T07:00:00Z')
    await here.slack.patrol()
    await until(async () => ((await counts())?.refused === 0 ? true : undefined))
    await refuse('2026-11-06T07:00:00Z')
    expect(await counts()).toMatchObject({ paused: 0 })
  })
})

describe('the token of another app', () => {
  it('of the same workspace is refused, until the operator takes it', async () => {
    await here.team()
    here.server.state.app = 'A0OTHER001'
    await expect(again()).rejects.toThrow(
      /SLACK_BOT_TOKEN is of another application than the data.*A0COHORT01.*A0OTHER001/,
    )
    await again({ adopts: true })
    await again()
    here.server.state.app = 'A0COHORT01'
    await expect(again()).rejects.toThrow('another application')
    expect(await here.bot.store.teamIn({ ...GONE, channel: STUDY })).toBeDefined()
  })

  it('is found out by its workspace, when it is not known yet of which one the data is', async () => {
    const { pool } = await testDatabase()
    await pool.query(
      "truncate platform; update workspace set external = 'T0OTHER001' where platform = 'slack'",
    )
    await expect(again()).rejects.toThrow('no stored workspace knows it')
    expect(await here.bot.store.workspaces('slack')).toEqual(['T0OTHER001'])
  })
})

describe('with OAuth', () => {
  it('another client is refused, and the first start asks the installs', async () => {
    const { pool } = await testDatabase()
    const installs = await installsOf()
    await pool.query('truncate platform')
    await installs.save({ workspace: HOME, token: 'xoxb-dead', installer: ANN.id, scopes: [] }, 0)
    await expect(withOauth(installs)).rejects.toThrow('no stored workspace knows it')
    await installs.save({ workspace: HOME, token: here.server.token(), installer: ANN.id, scopes: [] }, 0)
    await withOauth(installs)
    await expect(withOauth(installs, '3.4')).rejects.toThrow(
      /SLACK_CLIENT_ID is of another application.*1\.2.*3\.4/,
    )
  })

  it('a token that one workspace refuses pauses that one alone', async () => {
    const installs = await installsOf()
    await (await testDatabase()).pool.query('truncate platform')
    await installs.save({ workspace: HOME, token: here.server.token(), installer: ANN.id, scopes: [] }, 0)
    const many = await withOauth(installs)
    await here.bot.store.openWorkspaces('slack', ['T0OTHER001'])
    here.server.revoke(HOME)
    await happens(many.deliver, 'tokens_revoked')
    await until(async () => ((await counts())?.refused === 1 ? true : undefined))
    await here.bot.at('2026-11-06T08:00:00Z')
    await many.slack.patrol()
    await until(async () => ((await counts())?.paused === 1 ? true : undefined))
    expect(await counts()).toMatchObject({ here: 2 })
  })
})
