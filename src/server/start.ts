/** `start`: opens everything, reports it in plain words, and runs until it is stopped. */

import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setImmediate } from 'node:timers/promises'
import { Hono } from 'hono'
import { createApp } from '../bot/app.js'
import type { Deps, Log } from '../bot/deps.js'
import type { Chat } from '../bot/ports/chat.js'
import type { Packs } from '../bot/ports/packs.js'
import type { Picture } from '../bot/ui/card.js'
import type { Config } from '../config.js'
import { packsFolder } from '../content/data-packs.js'
import { madeDrafts } from '../content/drafts/waiting.js'
import { readInWorker } from '../content/read-in-worker.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { createDrawer } from '../pictures/draw-apart.js'
import type { Platform } from '../platforms/platform.js'
import { withTimeout } from '../platforms/timeout.js'
import { listen } from '../platforms/web/listen.js'
import type { Database } from '../store/open.js'
import { createStore } from '../store/store.js'
import { contentLines, goodReading, keepReading, type Packages, savedPacks } from './content.js'
import { openMigrated } from './database.js'
import { watchEditions } from './editions.js'
import { regradeUpdated } from './key-changes.js'
import { createMeter } from './metrics.js'
import { operations } from './operations.js'
import { type Offer, PLATFORMS } from './platforms.js'
import { createQuestionFiles } from './question-files.js'
import { checked, startRoutine } from './routine.js'

/** Work that is still in progress after this time is left to the leases of the database. */
const STOP_MS = 9500

export interface StartOptions {
  /** If true, stored data belongs to the configured applications from now on. */
  readonly adoptApplication?: boolean
}

/** Resolves with the exit code after a signal has stopped it. */
export async function start(
  config: Config,
  io: Io,
  { adoptApplication: adopts = false }: StartOptions = {},
): Promise<number> {
  const began = performance.now()
  const offers = PLATFORMS.filter((one) => one.isOn(config))
  await checkPort(config)
  const reading = await goodReading(config)
  for (const line of contentLines(reading, config)) io.out(line)
  const log = createLog(config.LOG_LEVEL, io.log)
  io.catchStrays(log)
  const { database, applied } = await openMigrated(config, log, {
    onEnd: (error) => databaseEnded(error, io),
    content: reading.key,
  })
  await keepReading(reading)
  const where =
    database.kind === 'embedded'
      ? `embedded, kept under ${config.COHORT_DATA_DIR}`
      : 'Postgres at DATABASE_URL'
  io.out(
    `Database: ${where}; ${applied.length === 0 ? 'up to date' : `${applied.length} migration(s) applied`}.`,
  )
  const opened: Opened[] = []
  const { address, stop, on, closed } = await run(
    config,
    offers,
    reading,
    database,
    { log, now: io.now, adopts },
    opened,
  ).catch(async (error) => {
    // Parts left open would keep the process alive, and withhold its shards from others.
    await Promise.allSettled(opened.map((one) => one.stop()))
    await database.close()
    throw error
  })
  const told = io.stopSignal()
  const labels = [...on.keys()].map(({ label }) => label)
  for (const offer of PLATFORMS) {
    const platform = on.get(offer)
    io.out(
      `${offer.label}: ${platform ? offer.said(platform.how(address)) : `off, because ${offer.whyOff(labels)}.`}`,
    )
  }
  io.out(`Ready in ${((performance.now() - began) / 1000).toFixed(1)} s. Stop with Ctrl+C.`)
  const why = await Promise.race([told.then(() => undefined), closed])
  if (why === undefined) log.info({ signal: await told }, 'stopping')
  else io.err(`cohort: ${why}. No other platform is on, so Cohort ends.`)
  const code = await stopInTime(stop, log)
  const last = why === undefined ? code : 1
  io.exit(last)
  return last
}

interface Opened {
  stop(): Promise<void>
}

interface Outside {
  readonly log: Log
  readonly now: () => number
  readonly adopts: boolean
}

