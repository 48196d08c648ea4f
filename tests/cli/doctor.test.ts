import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LoopbackDiscord, startDiscord, TOKEN } from '../../loopback/discord/server.js'
import { type LoopbackSlack, startSlack } from '../../loopback/slack/server.js'
import { problemsOf } from '../../src/cli/doctor-database.js'
import { createInstalls } from '../../src/store/installs.js'
import { createStore } from '../../src/store/store.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { cohort, startCohort } from '../helpers/cohort.js'
import { fillDataDir, inDatabase, ownDatabase, type Where } from '../helpers/database.js'
import { twoGuilds } from '../platforms/discord-bot.js'
import { oneWorkspace } from '../platforms/slack-bot.js'

let slack: LoopbackSlack
let discord: LoopbackDiscord
let home: string
beforeEach(async () => {
  slack = await startSlack(oneWorkspace())
  discord = await startDiscord(twoGuilds())
  home = mkdtempSync(path.join(tmpdir(), 'cohort-doctor-'))
})
afterEach(() => {
  slack.stop()
  discord.stop()
  rmSync(home, { recursive: true, force: true })
})

async function doctor(
  env: Readonly<Record<string, string>>,
  shiftMs = 0,
  cwd = '/nowhere',
): Promise<{ code: number | null; out: string }> {
  const given = { DATABASE_URL: '', COHORT_DATA_DIR: '/nowhere/cohort', ...env }
  const { code, out, err } = await cohort(['doctor'], given, { folder: cwd, now: () => Date.now() + shiftMs })
  return { code, out: out + err }
}

const both = () => ({
  SLACK_BOT_TOKEN: slack.token(),
  SLACK_APP_TOKEN: slack.appToken,
  SLACK_API_URL: slack.api(),
  DISCORD_TOKEN: TOKEN,
  DISCORD_API_URL: discord.api(),
})

