/** The embedded Postgres: in this process, in a folder, on one connection. */
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { PACKS } from '../content/data-packs.js'
import { UserError } from '../core/errors.js'
import { lockFolder } from './lock.js'
import { CACHE, closeTree, privateFolder, withoutOthers } from './private-folder.js'
import { watch } from './watch.js'

interface Folder {
  readonly dataDir: string
  /** A dump of a database, kept in memory only; for tests. */
  readonly dump?: Blob | undefined
  /** Reads a dump of a new database, from which a new folder is made in a fraction of the time. */
  readonly fresh?: (() => Blob | undefined) | undefined
  /** Called when it has ended and will not answer again in this process. */
  readonly onEnd?: ((error: Error) => void) | undefined
}

export async function embeddedPool({ dataDir, dump, fresh, onEnd }: Folder) {
  const { PGlite } = await import('@electric-sql/pglite')
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  const { lite, release } = dump
    ? { lite: await PGlite.create({ loadDataDir: dump }), release: async () => {} }
    : await lockedFolder(dataDir, fresh)
  // Nothing gathers statistics here. Without them the planner would read and sort all of a long history to
  // read its end.
  await lite.exec('set enable_bitmapscan = off')
  const watched = watch(lite, dataDir, onEnd)
  const config = createPgConfig(watched.lite as PGlite)
  const parse = config.connection.parse.bind(config.connection)
  // pg passes its parsers as `types`, which this driver takes for a list of type ids.
  config.connection.parse = (query: { types?: unknown }) =>
    parse({ ...query, types: Array.isArray(query.types) ? query.types : undefined })
  const pool = keepConnection(
    new pg.Pool({ ...config, max: 1, idleTimeoutMillis: 0 } as unknown as pg.PoolConfig),
  )
  return {
    pool,
    async ping() {
      watched.check()
      await pool.query('SELECT 1')
    },
    async stop() {
      await lite.close()
      await release()
    },
  }
}

/**
 * A pool drops a connection after any error of a statement. All connections here are one and the same, so an
 * answer that the dropped one still waited for would arrive at the next as the answer to something else.
 */
function keepConnection(pool: pg.Pool): pg.Pool {
  const query = async (...statement: Parameters<pg.PoolClient['query']>) => {
    const client = await pool.connect()
    try {
      return await client.query(...statement)
    } finally {
      client.release()
    }
  }
  return Object.assign(pool, { query })
}

async function lockedFolder(dataDir: string, fresh: Folder['fresh']) {
  const remedy = (error: unknown) =>
    new UserError(
      `the data folder ${path.resolve(dataDir)} cannot be used: ${reason(error)}; make room on its disk, set COHORT_DATA_DIR to another folder that Cohort may write, or restore this one`,
    )
  try {
    privateFolder(dataDir, [PG, MAKING, CACHE, PACKS])
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    throw remedy(error)
  }
  const release = await lockFolder(dataDir)
  try {
    return { lite: await openFolder(dataDir, fresh), release }
  } catch (error) {
    await release()
    throw remedy(error)
  }
}

/** PGlite's file system throws no `Error`, only a number as in C. */
const NO_ROOM = 51

function reason(error: unknown): string {
  if (error instanceof Error) return error.message
  const errno = typeof error === 'object' && error !== null && 'errno' in error ? error.errno : undefined
  return errno === NO_ROOM
    ? 'there is no room left on the disk'
    : `its files cannot be written or read (${errno ?? error})`
}

const [PG, MAKING] = ['pg', 'pg.making']
export const pgFolder = (dataDir: string): string => path.join(dataDir, PG)

/**
 * A new folder is made under another name first, so that a half-made one is never mistaken for a complete
 * one.
 */
async function openFolder(dataDir: string, fresh: Folder['fresh']) {
  const folder = pgFolder(dataDir)
  if (!existsSync(folder)) {
    const making = path.join(dataDir, MAKING)
    rmSync(making, { recursive: true, force: true })
    const dump = fresh?.()
    if (dump) await unpack(dump, making)
    else await (await openPrivate(making)).close()
    renameSync(making, folder)
  }
  closeTree(folder)
  return openPrivate(folder)
}

/**
 * PGlite could do it itself, but only in a database that would then have to be opened a second time under its
 * own name. All at once, in a third of the time that a thousand small files take one after the other.
 */
async function unpack(dump: Blob, folder: string): Promise<void> {
  const { unpackTar } = await import('modern-tar')
  mkdirSync(folder, { mode: 0o700 })
  for (const { header, data } of await unpackTar(gunzipSync(await dump.arrayBuffer()))) {
    const file = path.join(folder, header.name)
    if (header.type === 'directory') mkdirSync(file, { recursive: true, mode: 0o700 })
    else writeFileSync(file, data ?? '', { mode: 0o600 })
  }
}

async function openPrivate(folder: string) {
  const { PGlite } = await import('@electric-sql/pglite')
  const { NodeFS } = await import('@electric-sql/pglite/nodefs')
  class PrivateFS extends NodeFS {
    override async init(...[lite, given]: Parameters<InstanceType<typeof NodeFS>['init']>) {
      const close = ({ NODEFS }: { NODEFS: unknown }) =>
        withoutOthers(NODEFS as Parameters<typeof withoutOthers>[0])
      return super.init(lite, { ...given, preRun: [...(given.preRun ?? []), close] })
    }
  }
  return PGlite.create({ fs: new PrivateFS(folder) })
}
