/**
 * The migrated empty database that the build makes: every test run begins from it, in a fraction of the time
 * that a new one takes.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { makeEmptyDatabase } from '../../scripts/empty-database.mjs'
import { migrate } from '../../src/store/migrate.js'
import { provideTemplate } from './server.js'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cohort-tests-'))
  await makeEmptyDatabase(migrate)
  project.provide('database', { folder })
  const drop = await provideTemplate(project)
  return async () => {
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}
