/** What was said in the local web chat; shaped for `platforms/web/messages.ts`, which this folder does not import. */
import { setImmediate as turn } from 'node:timers/promises'
import type { Pool } from 'pg'
import { at, json, ms, rows } from './sql.js'

interface Row extends Record<string, unknown> {
  id: number
  workspace: string
  channel: string
  user: string | null
  author: string
  key: string | null
  body: unknown
  at: number
}

/** Ids have 31 bits; Postgres refuses what has more. */
const MAX_ID = 2 ** 31 - 1
const COLUMNS = `id, workspace, channel, user_id as user, author, key, body, ${ms('at')} as at`

function toMessage({ user, key, ...row }: Row) {
  return { ...row, ...(user === null ? {} : { user }), ...(key === null ? {} : { key }) }
}

const OF_MEMBER = 'workspace = $1 and (user_id = $2 or author = $2)'

/** What a member said there and what was shown to them alone, after the message of that id, oldest first. */
export async function messagesAfter(pool: Pool, workspace: string, user: string, id: number, limit: number) {
  const sql = `select ${COLUMNS} from web_message where ${OF_MEMBER} and id > $3::int order by id limit $4::int`
  return (await rows<Row>(pool, 'messages-after', sql, [workspace, user, id, limit])).map(toMessage)
}

export async function hasMessages(pool: Pool, workspace: string, user: string): Promise<boolean> {
  const sql = `select exists (select from web_message where ${OF_MEMBER}) as has`
  return (await rows<{ has: boolean }>(pool, 'messages-has', sql, [workspace, user]))[0]?.has ?? false
}

/** As many messages as are deleted in one statement, so that a long conversation stalls nobody. */
const PART = 250

export function createMessageLog(pool: Pool) {
  return {
    async add(m: { workspace: string; channel: string; user?: string; author: string; key?: string; body: unknown; at: number }) {
      // The update changes nothing: it is there to give the row that another process may have added this very moment.
      const sql = `insert into web_message (workspace, channel, user_id, author, key, body, at) values ($1, $2, $3, $4, $5, $6::jsonb, $7::timestamptz)
        on conflict (workspace, channel, key) do update set key = excluded.key returning id, xmax = 0 as fresh`
      const values = [m.workspace, m.channel, m.user ?? null, m.author, m.key ?? null, json(m.body), at(m.at)]
      const [row] = await rows<{ id: number; fresh: boolean }>(pool, 'message-add', sql, values)
      if (!row) throw new Error('the message was not stored')
      return row
    },
    async byKey(workspace: string, channel: string, key: string): Promise<number | undefined> {
      const sql = 'select id from web_message where workspace = $1 and channel = $2 and key = $3'
      return (await rows<{ id: number }>(pool, 'message-by-key', sql, [workspace, channel, key]))[0]?.id
    },
    async update(id: number, body: unknown): Promise<void> {
      await rows(pool, 'message-update', 'update web_message set body = $2::jsonb where id = $1', [id, json(body)])
    },
    async list(workspace: string, channel: string, user: string, limit: number) {
      // Each half by the index, so that what others were shown privately is not read.
      const last = (whose: string) =>
        `(select ${COLUMNS} from web_message where workspace = $1 and channel = $2 and ${whose} order by id desc limit $4)`
      const sql = `select * from (select * from (${last('user_id is null')} union all ${last('user_id = $3')}) both_halves order by id desc limit $4) last order by id`
      return (await rows<Row>(pool, 'message-list', sql, [workspace, channel, user, limit])).map(toMessage)
    },
    async get(id: number) {
      if (!(id <= MAX_ID)) return undefined
      const [row] = await rows<Row>(pool, 'message-get', `select ${COLUMNS} from web_message where id = $1`, [id])
      return row && toMessage(row)
    },
    /** Deletes what the member wrote or alone may see; `unnamed` takes their name out of what is left. */
    async forget(workspace: string, who: { id: string; name: string }, unnamed: (body: unknown) => unknown): Promise<void> {
      const sql = `delete from web_message where id in (select id from web_message where ${OF_MEMBER} limit $3::int) returning id`
      while ((await rows(pool, 'message-forget', sql, [workspace, who.id, PART])).length === PART) await turn()
      const naming = [workspace, inJson(who.id), inJson(who.name)]
      for (let last = 0; ; ) {
        const page = await rows<{ id: number; body: unknown }>(pool, 'message-naming', NAMING, [...naming, last])
        for (const { id, body } of page) await rows(pool, 'message-unname', UNNAME, [id, json(body), json(unnamed(body))])
        const end = page.at(-1)
        if (!end) return
        last = end.id
        await turn()
      }
    },
  }
}

/** As a text stands in JSON, without its quotation marks. */
const inJson = (text: string) => json(text).slice(1, -1)

const NAMING = `select id, body from web_message where workspace = $1 and id > $4::int
  and (strpos(body::text, $2) > 0 or strpos(body::text, $3) > 0) order by id limit 50`
/** One that was drawn again meanwhile names nobody who is forgotten. */
const UNNAME = 'update web_message set body = $3::jsonb where id = $1 and body = $2::jsonb'
