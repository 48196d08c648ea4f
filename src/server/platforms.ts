/**
 * Lists every platform by hand: whether the configuration turns it on, and how to open it. Each is loaded
 * from disk only if it is on.
 */
import { fileURLToPath } from 'node:url'
import type { App } from '../bot/app.js'
import type { Deps, Log } from '../bot/deps.js'
import type { Picture } from '../bot/ui/card.js'
import { type Claim, claimApplication } from '../bot/workspace/application.js'
import type { Config } from '../config.js'
import { UserError } from '../core/errors.js'
import type { Platform } from '../platforms/platform.js'
import { slackMode } from '../platforms/slack/mode.js'
import type { Database } from '../store/open.js'

export interface Opening {
  readonly config: Config
  readonly database: Database
  readonly deps: Deps
  readonly app: () => App
  /** If true, stored data belongs to the configured applications from now on. */
  readonly adopts: boolean
  /**
   * Returns the time of the start plus the time that has passed since: it never jumps, as the clock of a
   * machine may.
   */
  readonly steady: () => number
  /** Returns a PNG. */
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  /** Whether other platforms are on, too. */
  readonly isOneOfMany: boolean
  /** Call it if the platform will never let this process connect again, with the reason in one line. */
  readonly ended: (why: string) => void
}

export interface Offer {
  readonly label: string
  /** Throws a `UserError` for settings that contradict each other. */
  isOn(config: Config): boolean
  /** Returns the line for a platform that is on; `how`: the platform's own description. */
  said(how: string): string
  /** Returns why it is off; `on`: the platforms that are on instead. */
  whyOff(on: readonly string[]): string
  /** Throws a `UserError` if the platform refuses the settings. */
  open(opening: Opening): Promise<Platform>
}

const slack: Offer = {
  label: 'Slack',
  isOn: (config) => slackMode(config) !== undefined,
  said: (how) => `on, ${how}.`,
  whyOff: () => 'neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set',
  async open({ config, database, deps, app, adopts, steady, draw }) {
    const { createSlack } = await import('../platforms/slack/index.js')
    const { createLackingNotes } = await import('../store/lacking-notes.js')
    const { createSpendState } = await import('../store/oauth-states.js')
    const { createSeenDeliveries } = await import('../store/seen-deliveries.js')
    const mode = slackMode(config)
    if (!mode) throw new Error('Slack is off')
    return createSlack({
      mode,
      url: config.SLACK_API_URL,
      admins: config.SLACK_ADMINS,
      app,
      installs: mode.kind === 'oauth' ? await openInstalls(config, database, deps.log) : undefined,
      notes: createLackingNotes(database.prisma, 'slack'),
      spendState: createSpendState(database.prisma, deps.clock),
      isFirst: createSeenDeliveries(database.pool, deps.clock),
      residents: (channel) => deps.store.teamsInChannel('slack', channel),
      claim: claimOf(deps, adopts),
      draw,
      clock: steady,
      wallClock: deps.clock,
      log: deps.log,
      metrics: deps.metrics,
    })
  },
}

const discord: Offer = {
  label: 'Discord',
  isOn: (config) => config.DISCORD_TOKEN !== undefined,
  said: (how) => `on, ${how}.`,
  whyOff: () => 'DISCORD_TOKEN is not set',
  async open({ config, database, deps, app, adopts, steady, draw, isOneOfMany, ended }) {
    const { createDiscord } = await import('../platforms/discord/index.js')
    const { singleProcessLocks } = await import('../platforms/discord/cluster-locks.js')
    const { createClusterLocks } = await import('../store/cluster-locks.js')
    const { createLackingNotes } = await import('../store/lacking-notes.js')
    return createDiscord({
      token: config.DISCORD_TOKEN ?? '',
      url: config.DISCORD_API_URL,
      app,
      claim: claimOf(deps, adopts),
      lastGuild: (user) => deps.store.lastWorkspace('discord', user),
      notes: createLackingNotes(database.prisma, 'discord'),
      locks: config.DATABASE_URL ? createClusterLocks(config.DATABASE_URL) : singleProcessLocks(),
      ...{ draw, isOneOfMany, ended },
      clock: steady,
      log: deps.log,
      metrics: deps.metrics,
    })
  },
}

/** The built page of the local web chat. */
export const PAGE = fileURLToPath(new URL('../../dist/page/', import.meta.url))
const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

const web: Offer = {
  label: 'Local web chat',
  isOn(config) {
    if (slack.isOn(config) || discord.isOn(config)) return false
    if (LOOPBACK.includes(config.HOST)) return true
    throw new UserError(
      `HOST is ${config.HOST}, but the local web chat has no login and listens on this machine only: set HOST to 127.0.0.1`,
    )
  },
  said: (how) => `on. ${how}.`,
  whyOff: (on) => `${on.join(' and ')} ${on.length > 1 ? 'are' : 'is'} on`,
  async open({ database, deps, app, draw }) {
    const { createWeb } = await import('../platforms/web/index.js')
    const { LOCAL_MEMBERS } = await import('../platforms/web/room.js')
    const { createMessageLog } = await import('../store/web-messages.js')
    const { ensureLocalTeam } = await import('./local-team.js')
    const { clock, log } = deps
    const messages = createMessageLog(database)
    const chat = createWeb({ app, messages, draw, members: LOCAL_MEMBERS, clock, log, assets: PAGE })
    return { ...chat, start: () => ensureLocalTeam(deps) }
  },
}

/** Sorted by the order in which they are opened and mentioned. */
export const PLATFORMS: readonly Offer[] = [slack, discord, web]

const claimOf =
  ({ store, log }: Deps, adopts: boolean) =>
  (claim: Claim) =>
    claimApplication(claim, { store, log, adopts })

/** Opens the storage for tokens of many workspaces. Throws a `UserError` if the key does not decrypt them. */
async function openInstalls(config: Config, database: Database, log: Log) {
  const { createInstalls } = await import('../store/installs.js')
  const { createTokenCipher } = await import('../store/token-cipher.js')
  const installs = createInstalls(database.prisma, 'slack', createTokenCipher(config.COHORT_SECRET_KEY ?? ''))
  const changed = await installs.rotate()
  if (changed > 0) log.info({ changed }, 'tokens sealed with the new key')
  return installs
}
