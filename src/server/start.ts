/** `start`: opens everything, says so in plain words, and runs until it is told to stop. */
import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { Hono } from 'hono'
import { type App, createApp } from '../bot/app.js'
import type { Deps, Log } from '../bot/deps.js'
import type { Chat } from '../bot/ports/chat.js'
import type { Picture } from '../bot/ui/card.js'
import { type Claim, claimApplication } from '../bot/workspace/application.js'
import type { Config } from '../config.js'
import { type Bank, createBank } from '../content/bank.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { aloneFleet } from '../platforms/discord/fleet.js'
import type { Discord } from '../platforms/discord/index.js'
import { within } from '../platforms/patience.js'
import type { Slack } from '../platforms/slack/index.js'
import { type Mode, slackMode } from '../platforms/slack/mode.js'
import { builtPage } from '../platforms/web/assets.js'
import { localHostOnly } from '../platforms/web/guard.js'
import { createWeb } from '../platforms/web/index.js'
import { listen } from '../platforms/web/listen.js'
import { LOCAL_MEMBERS } from '../platforms/web/room.js'
import { createSearch, searchTopic } from '../search/search.js'
import { createFleet } from '../store/fleet.js'
import { createInstalls } from '../store/installs.js'
import { createSpendState } from '../store/oauth-states.js'
import type { Database } from '../store/open.js'
import { createScopeNotes } from '../store/scope-notes.js'
import { createBox } from '../store/sealed.js'
import { createStore } from '../store/store.js'
import { createMessageLog } from '../store/web-messages.js'
import { startClocks } from './clocks.js'
import { goodReading, keepReading } from './content.js'
import { openMigrated } from './database.js'
import { ensureLocalTeam } from './local-team.js'
import { createMeter } from './metrics.js'
import { operations } from './operations.js'
import { sweep } from './sweep.js'

const TICK = '*/10 * * * * *'
/** When few are awake. */
const NIGHT = '41 3 * * *'
const BEAT = '*/3 * * * * *'
const PATROL = '0 7 * * * *'
/** Whatever is still in hand then is left to the leases of the database. */
const STOP_MS = 9500
const LOOPBACK = ['127.0.0.1', 'localhost', '::1']

export interface StartOptions {
  /** What is stored belongs from now on to the applications that are set. */
  readonly adoptApplication?: boolean
}

/** Gives the exit code, once it was told to stop and has stopped. */
export async function start(config: Config, io: Io, { adoptApplication: adopts = false }: StartOptions = {}): Promise<number> {
  const began = performance.now()
  const mode = platformsOf(config)
  await checkPort(config)
  const reading = await goodReading(config)
  const { bank } = reading
  io.out(`Content: ${bank.topics.length} topics and ${bank.questions.length} questions from ${config.CONTENT_DIR}.`)
  const log = createLog(config.LOG_LEVEL, io.log)
  io.catchStrays(log)
  const { database, applied } = await openMigrated(config, log, { onEnd: (error) => databaseEnded(error, io) })
  await keepReading(reading, config)
  const where = database.kind === 'embedded' ? `embedded, kept under ${config.COHORT_DATA_DIR}` : 'Postgres at DATABASE_URL'
  io.out(`Database: ${where}; ${applied.length === 0 ? 'up to date' : `${applied.length} migration(s) applied`}.`)
  const opened: Opened[] = []
  const { address, stop, slack, discord, web } = await run(config, mode, bank, database, { log, now: io.now, adopts }, opened).catch(
    async (error) => {
      // What is open would keep the process, and its shards from others.
      await Promise.allSettled(opened.map((one) => one.stop()))
      await database.close()
      throw error
    },
  )
  const told = io.stopSignal()
  io.out(slack ? `Slack: on, ${slack.how}.` : 'Slack: off, because neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set.')
  io.out(discord ? `Discord: on, ${discord.how}.` : 'Discord: off, because DISCORD_TOKEN is not set.')
  const on = [slack && 'Slack', discord && 'Discord'].filter(Boolean).join(' and ')
  const off = `Local web chat: off, because ${on} ${slack && discord ? 'are' : 'is'} on.`
  io.out(web ? `Local web chat: on. Open ${address} and answer the first question.` : off)
  io.out(`Ready in ${((performance.now() - began) / 1000).toFixed(1)} s. Stop with Ctrl+C.`)
  log.info({ signal: await told }, 'stopping')
  const code = await stopInTime(stop, log)
  io.exit(code)
  return code
}

