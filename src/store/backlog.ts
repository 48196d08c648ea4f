/** How much work waits for a tick. */
import type { Pool } from 'pg'
import type { Backlog } from '../bot/ports/store.js'
import { at, ms, OFF, rows } from './sql.js'

/**
 * $1 now. A slot that has come counts before its round is planned, so that also a tick that plans nothing is seen. A season is
 * left out while a round of it is open.
 */
const BACKLOG = `
with late as (
  select r.platform, 'post' as what, r.due_at as since, r.team_id from round r where r.state = 'due' and r.due_at <= $1::timestamptz
  union all
  select w.platform, 'post', t.next_post_at, t.id from team t join workspace w on w.id = t.workspace_id where t.next_post_at <= $1::timestamptz
  union all
  select r.platform, 'close', r.closes_at, r.team_id from round r where r.state = 'posted' and r.closes_at <= $1::timestamptz
  union all
  select w.platform, 'season', s.ends_at, t.id
  from season s join team t on t.id = s.team_id join workspace w on w.id = t.workspace_id
  where s.message is null and s.ends_at <= $1::timestamptz
    and (select count(*) from round r where r.team_id = s.team_id and r.season = s.key and r.state in ('due', 'posted')) = 0
  union all
  select w.platform, 'notice', g.at, t.id
  from notice n join regrade g on g.id = n.regrade_id join team t on t.id = n.team_id join workspace w on w.id = t.workspace_id
  where n.message is null)
select late.platform, what, count(*)::int as count, count(t.failing_at)::int as refused,
  ${ms('min(since) filter (where t.failing_at is null)')} as since
from late join team t on t.id = late.team_id where t.id not in ${OFF} group by late.platform, what`

interface Row extends Record<string, unknown> {
  platform: string
  what: Backlog['what']
  count: number
  refused: number
  since: number | null
}

export function backlogVerbs(pool: Pool) {
  return {
    async backlog(now: number): Promise<Backlog[]> {
      return (await rows<Row>(pool, 'backlog', BACKLOG, [at(now)])).map((row) => ({ ...row, since: row.since ?? undefined }))
    },
  }
}
