// The embedded databases that a first start copies, in a tenth of the time that it would take to make them: one that
// is empty, with all migrations applied, and one that holds the questions of the shipped content, too.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'

const FOLDER = 'dist/empty-database'
const MIGRATIONS = 'prisma/migrations'

/**
 * Made when the tables, PGlite or this file have changed since. `migrate`: the one of `store/migrate`. Returns its
 * folder.
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
  if (existsSync(FOLDER) && changed(FOLDER) > newest) return FOLDER
  await make(FOLDER, undefined, async (lite) => {
    await migrate(poolOf(lite), MIGRATIONS)
    // Two thirds of the files, which each first start would copy: nobody makes a second database in there.
    await lite.exec("update pg_database set datistemplate = false where datname like 'template_'")
    await lite.exec('drop database template0')
    await lite.exec('drop database template1')
  })
  return FOLDER
}

/**
 * Made from the empty one, which must be there, and named by the `key` of the content whose questions `save` writes
 * to a pool; those of other content are removed.
 */
export async function makeFilledDatabase(key, save) {
  const folder = `dist/${FILLED}${key.slice(0, 16)}`
  if (existsSync(folder) && changed(folder) > changed(FOLDER)) return
  for (const name of readdirSync('dist'))
    if (name.startsWith(FILLED)) rmSync(path.join('dist', name), { recursive: true })
  await make(folder, FOLDER, (lite) => save(poolOf(lite)))
}

const FILLED = 'filled-database-'

/** A database that was closed, since one that is open is repaired at each first start. */
async function make(folder, from, fill) {
  mkdirSync('dist', { recursive: true })
  // Another one may be made or read at the same time.
  const making = mkdtempSync(path.join('dist', 'making-'))
  try {
    if (from) cpSync(from, making, { recursive: true })
    const lite = await PGlite.create(making)
    await fill(lite)
    await lite.close()
    for (const name of readdirSync(path.join(making, LOG)))
      if (isSpare(path.join(making, LOG, name))) rmSync(path.join(making, LOG, name))
    // Whoever runs the bot must be able to read what somebody else has built.
    for (const name of ['', ...readdirSync(making, { recursive: true })]) {
      const file = path.join(making, name)
      chmodSync(file, statSync(file).isDirectory() ? 0o755 : 0o644)
    }
    const old = `${making}-old`
    if (existsSync(folder)) renameSync(folder, old)
    renameSync(making, folder)
    rmSync(old, { recursive: true, force: true })
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
}

const LOG = 'pg_wal'
/** Whether it is a part of the log that nothing was written to yet: 16 MB, which Postgres makes when it needs them. */
const isSpare = (file) => statSync(file).isFile() && readFileSync(file).every((byte) => byte === 0)

const changed = (file) => statSync(file).mtimeMs

/** As much of a pool of `pg` as migrations and questions need. */
function poolOf(lite) {
  const query = async (given, more) => {
    const { text, values = more } = typeof given === 'string' ? { text: given } : given
    return values ? lite.query(text, values) : (await lite.exec(text)).at(-1)
  }
  return { query, connect: async () => ({ query, release() {} }) }
}