interface Opened {
  stop(): Promise<void>
}

interface Outside {
  readonly log: Log
  readonly now: () => number
  readonly adopts: boolean
}

/** What has to be closed again, should a later part fail, goes into `opened`. */
async function run(config: Config, mode: Mode | undefined, read: Bank, database: Database, outside: Outside, opened: Opened[]) {
  const { log, now, adopts } = outside
  const store = createStore(database)
  const bank = createBank({ ...read, questions: await store.saveQuestions(read.questions) })
  const chats = new Map<string, Chat>()
  const search = createSearch(bank.topics.map(searchTopic))
  const stopping = new AbortController()
  const begun = now() - performance.now()
  const steady = () => begun + performance.now()
  const meter = createMeter({ clock: now, monotonic: () => performance.now() })
  const shared = { bank, search, store, stale: new Set<number>(), chats, clock: now, random: Math.random, log }
  const deps: Deps = { ...shared, metrics: meter, stop: stopping.signal }
  const app = createApp(deps)
  const messages = createMessageLog(database.pool)
  const isLocal = !mode && !config.DISCORD_TOKEN
  const web = isLocal
    ? createWeb({ app: () => app, messages, draw, members: LOCAL_MEMBERS, clock: now, log, assets: builtPage() })
    : undefined
  const claim = (one: Claim) => claimApplication(one, { store, log, adopts })
  const slack = mode && (await startSlack(config, mode, database, { deps, app: () => app, claim, steady }))
  if (slack) opened.push(slack)
  const discord = config.DISCORD_TOKEN
    ? await startDiscord(config, config.DISCORD_TOKEN, { deps, app: () => app, claim, steady })
    : undefined
  if (discord) opened.push(discord)
  for (const part of [web, slack, discord]) if (part) chats.set(part.chat.platform, part.chat)
  if (web) await ensureLocalTeam(deps)
  // A balancer sends no more to a process that is about to end.
  const states = () => ({
    ...(stopping.signal.aborted && { running: false }),
    ...(web && { web: true }),
    ...(slack && { slack: slack.works() }),
    ...(discord && { discord: discord.works() }),
  })
  const notes = async () => ({ slack_scopes: await slack?.lacks(), discord_permissions: discord?.lacks() })
  const routes = new Hono()
  // A page elsewhere can give this machine a name of its own; without the web chat, whoever asks may use any name.
  if (web) routes.use(localHostOnly)
  const asked = { store, pool: database.pool, meter, clock: now, platforms: [...chats.keys()], parts: states, notes }
  routes.route('/', operations(asked))
  if (web) routes.route('/', web.routes)
  const branches = slack?.listener ? [{ prefix: '/slack/', listener: slack.listener }] : []
  const door = await listen(routes, { host: config.HOST, port: config.PORT, log, branches })
  opened.push({ stop: door.close })
  await slack?.start()
  void checked(app.checkSlots(), log, 'slots not checked')
  void checked(app.tick(), log, TICK_FAILED)
  let sweeping = Promise.resolve()
  const sweepOnce = () => {
    const deps = { store, keepDays: config.COHORT_KEEP_DAYS, clock: now, log, deleted: meter.deleted, stop: stopping.signal }
    sweeping = checked(sweep(deps), log, 'old rows not deleted, tried again tomorrow')
    return sweeping
  }
  // A machine that is off at night does it when it is on.
  void sweepOnce()
  // Nothing is deleted while the platforms cannot be asked whether it is back.
  const patrol = async () => {
    await slack?.patrol()
    await discord?.patrol()
    await app.presence.purge()
  }
  void checked(patrol(), log, PATROL_FAILED)
  const clocks = startClocks(
    [
      // A tick that is still at work holds no other up: `app.tick` begins what is not running.
      { line: TICK, run: async () => void checked(app.tick(), log, TICK_FAILED) },
      { line: NIGHT, run: sweepOnce, isFinal: true },
      { line: BEAT, run: () => checked(discord?.beat(), log, 'discord shards not looked after') },
      { line: PATROL, run: () => checked(patrol(), log, PATROL_FAILED) },
    ],
    log,
  )
  const stop = async () => {
    stopping.abort()
    await clocks.stop()
    // People are served until others can do it; no round is taken any more. What cannot be stopped well holds up nothing else.
    await ended([app.settled(), sweeping, slack?.stop(), discord?.stop()], log)
    await ended([door.close(), slack?.settled(), discord?.settled()], log)
    await store.close()
  }
  return { address: door.address, stop, slack, discord, web }
}

