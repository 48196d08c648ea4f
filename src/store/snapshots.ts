/**
 * Caches boards of teams with very many members. Counting the members above somebody takes time in proportion
 * to their number, so for such a team the number of members by points is kept for some seconds; the asker's
 * own row, and the names on the page, are always current. The figure for 1,000,000 members in
 * `docs/benchmarks.md`, about as fast as for 1,000, depends on it.
 */
import type { Pool } from 'pg'
import type { Board, BoardQuery } from '../bot/ports/boards.js'
import type { Rests } from '../bot/ports/membership.js'
import { createBoundedCache } from '../core/bounded-cache.js'
import type { Ranked } from '../core/model.js'
import { OPEN_POINTS } from './settle.js'
import { ms, rows } from './sql.js'

/** The minimum number of members for a snapshot; below it, counting takes a millisecond or two. */
export const MANY = 5000
const FRESH_MS = 10_000
const KEPT = 200

export interface Snapshot {
  readonly total: number
  /** Returns how many members have more points than this. */
  above(points: number): number
  /** The first members of the board, in its order. */
  readonly first: readonly number[]
}

type Key = Pick<BoardQuery, 'team' | 'period'>

export function createSnapshots(pool: Pool) {
  const kept = createBoundedCache<{
    readonly until: number
    readonly taken: Promise<Snapshot | undefined>
    readonly last: Snapshot | undefined
  }>(KEPT)
  const keyOf = ({ team, period }: Key) => `${team} ${period}`

  function begin(q: Key, now: number): void {
    const key = keyOf(q)
    const last = kept.get(key)?.last
    const taken = take(pool, q).catch(() => undefined)
    kept.set(key, { until: now + FRESH_MS, taken, last })
    taken.then(
      (snapshot) =>
        snapshot &&
        kept.get(key)?.taken === taken &&
        kept.set(key, { until: now + FRESH_MS, taken, last: snapshot }),
    )
  }

  return {
    begin,
    /**
     * Undefined for a team that is small, or that nobody asked about before. A snapshot that is too old is
     * returned once more while a new one is taken.
     */
    async of(q: Key, now: number): Promise<Snapshot | undefined> {
      const found = kept.get(keyOf(q))
      if (!found) return undefined
      if (found.until <= now) begin(q, now)
      return found.last ?? found.taken
    },
  }
}

async function take(pool: Pool, { team, period }: Key): Promise<Snapshot> {
  const [row] = await rows<{ counts: [points: number, n: number][]; first: number[] }>(
    pool,
    'board-snapshot',
    TAKE,
    [team, period, FIRST_ROWS],
  )
  const sums: { readonly points: number; readonly above: number }[] = []
  let total = 0
  for (const [points, n] of row?.counts ?? []) {
    sums.push({ points, above: total })
    total += n
  }
  return {
    total,
    above: (points) => sums.find((one) => one.points <= points)?.above ?? total,
    first: row?.first ?? [],
  }
}

/** Nearly every request is for the first page. */
const FIRST_ROWS = 50
/** One statement, so that both parts show the same moment. */
const TAKE = `
with counts as (
  select points, count(*)::int as n from standing where team_id = $1::int and period = $2::text and not rests group by points),
edge as (
  select min(points) as least from (
    select points from standing where team_id = $1::int and period = $2::text and not rests order by points desc limit $3::int) p),
first as (
  select m.id, m.name, s.points from edge
    join standing s on s.team_id = $1::int and s.period = $2::text and s.points >= edge.least and not s.rests
    join member m on m.id = s.member_id order by s.points desc, m.name collate "C", m.id limit $3::int)
select (select coalesce(json_agg(json_build_array(points, n) order by points desc), '[]') from counts) as counts,
  (select coalesce(array_agg(id order by points desc, name collate "C", id), '{}') from first) as first`

/** A member on a board, as the database returns it. */
export interface MemberRow extends Record<string, unknown> {
  id: number
  user_id: string
  name: string
  hidden: boolean
  asked_at: number | null
  mentioned: boolean
  points: number
  answered: number
  correct: number
  own: boolean
  ahead: number | null
}

export function toRanked(row: MemberRow, rank: number): Ranked {
  const {
    id,
    user_id: user,
    name,
    hidden,
    mentioned,
    asked_at: askedAt,
    points,
    answered,
    correct: right,
  } = row
  const member = { id, user, name, hidden, mentioned }
  return { member, points, answered, right, rank, askedAt: askedAt ?? undefined }
}

export const ASKED_AT = `${ms('m.asked_at')} as asked_at`

/** Points of $3 in open rounds of the team $1 that will count for the period $2. */
export const OWN_OPEN = `coalesce((select ${OPEN_POINTS('t.id', '$2::text', 'm.id')}
    from team t join member m on m.workspace_id = t.workspace_id and m.user_id = $3::text where t.id = $1::int), 0)`

/** The reason why $3 rests in the team $1, if they do. */
export const OWN_RESTS = `(select ms.rests from team t join member m on m.workspace_id = t.workspace_id and m.user_id = $3::text
    join membership ms on ms.team_id = t.id and ms.member_id = m.id where t.id = $1::int)`

const FRESH = `
select m.id, m.user_id, m.name, m.hidden, m.mentioned, ${ASKED_AT}, s.points, s.answered, s.correct, false as own, null::int as ahead
from unnest($4::int[]) i(id) join standing s on s.team_id = $1::int and s.period = $2::text and s.member_id = i.id and not s.rests join member m on m.id = i.id
union all
select m.id, m.user_id, m.name, m.hidden, m.mentioned, ${ASKED_AT}, s.points, s.answered, s.correct, true,
  (select min(a.points) from standing a where a.team_id = $1::int and a.period = $2::text and a.points > s.points and not a.rests)
from team t join member m on m.workspace_id = t.workspace_id and m.user_id = $3::text
  join standing s on s.team_id = t.id and s.period = $2::text and s.member_id = m.id and not s.rests where t.id = $1::int`

const OPEN = `select ${OWN_OPEN} as open, ${OWN_RESTS} as rests`

/** Undefined for a page that is not in the snapshot. */
export async function fromSnapshot(
  pool: Pool,
  q: BoardQuery,
  snapshot: Snapshot,
): Promise<Board | undefined> {
  if (q.offset + q.limit > snapshot.first.length) return undefined
  const page = snapshot.first.slice(q.offset, q.offset + q.limit)
  const who = [q.team, q.period, q.user ?? null]
  const [found, [mine]] = await Promise.all([
    rows<MemberRow>(pool, 'board-fresh', FRESH, [...who, page]),
    rows<{ open: number; rests: Rests | null }>(pool, 'board-open', OPEN, who),
  ])
  const own = found.find((row) => row.own)
  const ranked = (row: MemberRow) => toRanked(row, 1 + snapshot.above(row.points))
  return {
    rows: found
      .filter((row) => !row.own)
      .sort((a, b) => b.points - a.points || page.indexOf(a.id) - page.indexOf(b.id))
      .map(ranked),
    total: snapshot.total,
    mine: own && ranked(own),
    ahead: own?.ahead ?? undefined,
    open: mine?.open ?? 0,
    rests: mine?.rests ?? undefined,
  }
}
