/** A database a worker on a real Postgres, dropped at the end. */
import type { TestProject } from 'vitest/node'
import { createMigrated, onServer, provideTemplate } from './server.js'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  if (!server)
    throw new Error('TEST_DATABASE_URL is not set: run the tests with npm test, which finds a Postgres')
  const names: string[] = []
  for (let i = 0; i < Math.max(1, Number(project.config.maxWorkers) || 1); i++)
    names.push(await createMigrated(server))
  const urls = names.map((name) => Object.assign(new URL(server), { pathname: `/${name}` }).href)
  project.provide('database', { urls })
  const dropTemplate = await provideTemplate(project)
  return async () => {
    await dropTemplate()
    for (const name of names) await onServer(server, `drop database ${name} with (force)`)
  }
}
