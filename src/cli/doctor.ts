/** `doctor`: tries everything that the bot needs, changes nothing, and says what to fix. */
import { statSync } from 'node:fs'
import { type Config, configOf, ENV_FILE } from '../config.js'
import { UserError } from '../core/errors.js'
import { type Io, pathIn } from '../io.js'
import { slackMode } from '../platforms/slack/mode.js'
import { countsOf, goodReading, leftOut } from '../server/content.js'
import { checkDatabase, checkSpace } from './doctor-database.js'

/**
 * Slack accepts signatures that are up to five minutes old; a clock that is off by less than this does no
 * harm yet.
 */
const CLOCK_MS = 30_000

/** Returns 1 if there is something to fix. */
export async function doctor(io: Io): Promise<number> {
  const say = sayTo(io)
  let config: Config
  try {
    config = configOf(io)
  } catch (error) {
    return say('configuration', undefined, error)
  }
  let failed = say('configuration', 'every variable is as it should be')
  for (const [what, check] of checksFor(config, io)) {
    try {
      failed |= say(what, await check())
    } catch (error) {
      failed |= say(what, undefined, error)
    }
  }
  return failed
}

function sayTo({ out }: Io) {
  return (what: string, found: string | undefined, error?: unknown): number => {
    if (found !== undefined) {
      out(`ok      ${what}: ${found}`)
      return 0
    }
    const message = error instanceof Error ? error.message : String(error)
    for (const line of message.split('\n')) out(`fix     ${what}: ${line}`)
    return 1
  }
}

/** Returns the result in words. Throws an error with a line for each problem to fix. */
type Check = [what: string, check: () => Promise<string>]

function checksFor(config: Config, io: Io): Check[] {
  return [
    [ENV_FILE, async () => envFile(io)],
    ['content', () => content(config)],
    ['database', () => checkDatabase(config, slackMode(config)?.kind === 'oauth', io.now)],
    ...(config.DATABASE_URL ? [] : [['space', async () => checkSpace(config)] satisfies Check]),
    ['Slack', () => slack(config)],
    ['Discord', () => discord(config)],
    ['clock', () => clock(config, io)],
  ]
}

/** The file holds tokens. Windows has another model of permissions. */
function envFile(io: Io): string {
  const stat = statSync(pathIn(io, ENV_FILE), { throwIfNoEntry: false })
  if (!stat) return 'none'
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new UserError(
      `others on this machine can read or write it, and it holds tokens: chmod 600 ${ENV_FILE}`,
    )
  return 'yours alone'
}

async function content(config: Config): Promise<string> {
  const { banks, broken } = await goodReading(config)
  if (broken.length > 0) throw new UserError(broken.map(leftOut).join('\n'))
  return countsOf(banks)
}

async function slack(config: Config): Promise<string> {
  const mode = slackMode(config)
  if (!mode) return 'off'
  const { checkSlack } = await import('../platforms/slack/check.js')
  return checkSlack(mode, config.SLACK_API_URL)
}

async function discord({ DISCORD_TOKEN, DISCORD_API_URL }: Config): Promise<string> {
  if (!DISCORD_TOKEN) return 'off'
  const { checkDiscord } = await import('../platforms/discord/check.js')
  return checkDiscord(DISCORD_TOKEN, DISCORD_API_URL)
}

/** Compares the clock with a platform that is on: every HTTP response contains the time. */
async function clock(config: Config, { now }: Io): Promise<string> {
  const address = slackMode(config)
    ? (config.SLACK_API_URL ?? 'https://slack.com/api/')
    : config.DISCORD_TOKEN && (config.DISCORD_API_URL ?? 'https://discord.com/api')
  if (!address) return `${new Date(now()).toISOString()}, with nothing to compare it with`
  const { headers } = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(10_000) })
  const off = now() - Date.parse(headers.get('date') ?? '')
  if (!Number.isFinite(off)) return `${new Date(now()).toISOString()}, with nothing to compare it with`
  if (Math.abs(off) > CLOCK_MS)
    throw new UserError(
      `the clock of this machine is ${Math.round(Math.abs(off) / 1000)} s ${off > 0 ? 'ahead' : 'behind'}: let it be set by NTP`,
    )
  return `right, as far as ${new URL(address).host} tells`
}
