/** Helpers for raw statements. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Pool, PoolClient, QueryResultRow } from 'pg'
import type { UserKey } from '../bot/ports/keys.js'
import type { Team } from '../core/model.js'

/** A named statement is prepared once per connection. */
export async function rows<R extends QueryResultRow>(
  db: Pool | PoolClient,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<R[]> {
  return retryConnect(async () => (await db.query<R>({ name, text, values: values.map(storable) })).rows)
}

/**
 * Codes for a refused connection, after which nothing was done: the server is full, starting, or briefly
 * away.
 */
const NO_CONNECTION = new Set(['53300', '57P03', 'ECONNREFUSED'])
const WAITS_MS = [50, 100, 200, 400, 800]

export async function retryConnect<T>(
  act: () => Promise<T>,
  waits: readonly number[] = WAITS_MS,
): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const [ms, ...later] = waits
    if (ms === undefined || !NO_CONNECTION.has(codeOf(error))) throw error
    await wait(ms)
    return retryConnect(act, later)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Replaces NUL, which Postgres refuses in text, and lone surrogates, which it refuses in JSON, by U+FFFD. */
export function storable<T>(value: T): T
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\ufffd')
  if (Array.isArray(value)) return value.map(storable)
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  return isPlain
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, storable(part)]))
    : value
}

/** A value for a column of type jsonb. */
export const json = (value: unknown): string => JSON.stringify(storable(value))

/** Codes for conflicts of two simultaneous acts: foreign key gone, unique row made by the other, deadlock. */
const CROSSED = new Set(['23503', '23505', '40P01'])
const TRIES = 3

/** Repeats an act that conflicted with another, such as an answer of a member who is being deleted. */
export function retryOnConflict<T>(act: () => Promise<T>): Promise<T> {
  return repeated(act, (error) => CROSSED.has(codeOf(error)), TRIES)
}

/**
 * Like `retryOnConflict`, but also repeats when the connection is lost: for acts that can be done twice
 * without harm.
 */
export function retryIdempotent<T>(act: () => Promise<T>): Promise<T> {
  return repeated(act, (error) => CROSSED.has(codeOf(error)) || isLost(error), TRIES)
}

async function repeated<T>(
  act: () => Promise<T>,
  isPassing: (error: unknown) => boolean,
  tries: number,
): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (tries <= 1 || !isPassing(error)) throw error
    return repeated(act, isPassing, tries - 1)
  }
}

/** True if the database did not answer in time. */
export const isSilent = (error: unknown) => error instanceof Error && error.message === 'Query read timeout'

/**
 * True if the server was stopped or restarted, or the network dropped the connection: it is unknown whether
 * the statement was executed.
 */
function isLost(error: unknown): boolean {
  const message = error instanceof Error ? error.message : ''
  return (
    ['57P01', '57P02', 'ECONNRESET', 'EPIPE'].includes(codeOf(error)) ||
    message === 'Connection terminated unexpectedly'
  )
}

/** `end`: decides whether the changes are kept. */
export async function transaction<T>(
  pool: Pool,
  work: (db: PoolClient) => Promise<T>,
  end: 'COMMIT' | 'ROLLBACK' = 'COMMIT',
): Promise<T> {
  const db = await pool.connect()
  let isBroken = false
  try {
    await db.query('BEGIN')
    const result = await work(db)
    await db.query(end)
    return result
  } catch (error) {
    // A connection that does not answer would fail for its next user.
    isBroken =
      isSilent(error) ||
      (await db.query('ROLLBACK').then(
        () => false,
        () => true,
      ))
    throw error
  } finally {
    db.release(isBroken)
  }
}

export const at = (ms: number): string => new Date(ms).toISOString()

