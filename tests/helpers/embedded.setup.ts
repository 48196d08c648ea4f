/** Migrates an embedded database once and keeps a dump of it, from which every test run begins in a fraction of the time. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { provideTemplate } from './server.js'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cohort-dump-'))
  const lite = await PGlite.create()
  for (const name of readdirSync('prisma/migrations').sort()) {
    if (!name.endsWith('.toml')) await lite.exec(readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8'))
  }
  const dump = path.join(folder, 'dump.tar')
  writeFileSync(dump, Buffer.from(await (await lite.dumpDataDir('none')).arrayBuffer()))
  await lite.close()
  project.provide('database', { dump })
  const dropTemplate = await provideTemplate(project)
  return async () => {
    rmSync(folder, { recursive: true, force: true })
    await dropTemplate()
  }
}
