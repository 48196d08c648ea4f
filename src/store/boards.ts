import type { Pool } from 'pg'
import type { Board, BoardQuery, TeamStanding, WorkspaceKey } from '../bot/store.js'
import type { Ranked } from '../core/model.js'
import { rows, TEAM, type TeamRow, toTeam } from './sql.js'

interface Row {
  id: number
  user_id: string
  name: string
  hidden: boolean
  points: number
  answered: number
  correct: number
  rank: number
  total: number
  ahead: number | null
  own: boolean
}

/** The page by the index on points, ranks by counting who is above: nothing sorts the whole team. */
const BOARD = `
with page as (
  select s.* from standing s where s.team_id = $1::int and s.period = $2::text order by s.points desc, s.member_id limit $4::int offset $5::int),
me as (
  select s.* from team t join member m on m.workspace_id = t.workspace_id and m.user_id = $3::text
    join standing s on s.team_id = t.id and s.period = $2::text and s.member_id = m.id where t.id = $1::int),
both_ as (select page.*, false as own from page union all select me.*, true as own from me),
ranks as (
  select distinct on (points) points, 1 + (select count(*) from standing a where a.team_id = $1::int and a.period = $2::text and a.points > both_.points) as rank
  from both_)
select m.id, m.user_id, m.name, m.hidden, b.points, b.answered, b.correct, ranks.rank::int as rank, b.own,
  (select count(*)::int from standing where team_id = $1::int and period = $2::text) as total,
  case when b.own then (select min(a.points) from standing a where a.team_id = $1::int and a.period = $2::text and a.points > b.points) end as ahead
from both_ b join ranks on ranks.points = b.points join member m on m.id = b.member_id order by b.points desc, m.name, m.id`

export function boardVerbs(pool: Pool) {
  return {
    async board(q: BoardQuery): Promise<Board> {
      const found = await rows<Row>(pool, 'board', BOARD, [q.team, q.period, q.user ?? null, q.limit, q.offset])
      const own = found.find((row) => row.own)
      return {
        rows: found.filter((row) => !row.own).map(toRanked),
        total: found[0]?.total ?? 0,
        mine: own && toRanked(own),
        ahead: own?.ahead ?? undefined,
      }
    },
    async teamBoard(w: WorkspaceKey, period: string): Promise<TeamStanding[]> {
      const found = await rows<TeamRow & { members: number; points: number }>(pool, 'team-board', TEAM_BOARD, [
        w.platform,
        w.workspace,
        period,
      ])
      return found.map((row) => ({
        team: toTeam(row),
        members: row.members,
        points: row.points,
        mean: row.members === 0 ? 0 : row.points / row.members,
      }))
    },
  }
}

const TEAM_BOARD = `
select ${TEAM}, (select count(*)::int from membership ms where ms.team_id = t.id) as members,
  (select coalesce(sum(points), 0)::int from standing s where s.team_id = t.id and s.period = $3::text) as points
from team t join workspace w on w.id = t.workspace_id where w.platform = $1::text and w.external = $2::text`

function toRanked(row: Row): Ranked {
  const member = { id: row.id, user: row.user_id, name: row.name, hidden: row.hidden }
  return { member, points: row.points, answered: row.answered, right: row.correct, rank: row.rank }
}
