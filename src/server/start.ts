/** `start`: opens everything, reports it in plain words, and runs until it is stopped. */

import { createServer } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { Log } from '../bot/deps.js'
import type { Config } from '../config.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { withTimeout } from '../platforms/timeout.js'
import { contentLines, goodReading, keepReading } from './content.js'
import { openMigrated } from './database.js'
import { PLATFORMS } from './platforms.js'
import type { Opened } from './serve.js'

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
  const log = createLog(config.LOG_LEVEL, io.log)
  // The database opens while the content is read and the program is loaded.
  const read = readAndTell(config, io)
  const opening = openMigrated(config, log, {
    onEnd: (error) => databaseEnded(error, io),
    content: read.then(({ key }) => key),
  }).catch(async (error) => {
    // What is wrong with the content is told first.
    await read
    throw error
  })
  const [loaded, { database, applied }] = await Promise.all([import('./serve.js'), opening])
  const reading = await read
  io.catchStrays(log)
  await keepReading(reading)
  const where =
    database.kind === 'embedded'
      ? `embedded, kept under ${config.COHORT_DATA_DIR}`
      : 'Postgres at DATABASE_URL'
  io.out(
    `Database: ${where}; ${applied.length === 0 ? 'up to date' : `${applied.length} migration(s) applied`}.`,
  )
  const opened: Opened[] = []
  const { address, stop, on, closed } = await loaded
    .serve(config, offers, reading, database, { log, now: io.now, adopts }, opened)
    .catch(async (error) => {
      // Parts left open would keep the process alive, and withhold its shards from others.
      await Promise.allSettled(opened.map((one) => one.stop()))
      await database.close().catch(() => {})
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

/** Throws a `UserError` for content that cannot be served. */
async function readAndTell(config: Config, io: Io) {
  const reading = await goodReading(config)
  for (const line of contentLines(reading, config)) io.out(line)
  return reading
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
