/** The checks of a database by `doctor`; they change nothing. */
import { existsSync, readdirSync, statfsSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config.js'
import { UserError } from '../core/errors.js'
import { BOT_SCOPES } from '../platforms/slack/scopes.js'
import { MIGRATIONS } from '../server/database.js'
import { createInstalls } from '../store/installs.js'
import { FolderInUse } from '../store/lock.js'
import { type Database, openDatabase } from '../store/open.js'
import { pgFolder } from '../store/private-folder.js'
import { createStore } from '../store/store.js'
import { createTokenCipher } from '../store/token-cipher.js'

/** The oldest PostgreSQL that Cohort supports, as `server_version_num`. */
const OLDEST = 140_000
/**
 * Rounds use the clock of the machine, leases that of the database: a difference of some seconds does no
 * harm.
 */
const CLOCK_MS = 30_000
/**
 * A new database takes 40 MB, and its log may grow to a gigabyte (`max_wal_size`): less space is soon full.
 */
const FREE_MB = 1000
const MB = 1024 * 1024

export interface Server {
  /** `server_version_num`, such as 150004. */
  readonly version: number
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  readonly ahead: number
  /** Connections that others leave free, and how many a process of Cohort opens. */
  readonly left: number
  readonly each: number
}

/** Returns a description. Throws a `UserError` with a line for each problem to fix. */
export async function checkDatabase(
  config: Config,
  usesInstalls: boolean,
  now: () => number,
): Promise<string> {
  const isThere = config.DATABASE_URL || existsSync(pgFolder(config.COHORT_DATA_DIR))
  if (!isThere) return `embedded, made in ${config.COHORT_DATA_DIR} by the first start`
  const opening = { url: config.DATABASE_URL, dataDir: config.COHORT_DATA_DIR, onIdleError: () => {} }
  const opened = await openDatabase(opening).catch((error) => {
    if (error instanceof FolderInUse) return undefined
    throw error
  })
  if (!opened) return `embedded in ${config.COHORT_DATA_DIR}, in use by a Cohort that runs: ask its /healthz`
  try {
    return await look(opened, config, usesInstalls, now)
  } finally {
    await opened.close()
  }
}

async function look(
  database: Database,
  config: Config,
  usesInstalls: boolean,
  now: () => number,
): Promise<string> {
  const { pool, kind } = database
  const server = await readServer(pool, config, now)
  const applied = await countApplied(pool)
  const missing =
    readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).length - applied
  const installs = createInstalls(database.prisma, 'slack', createTokenCipher(config.COHORT_SECRET_KEY ?? ''))
  const unreadable = usesInstalls && applied > 0 ? await installs.unreadable() : 0
  const paused = missing <= 0 ? await pausedIn(database) : []
  const problems = [
    ...(kind === 'postgres' ? problemsOf(server) : []),
    ...(unreadable > 0 ? [lockedOut(unreadable)] : []),
    ...paused,
  ]
  if (problems.length > 0) throw new UserError(problems.join('\n'))
  if (kind === 'postgres') await tryOut(pool, missing <= 0)
  const lacking = usesInstalls && missing <= 0 ? await installs.lacking(BOT_SCOPES) : []
  const state = `${missing <= 0 ? 'up to date' : `${missing} migration(s) to apply at the next start`}${described(lacking)}`
  if (kind === 'embedded') return `embedded in ${config.COHORT_DATA_DIR}, ${state}`
  const room = Math.floor(server.left / server.each)
  return `Postgres at DATABASE_URL, version ${Math.floor(server.version / 10_000)}, ${state}, connections for ${room} process(es), up to ${server.each} each`
}

/** A character of four bytes, such as people use in names and answers. */
const EMOJI = '\u{1F393}'

/**
 * Tries the writes of a start and an answer in a transaction that is rolled back. Throws a `UserError` that
 * says how to fix a failure.
 */
async function tryOut(pool: Database['pool'], isMigrated: boolean): Promise<void> {
  const db = await pool.connect()
  try {
    await db.query('begin')
    await db.query('create table cohort_doctor (name text)')
    await db.query('insert into cohort_doctor values ($1)', [EMOJI])
    if (isMigrated) {
      const here = "insert into workspace (platform, external) values ('doctor', 'doctor') returning id"
      const { rows } = await db.query<{ id: number }>(here)
      await db.query("insert into member (workspace_id, user_id, name) values ($1, 'doctor', $2)", [
        rows[0]?.id,
        EMOJI,
      ])
      await db.query("update member set hidden = true where user_id = 'doctor' and workspace_id = $1", [
        rows[0]?.id,
      ])
      await db.query('delete from workspace where id = $1', [rows[0]?.id])
    }
  } catch (error) {
    throw new UserError(await inWords(pool, error))
  } finally {
    await db.query('rollback').catch(() => {})
    db.release()
  }
}