/** Epoch milliseconds of a column. */
export const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`

/** True if the date is not a scheduled day for this member. */
export const AWAY = (member: string, date: string) =>
  `exists (select from away aw where aw.member_id = ${member} and ${date} between aw.from_on and aw.until_on)`

/** The member of $1 platform, $2 workspace, $3 user. */
export const ME =
  'member m join workspace w on w.id = m.workspace_id where w.platform = $1 and w.external = $2 and m.user_id = $3'
export const userKey = (who: UserKey) => [who.platform, who.workspace, who.user]

/** True if the workspace has not removed the bot; it must be called `w`. */
export const HERE = 'w.removed_at is null'

/**
 * Teams that get no messages: their workspace removed the bot, or is paused since its token is refused. They
 * are few, and read once per statement.
 */
export const OFF =
  '(select t.id from workspace w join team t on t.workspace_id = w.id where w.removed_at is not null or w.paused_at is not null)'
/** True if the bot is there and its token works; the workspace must be called `w`. */
export const SPOKEN_TO = '(w.removed_at is null and w.paused_at is null)'
/** Teams that an admin paused, or whose channel is gone. */
export const PAUSED = '(select t.id from team t where t.paused)'

/**
 * Defines `me`, the member of $1 platform, $2 workspace, $3 user, created with the name $4 if new; no row if
 * the workspace does not exist. An existing row is only read: a write would make everybody in the workspace
 * wait for one another.
 */
export const MEMBER = `
place as (select w.id from workspace w where w.platform = $1::text and w.external = $2::text and ${HERE}),
known as (select m.id, m.name from place join member m on m.workspace_id = place.id and m.user_id = $3::text),
joined as (
  insert into member (workspace_id, user_id, name) select id, $3::text, $4::text from place where not exists (select from known)
  on conflict (workspace_id, user_id) do update set name = excluded.name returning id),
me as (select id from known union all select id from joined)`

/** The columns of a team; the tables must be called `t` and `w`. */
export const TEAM = `t.id as team_id, w.platform, w.external as workspace, t.channel, t.name, t.pack, t.exam, t.zone, t.minute, t.days, t.open_hours,
  t.count, t.topics, t.mention, t.thread, t.paused, ${ms('t.next_post_at')} as next_post_at, ${ms('t.gone_at')} as gone_at`

export interface TeamRow extends QueryResultRow {
  team_id: number
  platform: string
  workspace: string
  channel: string
  name: string
  pack: string
  exam: string
  zone: string
  minute: number
  days: number[]
  open_hours: number
  count: number
  topics: string[]
  paused: boolean
  next_post_at: number | null
  mention: string
  thread: boolean
  gone_at: number | null
}

export function toTeam(row: TeamRow): Team {
  const {
    platform,
    workspace,
    channel,
    name,
    pack,
    zone,
    minute,
    days,
    count,
    topics,
    paused,
    mention,
    thread,
  } = row
  return {
    id: row.team_id,
    openHours: row.open_hours,
    nextPostAt: row.next_post_at ?? undefined,
    ...(row.gone_at !== null && { goneAt: row.gone_at }),
    ...(row.exam !== '' && { exam: row.exam }),
    ...{ platform, workspace, channel, name, pack, zone, minute, days, count, topics, paused },
    ...{ mention, thread },
  }
}

/** True if nobody holds the row. */
export const UNHELD = (row: string) =>
  `(${row}.lease_until is null or ${row}.lease_until <= clock_timestamp())`

/**
 * True at $1 now if nobody holds the row, and it is not put off. Leases use the clock of the database, which
 * all processes share. A row that is put off for longer than the maximum was put off while the clock of a
 * process was wrong.
 */
export const FREE = (row: string) =>
  `${UNHELD(row)} and (${row}.retry_at is null or ${row}.retry_at <= $1::timestamptz or ${row}.retry_at > $1::timestamptz + interval '15 minutes')`

/** The end of a lease of this many milliseconds. */
export const LEASE = (ms: string) => `clock_timestamp() + ${ms}::int * interval '1 millisecond'`
