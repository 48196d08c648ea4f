/** The one database of a test run, emptied before each test that asks for it. */
import { readFileSync } from 'node:fs'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../../src/store/open.js'

let opened: Promise<Database> | undefined

/** Nobody closes it: it ends with the worker. */
export function testDatabase(): Promise<Database> {
  opened ??= open()
  return opened
}

function open(): Promise<Database> {
  const given = inject('database')
  if ('url' in given) return openDatabase({ url: given.url, dataDir: '' })
  return openDatabase({ dataDir: '', dump: new Blob([readFileSync(given.dump)]) })
}

export async function emptyDatabase(): Promise<Database> {
  const database = await testDatabase()
  await database.pool.query('truncate platform, workspace, question_version, web_message, regrade restart identity cascade')
  return database
}
