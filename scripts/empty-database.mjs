// The embedded database that a first start begins with: empty, with all migrations applied, in a tenth of the
// time that they take.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'

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
  const lite = await PGlite.create()
  await migrate(poolOf(lite), MIGRATIONS)
  // A third of the files, which each first start would unpack: new databases are made of template1.
  await lite.exec("update pg_database set datistemplate = false where datname = 'template0'")
  await lite.exec('drop database template0')
  await lite.exec('checkpoint')
  const dump = Buffer.from(await (await lite.dumpDataDir('gzip')).arrayBuffer())
  await lite.close()
  // Another one may be made or read at the same time.
  const making = `${FILE}.${process.pid}`
  mkdirSync('dist', { recursive: true })
  writeFileSync(making, dump)
  renameSync(making, FILE)
  return FILE
}

const changed = (file) => statSync(file).mtimeMs

/** As much of a pool of `pg` as migrations need. */
function poolOf(lite) {
  const query = async (given, more) => {
    const { text, values = more } = typeof given === 'string' ? { text: given } : given
    return values ? lite.query(text, values) : (await lite.exec(text)).at(-1)
  }
  return { connect: async () => ({ query, release() {} }) }
}
