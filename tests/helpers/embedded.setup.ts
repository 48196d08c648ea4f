/**
 * The migrated empty database that the build makes: every test run begins from it, in a fraction of the time
 * that a new one takes.
 */
import type { TestProject } from 'vitest/node'
import { makeEmptyDatabase } from '../../scripts/empty-database.mjs'
import { migrate } from '../../src/store/migrate.js'
import { provideTemplate } from './server.js'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('database', { dump: await makeEmptyDatabase(migrate) })
  return provideTemplate(project)
}
