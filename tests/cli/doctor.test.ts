import { spawn } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { twoGuilds } from '../platforms/discord-bot.js'
import { type LoopbackDiscord, startDiscord, TOKEN } from '../platforms/discord-server.js'
import { oneWorkspace } from '../platforms/slack-bot.js'
import { type LoopbackSlack, startSlack } from '../platforms/slack-server.js'

let slack: LoopbackSlack
let discord: LoopbackDiscord
beforeEach(async () => {
  slack = await startSlack(oneWorkspace())
  discord = await startDiscord(twoGuilds())
})
afterEach(() => {
  slack.stop()
  discord.stop()
})

/** Not `spawnSync`: the platforms answer from this process. */
function doctor(env: Record<string, string>, shiftMs = 0): Promise<{ code: number | null; out: string }> {
  const shift = ['--import', './tests/helpers/shifted-clock.mjs', '--import', 'tsx', 'src/main.ts', 'doctor']
  const given = {
    PATH: process.env.PATH,
    CONTENT_DIR: 'tests/fixtures/content',
    COHORT_DATA_DIR: '/nowhere/cohort',
    CLOCK_SHIFT_MS: String(shiftMs),
  }
  const child = spawn(process.execPath, shift, { env: { ...given, ...env } })
  let out = ''
  child.stdout.on('data', (part) => {
    out += part
  })
  child.stderr.on('data', (part) => {
    out += part
  })
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, out })))
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
    expect(out).toContain('ok      Slack: workspace Loopback, Socket Mode')
    expect(out).toContain('ok      Discord: cohort, 1 shard(s), 999 more starts today')
    expect(out).toContain('ok      clock: right')
    expect(code).toBe(0)
  })

  it('says everything that has to be mended at once', async () => {
    const { code, out } = await doctor(
      {
        ...both(),
        SLACK_BOT_TOKEN: 'xoxb-wrong',
        DISCORD_TOKEN: 'wrong',
        CONTENT_DIR: 'nowhere',
        DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/x',
      },
      10 * 60_000,
    )
    expect(code).toBe(1)
    for (const what of [
      'content: CONTENT_DIR is nowhere',
      'database: ',
      'Slack: Slack refuses SLACK_BOT_TOKEN',
      'Discord: Discord refuses DISCORD_TOKEN',
    ])
      expect(out).toContain(`mend    ${what}`)
    expect(out).toMatch(/mend {4}clock: the clock of this machine is (599|600|601) s ahead/)
  })

  it('names the scopes that the app lacks', async () => {
    slack.state.scopes = slack.state.scopes.replace('users:read', 'users:write')
    const { code, out } = await doctor(both())
    expect(code).toBe(1)
    expect(out).toContain('mend    Slack: the app lacks users:read: take the manifest')
  })

  it('says in one line a variable that is wrong', async () => {
    expect(await doctor({ PORT: 'many' })).toEqual({
      code: 1,
      out: expect.stringContaining('mend    configuration: PORT should be a whole number'),
    })
  })
})
