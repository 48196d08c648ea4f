/** A database of the tests' own on a real Postgres, dropped at the end. */
import type { TestProject } from 'vitest/node'
import { createMigrated, onServer, provideTemplate } from './server.js'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  if (!server)
    throw new Error('TEST_DATABASE_URL is not set: run the tests with npm test, which finds a Postgres')
  const name = await createMigrated(server)
  project.provide('database', { url: Object.assign(new URL(server), { pathname: `/${name}` }).href })
  const dropTemplate = await provideTemplate(project)
  return async () => {
    await dropTemplate()
    await onServer(server, `drop database ${name} with (force)`)
  }
}
