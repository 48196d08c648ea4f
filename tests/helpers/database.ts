/** The one database of a test run, emptied before each test that asks for it. */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync } from 'node:fs'
import path from 'node:path'
import { inject } from 'vitest'
import { makeEmptyDatabase } from '../../scripts/empty-database.mjs'
import type { Question } from '../../src/core/model.js'
import { migrate } from '../../src/store/migrate.js'
import { type Database, openDatabase } from '../../src/store/open.js'
import { pgFolder } from '../../src/store/private-folder.js'
import { createStore } from '../../src/store/store.js'
import { createDatabase } from './server.js'

let opened: Promise<Database> | undefined

/** Nobody closes it: it ends with the worker. */
export function testDatabase(): Promise<Database> {
  opened ??= open()
  return opened
}

/** A folder for embedded databases, or the address of this worker's own on the server. */
export function givenDatabase(): { readonly folder: string } | { readonly url: string } {
  const given = inject('database')
  if ('folder' in given) return given
  const { urls } = given
  return { url: urls[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % urls.length] ?? '' }
}

async function open(): Promise<Database> {
  const given = givenDatabase()
  if ('url' in given) return openDatabase({ url: given.url, dataDir: '' })
  const dataDir = mkdtempSync(path.join(given.folder, 'data-'))
  await fillDataDir(dataDir)
  return openDatabase({ dataDir })
}

const DEADLOCK = '40P01'

/**
 * Of a content folder, as they are stored: up to which number, since what is stored later has higher ones.
 */
interface StoredQuestions {
  readonly dir: string
  readonly until: number
  readonly questions: readonly Question[]
}

let stored: StoredQuestions | undefined

/**
 * Empty but for the questions of a folder, which stay from test to test: to store a whole pack takes longer
 * than most tests.
 */
export async function databaseWithQuestions(dir: string, questions: readonly Question[]) {
  if (stored?.dir === dir) return { database: await emptied(stored), questions: stored.questions }
  const database = await emptyDatabase()
  const saved = await createStore(database).saveQuestions(questions)
  const { rows } = await database.pool.query('select coalesce(max(number), 0) until from question_version')
  stored = { dir, until: rows[0].until, questions: saved }
  return { database, questions: saved }
}

export function emptyDatabase(): Promise<Database> {
  stored = undefined
  return emptied()
}

async function emptied(but?: StoredQuestions): Promise<Database> {
  const database = await testDatabase()
  // A program that was killed a moment ago may still have a statement under way on the server.
  for (let left = 5; ; left--) {
    try {
      await database.pool.query(emptying(but?.until ?? 0))
      return database
    } catch (error) {
      if (left === 0 || (error as { readonly code?: string }).code !== DEADLOCK) throw error
    }
  }
}

/** Of the one row that it selects, with the count as `n`. */
export async function countOf(sql: string): Promise<number> {
  return Number((await (await testDatabase()).pool.query(sql)).rows[0].n)
}

/**
 * Rows are deleted, and only a table that has grown is truncated: that makes a file anew for each table and
 * index, which takes a hundred times as long. Deleted rows are left where they were, since nobody vacuums.
 * The two tables on which questions depend are not truncated, which would take the questions along.
 */
const emptying = (until: number) => `do $$
  declare one record;
  begin
    set local session_replication_role = replica;
    for one in select oid::regclass as name, pg_relation_size(oid) > 500000 and relname not in ('team', 'workspace') as is_large from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace
        and relname not in ('_prisma_migrations', 'question_version', 'question_id')
    loop
      if one.is_large then execute format('truncate %s cascade', one.name); else execute format('delete from %s', one.name); end if;
    end loop;
    delete from question_version where number > ${until};
    delete from question_id q where not exists (select from question_version v where v.question = q.id);
    perform setval(format('%I.%I', schemaname, sequencename), 1, false) from pg_sequences
      where schemaname = 'public' and last_value is not null;
    perform setval(pg_get_serial_sequence('question_version', 'number'), ${until} + 1, false);
  end
$$`

/**
 * The address of a database of its own, empty and migrated; undefined where the tests have no server. It is
 * dropped at the end of the run.
 */
export async function migratedDatabase(): Promise<string | undefined> {
  const { server, template } = inject('template') ?? {}
  if (!server || !template) return undefined
  const name = `${template}_${randomBytes(4).toString('hex')}`
  await createDatabase(server, name, template)
  return Object.assign(new URL(server), { pathname: `/${name}` }).href
}

/**
 * Makes `dataDir` a data folder with an empty embedded database that is migrated, in a tenth of the time that
 * a start needs for it.
 */
export async function fillDataDir(dataDir: string): Promise<void> {
  cpSync(await makeEmptyDatabase(migrate), pgFolder(dataDir), { recursive: true })
}

/** A database, as the environment names it. */
export type Where = { readonly DATABASE_URL: string; readonly COHORT_DATA_DIR: string }

/**
 * A database of its own, empty and migrated. It is on the server where there is one, since an embedded one
 * takes a second of work each time that it is opened; else in `folder`.
 */
export async function ownDatabase(folder: string): Promise<Where> {
  const url = await migratedDatabase()
  const dataDir = path.join(folder, 'data')
  if (url === undefined) await fillDataDir(dataDir)
  return { DATABASE_URL: url ?? '', COHORT_DATA_DIR: dataDir }
}

/** Nobody else may have it open where it is embedded. */
export async function inDatabase<T>(where: Where, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url: where.DATABASE_URL, dataDir: where.COHORT_DATA_DIR })
  return work(database).finally(() => database.close())
}