/** Fonts and renderer are read from disk with the first picture. */
async function draw(picture: Picture): Promise<Uint8Array> {
  const pictures = await import('../pictures/draw.js')
  return pictures.draw(picture)
}

interface PlatformDeps {
  readonly deps: Deps
  readonly app: () => App
  readonly claim: (claim: Claim) => Promise<void>
  /** The time of the start, and what has passed since: it never jumps, as the clock of a machine may. */
  readonly steady: () => number
}

/** A platform is read from disk only when it is on. */
async function startSlack(config: Config, mode: Mode, database: Database, { deps, app, claim, steady }: PlatformDeps): Promise<Slack> {
  const { createSlack } = await import('../platforms/slack/index.js')
  return createSlack({
    mode,
    url: config.SLACK_API_URL,
    app,
    installs: mode.kind === 'oauth' ? await openInstalls(config, database, deps.log) : undefined,
    notes: createScopeNotes(database.pool, 'slack'),
    spendState: createSpendState(database.pool),
    claim,
    draw,
    clock: steady,
    wallClock: deps.clock,
    log: deps.log,
    metrics: deps.metrics,
  })
}

async function startDiscord(config: Config, token: string, { deps, app, claim, steady }: PlatformDeps): Promise<Discord> {
  const { createDiscord } = await import('../platforms/discord/index.js')
  return createDiscord({
    token,
    url: config.DISCORD_API_URL,
    app,
    claim,
    lastGuild: (user) => deps.store.lastWorkspace('discord', user),
    fleet: config.DATABASE_URL ? createFleet(config.DATABASE_URL) : aloneFleet(),
    draw,
    clock: steady,
    log: deps.log,
    metrics: deps.metrics,
  })
}

/** Where the tokens of many workspaces are. Throws `UserError` when the key is not theirs. */
async function openInstalls(config: Config, database: Database, log: Log) {
  const installs = createInstalls(database.pool, 'slack', createBox(config.COHORT_SECRET_KEY ?? ''))
  const changed = await installs.reseal()
  if (changed > 0) log.info({ changed }, 'tokens sealed with the new key')
  return installs
}

/** How Slack is connected, if it is. What must not run stops the start. */
function platformsOf(config: Config): Mode | undefined {
  const mode = slackMode(config)
  if (!mode && !config.DISCORD_TOKEN && !LOOPBACK.includes(config.HOST)) {
    throw new UserError(
      `HOST is ${config.HOST}, but the local web chat has no login and listens on this machine only: set HOST to 127.0.0.1`,
    )
  }
  return mode
}

/** Before the database is touched, so that a port in use changes nothing. */
function checkPort(config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on (${error.code})`
      reject(new UserError(`PORT ${config.PORT} on ${config.HOST} ${why}; set PORT to another number`))
    })
    probe.listen(config.PORT, config.HOST, () => probe.close(() => resolve()))
  })
}

async function ended(parts: readonly (Promise<void> | undefined)[], log: Log): Promise<void> {
  for (const part of await Promise.allSettled(parts))
    if (part.status === 'rejected') log.error({ error: part.reason }, 'not stopped cleanly')
}

const PATROL_FAILED = 'workspaces not looked after, tried again in an hour'
const TICK_FAILED = 'tick failed, tried again with the next one'

async function checked(work: Promise<unknown> | undefined, log: Log, message: string): Promise<void> {
  await work?.catch((error) => log.error({ error }, message))
}

/** Time for those who wait to be told. */
const LAST_ANSWERS_MS = 1000

/** Whoever watches over the process starts it again; it cannot mend this by itself. */
function databaseEnded(error: Error, io: Io): void {
  io.err(
    `cohort: the embedded database has ended: ${error.message}. Nothing that was acknowledged is lost. Cohort ends too; start it again, with room on the disk.`,
  )
  setTimeout(() => io.exit(1), LAST_ANSWERS_MS)
}

/** Gives the exit code. */
async function stopInTime(stop: () => Promise<void>, log: Log): Promise<number> {
  try {
    const done = await within(
      STOP_MS,
      stop().then(() => true),
    )
    if (!done) log.warn({}, 'stopped with work in hand, which is taken up again when its lease ends')
    return 0
  } catch (error) {
    log.error({ error }, 'not stopped cleanly')
    return 1
  }
}
