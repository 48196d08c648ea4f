// Migrations without Prisma's native engine: `new <name>` writes what is missing, `check` says whether schema
// and migrations agree.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import { PrismaPGlite } from 'pglite-prisma-adapter'

const MIGRATIONS = path.resolve('prisma/migrations')
const SCHEMA = path.resolve('prisma/schema.prisma')

/** The adapter does not wait for scripts, so that a broken migration would pass: this one waits. */
class WaitingAdapter extends PrismaPGlite {
  async connect() {
    return waiting(await super.connect())
  }
  async connectToShadowDb() {
    return waiting(await super.connectToShadowDb())
  }
}

function waiting(adapter) {
  adapter.executeScript = async (sql) => {
    await adapter.client.exec(sql)
  }
  return adapter
}

async function openEngine(schema) {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) }
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(file), { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const factory = bindMigrationAwareSqlAdapterFactory(new WaitingAdapter(new PGlite()))
  return glue.SchemaEngine.new({ datamodels: [[SCHEMA, schema]] }, () => {}, factory)
}

function readMigrations() {
  const names = existsSync(MIGRATIONS)
    ? readdirSync(MIGRATIONS, { withFileTypes: true }).filter((e) => e.isDirectory())
    : []
  return names
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8') },
      },
    }))
}

async function main([verb, name]) {
  if ((verb !== 'new' && verb !== 'check') || (verb === 'new' && !/^[a-z0-9_]+$/.test(name ?? ''))) {
    console.error('Usage: npm run db:new -- name_in_lower_case, or npm run db:check')
    return 2
  }
  const schema = readFileSync(SCHEMA, 'utf8')
  const engine = await openEngine(schema)
  const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"' }
  const result = await engine.diff({
    from: {
      tag: 'migrations',
      baseDir: MIGRATIONS,
      lockfile,
      shadowDbInitScript: '',
      migrationDirectories: readMigrations(),
    },
    to: { tag: 'schemaDatamodel', files: [{ path: SCHEMA, content: schema }] },
    script: verb === 'new',
    exitCode: true,
    filters: { externalTables: [], externalEnums: [] },
  })
  if (result.exitCode === 0) {
    console.log('migrations and schema.prisma agree')
    return 0
  }
  if (verb === 'check') {
    console.error(`${result.stdout}\nWrite the missing migration with "npm run db:new -- name".`)
    return 1
  }
  const folder = path.join(MIGRATIONS, `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'migration.sql'), result.stdout)
  writeFileSync(path.join(MIGRATIONS, 'migration_lock.toml'), `${lockfile.content}\n`)
  console.log(folder)
  return 0
}

process.exit(
  await main(process.argv.slice(2)).catch((error) => {
    console.error(error.message)
    return 1
  }),
)
