// The embedded databases that a first start begins with, in a tenth of the time that it would take to make them:
// one that is empty, with all migrations applied, and one that holds the questions of the shipped content, too.
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGzip } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'
import { packTar } from 'modern-tar/fs'

const FILE = 'dist/migrated-database.tar.gz'
const MIGRATIONS = 'prisma/migrations'

/**
 * Made when the tables, PGlite or this file have changed since. `migrate`: the one of `store/migrate`. Returns the name
 * of the dump, which is a gzipped tar.
 */
export async function makeEmptyDatabase(migrate) {
  const tables = readdirSync(MIGRATIONS, { recursive: true }).map((name) => `${MIGRATIONS}/${name}`)
  const newest = Math.max(
    ...[
      'node_modules/@electric-sql/pglite/package.json',
      fileURLToPath(import.meta.url),
      MIGRATIONS,
      ...tables,
    ].map(changed),
  )
  if (existsSync(FILE) && changed(FILE) > newest) return FILE
  await make(FILE, undefined, async (lite) => {
    await migrate(poolOf(lite), MIGRATIONS)
    // A third of the files, which each first start would unpack: new databases are made of template1.
    await lite.exec("update pg_database set datistemplate = false where datname = 'template0'")
    await lite.exec('drop database template0')
  })
  return FILE
}

/**
 * Made from the empty one, which must be there, and named by the `key` of the content whose questions `save` writes
 * to a pool; those of other content are removed.
 */
export async function makeFilledDatabase(key, save) {
  const file = filledDatabase(key)
  if (existsSync(file) && changed(file) > changed(FILE)) return
  for (const name of readdirSync('dist')) if (name.startsWith(FILLED)) rmSync(path.join('dist', name))
  const empty = new Blob([readFileSync(FILE)], { type: 'application/x-gzip' })
  await make(file, empty, (lite) => save(poolOf(lite)))
}

const FILLED = 'filled-database-'
const filledDatabase = (key) => `dist/${FILLED}${key.slice(0, 16)}.tar.gz`

/** A dump of a database that was closed, since one that is open is repaired at each first start. */
async function make(file, loadDataDir, fill) {
  const folder = mkdtempSync(path.join(tmpdir(), 'cohort-database-'))
  try {
    const dataDir = path.join(folder, 'pg')
    const lite = await PGlite.create({ dataDir, loadDataDir })
    await fill(lite)
    await lite.close()
    // Another one may be made or read at the same time.
    const making = `${file}.${process.pid}`
    mkdirSync('dist', { recursive: true })
    // PGlite finds no file in a dump whose names do not begin with a slash.
    const tar = packTar(dataDir, {
      map: (header) => ({ ...header, name: `/${header.name}` }),
      filter: (name, stat) => !(stat.isFile() && isSpare(name)),
    })
    await pipeline(tar, createGzip(), createWriteStream(making))
    renameSync(making, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether it is a part of the log that nothing was written to yet: 16 MB, which Postgres makes when it needs them. */
const isSpare = (name) => name.includes('pg_wal') && readFileSync(name).every((byte) => byte === 0)

const changed = (file) => statSync(file).mtimeMs

/** As much of a pool of `pg` as migrations and questions need. */
function poolOf(lite) {
  const query = async (given, more) => {
    const { text, values = more } = typeof given === 'string' ? { text: given } : given
    return values ? lite.query(text, values) : (await lite.exec(text)).at(-1)
  }
  return { query, connect: async () => ({ query, release() {} }) }
}