async function inWords(pool: Database['pool'], error: unknown): Promise<string> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const said = error instanceof Error ? error.message : String(error)
  const { rows } = await pool.query<{ user: string; schema: string; database: string; encoding: string }>(WHO)
  const [{ user, schema, database, encoding } = { user: '', schema: '', database: '', encoding: '' }] = rows
  if (code === '22P05' || code === '22021')
    return `the database "${database}" has the encoding ${encoding}, which does not hold all that people write: make one with encoding UTF8`
  if (code === '42501')
    return `the user "${user}" may not do there what Cohort does (${said}): make it the owner of the database, or run grant create, usage on schema ${schema || 'public'} to "${user}", and make it the owner of its tables`
  if (code === '25006')
    return `the database takes no changes (${said}): name the primary server in DATABASE_URL`
  if (code === '3F000')
    return `there is no schema to make tables in (${said}): create schema public, or set search_path`
  return `what a start and an answer do fails there: ${said}`
}

const WHO = `select current_user as "user", coalesce(current_schema(), '') as schema, current_database() as database,
  pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`

/**
 * Old installs still work without these scopes: the person who set Cohort up there has been told where to
 * install it again.
 */
function described(lacking: readonly { readonly scope: string; readonly installs: number }[]): string {
  const list = lacking.map(({ scope, installs }) => `${scope} (${installs})`).join(', ')
  return list && `, Slack installs that lack a scope, by how many: ${list}`
}

/** Returns the problems of a server, each with its fix. */
export function problemsOf({ version, ahead, left, each }: Server): string[] {
  const problems: string[] = []
  const major = Math.floor(version / 10_000)
  if (version < OLDEST) problems.push(`PostgreSQL ${major} is too old: take ${OLDEST / 10_000} or newer`)
  if (Math.abs(ahead) > CLOCK_MS) {
    const by = `${Math.round(Math.abs(ahead) / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'}`
    problems.push(`its clock is ${by} that of this machine: let both be set by NTP`)
  }
  if (left < each)
    problems.push(
      `it has ${Math.max(0, left)} connection(s) left, and a process opens up to ${each}: raise max_connections, or close others`,
    )
  return problems
}

function lockedOut(workspaces: number): string {
  return `COHORT_SECRET_KEY does not open the stored tokens of ${workspaces} workspace(s): set the key that sealed them`
}

/** Returns a line for each platform that has refused tokens of workspaces for three days. */
async function pausedIn(database: Database): Promise<string[]> {
  const counts = (await createStore(database).workspaceCounts()).filter(({ paused }) => paused > 0)
  return counts.map(
    ({ platform, paused }) =>
      `${platform} has refused the tokens of ${paused} workspace(s) for three days, so nothing is posted there: install again, or set the new token; "cohort workspaces list" says which`,
  )
}

/** Connections of Cohort itself count as free, since the check is about how many Cohort can have. */
const SERVER = `
select current_setting('server_version_num')::int as version, extract(epoch from clock_timestamp())::float8 * 1000 as now,
  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
    - (select count(*)::int from pg_stat_activity
       where backend_type = 'client backend' and (datname, usename) is distinct from (current_database(), current_user)) as left`

/** Each process needs one more connection if Discord is on, to share out the shards. */
async function readServer(
  pool: Database['pool'],
  { DISCORD_TOKEN }: Config,
  now: () => number,
): Promise<Server> {
  const before = now()
  const { rows } = await pool.query<{ version: number; now: number; left: number }>(SERVER)
  const [row] = rows
  if (!row) throw new Error('the database did not say what it is')
  return {
    version: row.version,
    ahead: row.now - (before + now()) / 2,
    left: row.left,
    each: pool.options.max + (DISCORD_TOKEN ? 1 : 0),
  }
}

async function countApplied(pool: Database['pool']): Promise<number> {
  const { rows } = await pool.query<{ there: boolean }>(
    "select to_regclass('_prisma_migrations') is not null as there",
  )
  return rows[0]?.there
    ? (await pool.query('select 1 from _prisma_migrations where finished_at is not null')).rows.length
    : 0
}

/** Checks the free space for the embedded database. */
export function checkSpace({ COHORT_DATA_DIR }: Config): string {
  let folder = path.resolve(COHORT_DATA_DIR)
  while (!existsSync(folder)) folder = path.dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const free = Math.floor((bavail * bsize) / MB)
  if (free < FREE_MB)
    throw new UserError(
      `${free} MB free for ${COHORT_DATA_DIR}, and ${FREE_MB} MB should be: make room, or set DATABASE_URL`,
    )
  return `${free} MB free for ${COHORT_DATA_DIR}`
}