/** Adds to `opened` every part that must be closed again if a later one fails. */
async function run(
  config: Config,
  offers: readonly Offer[],
  read: Packages,
  database: Database,
  outside: Outside,
  opened: Opened[],
) {
  const { log, now, adopts } = outside
  const store = createStore(database)
  const { packs, questions } = await savedPacks(read.banks, store)
  const chats = new Map<string, Chat>()
  const stopping = new AbortController()
  const begun = now() - performance.now()
  const steady = () => begun + performance.now()
  const meter = createMeter({ clock: now, monotonic: () => performance.now() })
  const deps = {
    packs,
    questions,
    files: createQuestionFiles(readInWorker),
    drafts: await madeDrafts([config.CONTENT_DIR, packsFolder(config.COHORT_DATA_DIR)]),
    store,
    countsToRedraw: new Set<number>(),
    chats,
    clock: now,
    random: Math.random,
    log,
    metrics: meter,
    stop: stopping.signal,
  } satisfies Deps
  const app = createApp(deps)
  const [closed, close] = whenClosed(offers)
  const common = {
    ...{ config, database, deps, app: () => app, adopts, steady, draw: createDrawer(drawHere) },
    ...{ isOneOfMany: offers.length > 1, ended: close },
  }
  const on = new Map<Offer, Platform>()
  for (const offer of offers) {
    const platform = await offer.open(common)
    on.set(offer, platform)
    opened.push(platform)
    chats.set(platform.chat.platform, platform.chat)
  }
  const platforms = [...on.values()]
  // A load balancer must send nothing more to a process that is about to end.
  const states = () => ({
    ...(stopping.signal.aborted && { running: false }),
    ...Object.fromEntries(platforms.map((one) => [one.chat.platform, one.works()])),
  })
  const editions = watchEditions(packs, read.broken, { store, log })
  const notes = async () =>
    Object.assign({ packs: editions.note() }, ...(await Promise.all(platforms.map((one) => one.lacks()))))
  const routes = routesOf(
    platforms,
    operations({
      ...{ store, pool: database.pool, meter, clock: now, platforms: [...chats.keys()] },
      ...{ parts: states, notes, packCounts: editions.counts },
    }),
  )
  const branches = platforms.flatMap(({ branch }) => branch ?? [])
  const door = await listen(routes, { host: config.HOST, port: config.PORT, log, branches })
  opened.push({ stop: door.close })
  for (const one of platforms) await one.start()
  // This must come last: a start that fails must change nothing for the other processes.
  await editions.start()
  const regraded = checked(
    regradeUpdated(config, editions.others(), deps),
    log,
    'keys of updated packs not corrected',
  )
  const prepared = checked(prepareSearches(packs, stopping.signal), log, 'look-up not prepared')
  const routine = startRoutine({ app, deps, platforms, editions, meter, keepDays: config.COHORT_KEEP_DAYS })
  const stop = async () => {
    stopping.abort()
    await routine.stop()
    const released = checked(editions.release(), log, 'packs not given back, others wait three minutes')
    // People are served until other processes can take over, but no further round is taken. A part that does
    // not stop well must not stall the others.
    await ended(
      [app.settled(), released, regraded, prepared, routine.settled(), ...platforms.map((one) => one.stop())],
      log,
    )
    await ended([door.close(), ...platforms.map((one) => one.settled())], log)
    await store.close()
  }
  return { address: door.address, stop, on, closed }
}

/**
 * Resolves with the reason once no platform will ever send events to this process again; also returns the
 * function for a platform that closes.
 */
function whenClosed(offers: readonly Offer[]): [Promise<string>, (why: string) => void] {
  let close = (_why: string) => {}
  const closed = new Promise<string>((resolve) => {
    close = (why) => {
      if (offers.length === 1) resolve(why)
    }
  })
  return [closed, close]
}

/** Returns all routes of the one port. */
function routesOf(platforms: readonly Platform[], own: Hono): Hono {
  const routes = new Hono()
  for (const { guard } of platforms) if (guard) routes.use(guard)
  routes.route('/', own)
  for (const one of platforms) if (one.routes) routes.route('/', one.routes)
  return routes
}

/** Fonts and renderer are loaded from disk with the first picture. */
async function drawHere(picture: Picture): Promise<Uint8Array> {
  const pictures = await import('../pictures/draw.js')
  return pictures.draw(picture)
}

/**
 * Prepares the index in parts, so that a look-up in the first second waits for one part, and the start for
 * none.
 */
async function prepareSearches({ all }: Packs, stop: AbortSignal): Promise<void> {
  for (const prepare of all.flatMap(({ search }) => search.preparations)) {
    await setImmediate()
    if (stop.aborted) return
    prepare()
  }
}

/** Checks before the database is touched, so that a port in use changes nothing. */
function checkPort(config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be listened on (${error.code})`
      reject(new UserError(`PORT ${config.PORT} on ${config.HOST} ${why}; set PORT to another number`))
    })
    probe.listen(config.PORT, config.HOST, () => probe.close(() => resolve()))
  })
}

async function ended(parts: readonly (Promise<void> | undefined)[], log: Log): Promise<void> {
  for (const part of await Promise.allSettled(parts))
    if (part.status === 'rejected') log.error({ error: part.reason }, 'not stopped cleanly')
}

/** How long waiting people may still get their answers. */
const LAST_ANSWERS_MS = 1000

/** Ends the process, which cannot fix this itself, so that its supervisor starts it again. */
function databaseEnded(error: Error, io: Io): void {
  io.err(
    `cohort: the embedded database has ended: ${error.message}. Nothing that was acknowledged is lost. Cohort ends too; start it again, with room on the disk.`,
  )
  setTimeout(() => io.exit(1), LAST_ANSWERS_MS)
}

/** Returns the exit code. */
async function stopInTime(stop: () => Promise<void>, log: Log): Promise<number> {
  try {
    const done = await withTimeout(
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
