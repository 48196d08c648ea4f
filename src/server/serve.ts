/** Puts the parts of the bot together, and serves until it is told to stop. */
import { setImmediate } from 'node:timers/promises'
import { Hono } from 'hono'
import { createApp } from '../bot/app.js'
import type { Deps, Log } from '../bot/deps.js'
import type { Chat } from '../bot/ports/chat.js'
import type { Packs } from '../bot/ports/packs.js'
import type { Config } from '../config.js'
import { packsFolder } from '../content/data-packs.js'
import { madeDrafts } from '../content/drafts/waiting.js'
import { readInWorker } from '../content/read-in-worker.js'
import { createDrawer } from '../pictures/draw-apart.js'
import type { Platform } from '../platforms/platform.js'
import { listen } from '../platforms/web/listen.js'
import type { Database } from '../store/open.js'
import { createStore } from '../store/store.js'
import { type Packages, savedPacks } from './content.js'
import { watchEditions } from './editions.js'
import { regradeUpdated } from './key-changes.js'
import { createMeter } from './metrics.js'
import { operations } from './operations.js'
import type { Offer } from './platforms.js'
import { createQuestionFiles } from './question-files.js'
import { checked, startRoutine } from './routine.js'

/** A part that keeps the process alive, and must be closed again if a later one fails. */
export interface Opened {
  stop(): Promise<void>
}

interface Outside {
  readonly log: Log
  readonly now: () => number
  readonly adopts: boolean
}

/** Adds each part to `opened` as soon as it is. */
export async function serve(
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
    ...{ config, database, deps, app: () => app, adopts, steady, draw: createDrawer() },
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

/**
 * Prepares the index in parts, so that a look-up in the first second waits for one part, and the start for
 * none.
 */
async function prepareSearches({ all }: Packs, stop: AbortSignal): Promise<void> {
  await setImmediate()
  for (const prepare of all.flatMap(({ search }) => search.preparations)) {
    await setImmediate()
    if (stop.aborted) return
    prepare()
  }
}

async function ended(parts: readonly (Promise<void> | undefined)[], log: Log): Promise<void> {
  for (const part of await Promise.allSettled(parts))
    if (part.status === 'rejected') log.error({ error: part.reason }, 'not stopped cleanly')
}
