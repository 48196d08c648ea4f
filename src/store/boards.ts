import type { Pool } from 'pg'
import type { Board, BoardQuery, TeamStanding } from '../bot/ports/boards.js'
import type { WorkspaceKey } from '../bot/ports/keys.js'
import type { Rests } from '../bot/ports/membership.js'
import {
  ASKED_AT,
  createSnapshots,
  fromSnapshot,
  MANY,
  type MemberRow,
  OWN_OPEN,
  OWN_RESTS,
  toRanked,
} from './snapshots.js'
import { HERE, rows, TEAM, type TeamRow, toTeam } from './sql.js'

/** `id` is null if there is nothing to show but the total. */
type BoardRow = Omit<MemberRow, 'id'> & {
  id: number | null
  rank: number
  total: number
  open: number
  rests: Rests | null
}

/**
 * Reads the page by the index on points, and ranks by counting members with more points: names are compared
 * only among those with as many points as the page's first or last row. They are compared code point by code
 * point, as in `leaderboard.ts`, whatever the collation of the database is. `counts`: which standings are on
 * the board, as a condition on the given alias; `hidden`: whose name is not shown.
 */
const boardOf = (counts: (standing: string) => string, hidden: string) => `
with totals as (
  select count(*)::int as total, ${OWN_OPEN} as open, ${OWN_RESTS} as rests
  from standing s where team_id = $1::int and period = $2::text ${counts('s')}),
edges as (
  select max(points) as most, min(points) as least from (
    select points from standing s where team_id = $1::int and period = $2::text ${counts('s')} order by points desc limit $4::int offset $5::int) p),
page as (
  select s.* from edges join standing s on s.team_id = $1::int and s.period = $2::text and s.points between edges.least and edges.most ${counts('s')}
    join member m on m.id = s.member_id
  order by s.points desc, m.name collate "C", m.id limit $4::int
  offset $5::int - (select count(*) from standing a, edges where a.team_id = $1::int and a.period = $2::text and a.points > edges.most ${counts('a')})),
me as (
  select s.* from team t join member m on m.workspace_id = t.workspace_id and m.user_id = $3::text
    join standing s on s.team_id = t.id and s.period = $2::text and s.member_id = m.id ${counts('s')} where t.id = $1::int),
both_ as (select page.*, false as own from page union all select me.*, true as own from me),
ranks as (
  select distinct on (points) points,
    1 + (select count(*) from standing a where a.team_id = $1::int and a.period = $2::text and a.points > both_.points ${counts('a')}) as rank
  from both_)
select m.id, m.user_id, m.name, ${hidden} as hidden, m.mentioned, ${ASKED_AT}, b.points, b.answered, b.correct, ranks.rank::int as rank, b.own,
  totals.total, totals.open, totals.rests,
  case when b.own then (
    select min(a.points) from standing a where a.team_id = $1::int and a.period = $2::text and a.points > b.points ${counts('a')}) end as ahead
from totals left join (both_ b join ranks on ranks.points = b.points join member m on m.id = b.member_id) on true
order by b.points desc, m.name collate "C", m.id`

const BOARD = boardOf((standing) => `and not ${standing}.rests`, 'm.hidden')
/** Includes everybody of the period; members who left the team appear without a name. */
const EVERYBODY = boardOf(
  () => '',
  `m.hidden or exists (select from membership ms where ms.team_id = $1::int and ms.member_id = m.id and ms.rests = 'left')`,
)

export function boardVerbs(pool: Pool) {
  const snapshots = createSnapshots(pool)
  return {
    async board(q: BoardQuery): Promise<Board> {
      const snapshot = q.user !== undefined && q.now !== undefined ? await snapshots.of(q, q.now) : undefined
      const quick = snapshot && (await fromSnapshot(pool, q, snapshot))
      if (quick) return quick
      const found = await rows<BoardRow>(
        pool,
        q.everybody ? 'board-everybody' : 'board',
        q.everybody ? EVERYBODY : BOARD,
        [q.team, q.period, q.user ?? null, q.limit, q.offset],
      )
      const shown = found.filter(isStanding)
      const own = shown.find((row) => row.own)
      if ((found[0]?.total ?? 0) >= MANY && q.now !== undefined) snapshots.begin(q, q.now)
      return {
        rows: shown.filter((row) => !row.own).map((row) => toRanked(row, row.rank)),
        total: found[0]?.total ?? 0,
        mine: own && toRanked(own, own.rank),
        ahead: own?.ahead ?? undefined,
        open: found[0]?.open ?? 0,
        rests: found[0]?.rests ?? undefined,
      }
    },
    async teamBoard(w: WorkspaceKey, period: string): Promise<TeamStanding[]> {
      const found = await rows<TeamRow & { members: number; answered: number; points: number }>(
        pool,
        'team-board',
        TEAM_BOARD,
        [w.platform, w.workspace, period],
      )
      return found.map((row) => ({
        team: toTeam(row),
        members: row.members,
        answered: row.answered,
        points: row.points,
        mean: row.members === 0 ? 0 : row.points / row.members,
      }))
    },
  }
}

const TEAM_BOARD = `
select ${TEAM}, members, answered, points
from team t join workspace w on w.id = t.workspace_id
  cross join lateral (select count(*)::int as members from membership ms where ms.team_id = t.id and ms.rests is null) m
  cross join lateral (select coalesce(sum(s.points), 0)::int as points, count(*)::int as answered from standing s where s.team_id = t.id and s.period = $3::text and not s.rests) p
where w.platform = $1::text and w.external = $2::text and ${HERE} order by points::float8 / greatest(members, 1) desc, t.name collate "C", t.id`

function isStanding(row: BoardRow): row is MemberRow & BoardRow & { id: number } {
  return row.id !== null
}
