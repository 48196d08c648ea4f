/** What the raw statements share. */
import type { Pool, PoolClient, QueryResultRow } from 'pg'
import type { Team } from '../core/model.js'

/** A statement with a name is prepared once a connection. */
export async function rows<R extends QueryResultRow>(
  db: Pool | PoolClient,
  name: string,
  text: string,
  values: readonly unknown[],
): Promise<R[]> {
  return (await db.query<R>({ name, text, values: [...values] })).rows
}

export const at = (ms: number): string => new Date(ms).toISOString()

/** Epoch milliseconds of a column. */
export const ms = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`

/** The columns of a team; the tables must be called `t` and `w`. */
export const TEAM = `t.id as team_id, w.platform, w.external as workspace, t.channel, t.name, t.pack, t.zone, t.minute, t.days, t.open_hours,
  t.count, t.topics, t.paused, ${ms('t.next_post_at')} as next_post_at, t.admin`

export interface TeamRow extends QueryResultRow {
  team_id: number
  platform: string
  workspace: string
  channel: string
  name: string
  pack: string
  zone: string
  minute: number
  days: number[]
  open_hours: number
  count: number
  topics: string[]
  paused: boolean
  next_post_at: number | null
  admin: string
}

export function toTeam(row: TeamRow): Team {
  const { platform, workspace, channel, name, pack, zone, minute, days, count, topics, paused } = row
  return {
    id: row.team_id,
    openHours: row.open_hours,
    nextPostAt: row.next_post_at ?? undefined,
    ...{ platform, workspace, channel, name, pack, zone, minute, days, count, topics, paused },
  }
}