describe('cohort doctor', () => {
  it('says that all is well, and changes nothing', async () => {
    const { code, out } = await doctor(both())
    expect(out).toContain('ok      content: 3 topics and 7 questions')
    expect(out).toContain('ok      database: embedded, made in /nowhere/cohort by the first start')
    expect(out).toMatch(/ok {6}space: \d+ MB free for \/nowhere\/cohort/)
    expect(out).toContain('ok      Slack: workspace Loopback, Socket Mode')
    expect(out).toContain('ok      Discord: cohort, 1 shard(s), 999 more starts today')
    expect(out).toContain('ok      clock: right')
    expect(code).toBe(0)
  })

  it('says everything that has to be fixed at once', async () => {
    const { code, out } = await doctor(
      {
        ...both(),
        SLACK_BOT_TOKEN: 'xoxb-wrong',
        DISCORD_TOKEN: 'wrong',
        CONTENT_DIR: '/nowhere',
        DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/x',
      },
      10 * 60_000,
    )
    expect(code).toBe(1)
    for (const what of [
      'content: CONTENT_DIR is /nowhere',
      'database: ',
      'Slack: Slack refuses SLACK_BOT_TOKEN',
      'Discord: Discord refuses DISCORD_TOKEN',
    ])
      expect(out).toContain(`fix     ${what}`)
    expect(out).toMatch(/fix {5}clock: the clock of this machine is (59[5-9]|60\d|610) s ahead/)
  })

  it('names the scopes that the app lacks', async () => {
    slack.state.scopes = slack.state.scopes.replace('users:read', 'users:write')
    const { code, out } = await doctor(both())
    expect(code).toBe(1)
    expect(out).toContain('fix     Slack: the app lacks users:read: take the manifest')
  })

  it('says that others can read the tokens in .env', async () => {
    const file = path.join(home, '.env')
    const look = async (mode: number) => {
      chmodSync(file, mode)
      return (await doctor({}, 0, home)).out
    }
    writeFileSync(file, 'LOG_LEVEL=warn\n')
    expect(await look(0o640)).toContain(
      'fix     .env: others on this machine can read or write it, and it holds tokens: chmod 600 .env',
    )
    expect(await look(0o600)).toContain('ok      .env: yours alone')
  })

  it('names what came later and is not given yet, and finds nothing to fix in that', async () => {
    slack.state.scopes = slack.state.scopes.replace('channels:read,', '').replace('im:history,', '')
    discord.state.given = 1n << 10n
    const { code, out } = await doctor(both())
    expect(code).toBe(0)
    expect(out).toMatch(
      /ok {6}Slack: workspace Loopback, Socket Mode; it does without channels:read, im:history until/,
    )
    expect(out).toMatch(
      /ok {6}Discord: .*; 2 of 2 server\(s\) have not given "Create Public Threads", "Send Messages in Threads", "Mention Everyone"/,
    )
  })

  it('says in one line a variable that is wrong', async () => {
    expect(await doctor({ PORT: 'many' })).toEqual({
      code: 1,
      out: expect.stringContaining('fix     configuration: PORT should be a whole number'),
    })
  })

  it('looks into the embedded database, also beside a Cohort that runs on it, and makes none', {
    tags: ['slow'],
  }, async () => {
    const folder = path.join(home, 'data')
    mkdirSync(folder)
    const look = () => doctor({ COHORT_DATA_DIR: folder })
    expect((await look()).out).toContain(`ok      database: embedded, made in ${folder} by the first start`)
    expect(readdirSync(folder)).toEqual([])
    await fillDataDir(folder)
    const program = await startCohort({ DATABASE_URL: '', COHORT_DATA_DIR: folder })
    expect(readdirSync(path.join(folder, 'cache'))).toEqual(['content.json'])
    expect(await look()).toMatchObject({
      code: 0,
      out: expect.stringContaining('in use by a Cohort that runs: ask its /healthz'),
    })
    await program.stop()
    expect(await look()).toMatchObject({
      code: 0,
      out: expect.stringContaining(`ok      database: embedded in ${folder}, up to date`),
    })
  })

  it('says whether the key opens the stored tokens', { tags: ['slow'] }, async () => {
    const where = await ownDatabase(home)
    await storeToken(where)
    const look = (key: string) =>
      doctor({
        ...where,
        ...{
          SLACK_CLIENT_ID: '1.2',
          SLACK_CLIENT_SECRET: 'x',
          SLACK_SIGNING_SECRET: 'y',
          SLACK_STATE_SECRET: 'z'.repeat(16),
          SLACK_API_URL: slack.api(),
        },
        COHORT_SECRET_KEY: key,
      })
    expect((await look('another key altogether')).out).toContain(
      'fix     database: COHORT_SECRET_KEY does not open the stored tokens of 1 workspace(s)',
    )
    const { code, out } = await look('the key that sealed it')
    expect(out).toContain('ok      database: ')
    expect(code).toBe(0)
    await refuseToken(where)
    expect(await look('the key that sealed it')).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        'fix     database: slack has refused the tokens of 1 workspace(s) for three days',
      ),
    })
  })
})

describe('a server of PostgreSQL', () => {
  const fine = { version: 150_004, ahead: 0, left: 97, each: 10 }

  it.each([
    [{}, []],
    [{ version: 140_000, ahead: -29_000, left: 10 }, []],
    [{ version: 130_014 }, ['PostgreSQL 13 is too old: take 14 or newer']],
    [{ ahead: 31_000 }, ['its clock is 31 s ahead of that of this machine: let both be set by NTP']],
    [{ ahead: -31_000 }, ['its clock is 31 s behind that of this machine: let both be set by NTP']],
    [
      { left: 9 },
      ['it has 9 connection(s) left, and a process opens up to 10: raise max_connections, or close others'],
    ],
  ])('that says %j is told %j', (said, problems) => {
    expect(problemsOf({ ...fine, ...said })).toEqual(problems)
  })
})

/** As if Slack had refused it for three days. */
function refuseToken(where: Where): Promise<void> {
  return inDatabase(where, async (database) => {
    for (const day of [1, 4]) await createStore(database).refuseToken('slack', 'T1', day * 86_400_000)
  })
}

/** Keeps the token of one workspace. */
function storeToken(where: Where): Promise<void> {
  return inDatabase(where, async (database) => {
    await createStore(database).openWorkspaces('slack', ['T1'])
    const installs = createInstalls(database.prisma, 'slack', createTokenCipher('the key that sealed it'))
    await installs.save(
      { workspace: 'T1', token: 'xoxb-1', installer: 'U1', scopes: ['chat:write'] },
      Date.now(),
    )
  })
}
