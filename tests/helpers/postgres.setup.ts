/** A database a worker on a real Postgres, dropped at the end. */
import type { TestProject } from 'vitest/node'
import { createDatabase, provideTemplate } from './server.js'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  if (!server)
    throw new Error('TEST_DATABASE_URL is not set: run the tests with npm test, which finds a Postgres')
  const dropTemplate = await provideTemplate(project)
  const { template = '' } = project.getProvidedContext().template ?? {}
  const workers = Math.max(1, Number(project.config.maxWorkers) || 1)
  const urls: string[] = []
  for (let i = 0; i < workers; i++) {
    const name = `${template}_worker_${i}`
    await createDatabase(server, name, template)
    urls.push(Object.assign(new URL(server), { pathname: `/${name}` }).href)
  }
  project.provide('database', { urls })
  return dropTemplate
}
