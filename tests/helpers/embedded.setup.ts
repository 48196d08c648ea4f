/** An embedded database that is migrated and empty: made once, kept as long as the migrations and the library stay, and loaded by each run. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { provideTemplate } from './server.js'

const KEPT = 'node_modules/.cache/cohort-tests'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const migrations = readdirSync('prisma/migrations', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'))
  const sql = migrations.sort().map((file) => readFileSync(path.join('prisma/migrations', file), 'utf8'))
  const library = readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8')
  const dump = path.join(
    KEPT,
    `${createHash('sha256')
      .update(JSON.stringify([library, sql]))
      .digest('hex')}.tar`,
  )
  if (!existsSync(dump)) await make(dump, sql)
  project.provide('database', { dump })
  return provideTemplate(project)
}

/** Several runs may do so at the same time. */
async function make(dump: string, migrations: readonly string[]): Promise<void> {
  const lite = await PGlite.create()
  for (const sql of migrations) await lite.exec(sql)
  mkdirSync(KEPT, { recursive: true })
  const making = `${dump}.${process.pid}`
  writeFileSync(making, Buffer.from(await (await lite.dumpDataDir('none')).arrayBuffer()))
  renameSync(making, dump)
  await lite.close()
}
