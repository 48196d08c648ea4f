/** `start`: opens everything, says so in plain words, and runs until it is told to stop. */
import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { Hono } from 'hono'
import cron from 'node-cron'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { type App, createApp, type Deps, type Log } from '../bot/app.js'
import type { Chat } from '../bot/chat.js'
import { planOutOfTurn, postDue } from '../bot/daily.js'
import { DEFAULT_SCHEDULE } from '../bot/setup.js'
import type { Store } from '../bot/store.js'
import type { Config } from '../config.js'
import { UserError } from '../core/errors.js'
import { nextSlot } from '../core/schedule.js'
import { createSearch, searchTopic } from '../core/search.js'
import { createLog } from '../log.js'
import { draw } from '../pictures/draw.js'
import { builtPage } from '../platforms/web/assets.js'
import { createWeb } from '../platforms/web/index.js'
import { listen } from '../platforms/web/listen.js'
import { CHANNEL, LOCAL_MEMBERS, PLATFORM, WORKSPACE } from '../platforms/web/room.js'
import { createStore } from '../store/store.js'
import { createMessageLog } from '../store/web-messages.js'
import { goodContent } from './content.js'
import { openMigrated } from './database.js'

const TICK = '*/10 * * * * *'

export async function start(config: Config): Promise<void> {
  const began = performance.now()
  const log = createLog(config.LOG_LEVEL)
  const say = (line: string) => console.log(line)
  checkPlatforms(config)
  await checkPort(config)
  const bank = await goodContent(config.CONTENT_DIR)
  say(`Content: ${bank.topics.length} topics and ${bank.questions.length} questions from ${config.CONTENT_DIR}.`)
  const { database, applied } = await openMigrated(config, log)
  const where = database.kind === 'embedded' ? `embedded, kept under ${config.COHORT_DATA_DIR}` : 'Postgres at DATABASE_URL'
  say(`Database: ${where}; ${applied.length === 0 ? 'up to date' : `${applied.length} migration(s) applied`}.`)
  const store = createStore(database)
  await store.saveQuestions(bank.questions)
  const chats = new Map<string, Chat>()
  const search = createSearch(bank.topics.map(searchTopic))
  const deps: Deps = { bank, search, store, stale: new Set(), chats, clock: Date.now, random: Math.random, log }
  const app = createApp(deps)
  const web = createWeb({
    app: () => app,
    messages: createMessageLog(database.pool),
    draw,
    members: LOCAL_MEMBERS,
    clock: Date.now,
    log,
    assets: builtPage(),
  })
  chats.set(PLATFORM, web.chat)
  await welcomeLocalTeam(deps)
  const routes = new Hono().route('/', operations(store)).route('/', web.routes)
  const door = await listen(routes, config.HOST, config.PORT)
  const clock = cron.schedule(TICK, () => tick(app, log), { noOverlap: true })
  await tick(app, log)
  say('Slack: off, because SLACK_BOT_TOKEN is not set. Discord: off, because DISCORD_TOKEN is not set.')
  say(`Local web chat: on. Open ${door.address} and answer the first question.`)
  say(`Ready in ${((performance.now() - began) / 1000).toFixed(1)} s. Stop with Ctrl+C.`)
  stopOnSignal(async () => {
    await clock.stop()
    await door.close()
    await store.close()
  }, log)
}

/** What is set but cannot run yet, or must not run, stops the start. */
function checkPlatforms(config: Config): void {
  if (!['127.0.0.1', 'localhost', '::1'].includes(config.HOST)) {
    throw new UserError(`HOST is ${config.HOST}, but the local web chat has no login and listens on this machine only: set HOST to 127.0.0.1`)
  }
  if (config.SLACK_BOT_TOKEN || config.SLACK_APP_TOKEN) throw new UserError('SLACK_BOT_TOKEN is set, but this version does not run on Slack yet; unset it')
  if (config.DISCORD_TOKEN) throw new UserError('DISCORD_TOKEN is set, but this version does not run on Discord yet; unset it')
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

/** A first visit finds a team that studies, with a question to answer. */
async function welcomeLocalTeam(deps: Deps): Promise<void> {
  const place = { platform: PLATFORM, workspace: WORKSPACE, channel: CHANNEL }
  const pack = deps.bank.packs[0]
  if (!pack || (await deps.store.teamIn(place))) return
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const schedule = { ...DEFAULT_SCHEDULE, days: [1, 2, 3, 4, 5, 6, 7], zone, name: 'Local team', pack: pack.id, admin: LOCAL_MEMBERS[0]?.id ?? '' }
  const now = deps.clock()
  const team = await deps.store.saveTeam({ ...place, ...schedule, nextPostAt: nextSlot(schedule, now) })
  await deps.store.planNow(team.id, (due) => planOutOfTurn(due, now, deps))
  await postDue(deps)
}

async function tick(app: App, log: Log): Promise<void> {
  try {
    await app.tick()
  } catch (error) {
    log.error({ error }, 'tick failed, tried again with the next one')
  }
}

/** `/healthz` and `/metrics`, which answer to any host name. */
function operations(store: Store): Hono {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'cohort_' })
  const checks = new Counter({ name: 'cohort_health_checks_total', help: 'Health checks by result', labelNames: ['result'], registers: [registry] })
  const healthy = new Gauge({ name: 'cohort_database_up', help: '1 while the database answers', registers: [registry] })
  const routes = new Hono()
  routes.get('/healthz', async (c) => {
    const database = await store.ping().then(
      () => true,
      () => false,
    )
    checks.inc({ result: database ? 'ok' : 'failed' })
    healthy.set(database ? 1 : 0)
    return database ? c.json({ status: 'ok', database: 'ok', web: 'ok' }) : c.json({ status: 'failed', failed: ['database'] }, 503)
  })
  routes.get('/metrics', async (c) => c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType }))
  return routes
}

function stopOnSignal(stop: () => Promise<void>, log: Log): void {
  let stopping = false
  const end = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', () => end('SIGINT'))
  process.on('SIGTERM', () => end('SIGTERM'))
}
