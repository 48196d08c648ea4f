/** What teams are to be told of regrades: whoever gets the row tells it. */
import type { Pool } from 'pg'
import type { Notice } from '../bot/ports/store.js'
import { at, FREE, HERE, LEASE, rows, TEAM, type TeamRow, toTeam } from './sql.js'

const CLAIM = `
with mine as (
  select n.id from notice n join team t on t.id = n.team_id join workspace w on w.id = t.workspace_id
  where n.message is null and ${HERE} and w.paused_at is null and w.platform = any($4::text[]) and ${FREE('n')}
  order by n.id limit $3 for update of n skip locked),
held as (
  update notice u set lease_until = ${LEASE('$2')}, tries = u.tries + 1
  from mine where u.id = mine.id returning u.*, u.tries - 1 as before)
select h.id, h.before as tries, h.round_id as round, h.was, h.members, h.points, g.question, g.why, ${TEAM}
from held h join regrade g on g.id = h.regrade_id join team t on t.id = h.team_id join workspace w on w.id = t.workspace_id order by h.id`

export function noticeVerbs(pool: Pool) {
  return {
    async claimNotices(now: number, leaseMs: number, limit: number, platforms: readonly string[]): Promise<Notice[]> {
      const found = await rows<TeamRow & Omit<Notice, 'team'>>(pool, 'claim-notices', CLAIM, [at(now), leaseMs, limit, platforms])
      return found.map((row) => {
        const { id, tries, round, was, members, points, question, why } = row
        return { id, tries, round, was, members, points, question, why, team: toTeam(row) }
      })
    },
    async postponeNotice(id: number, until: number): Promise<void> {
      await rows(pool, 'notice-postpone', 'update notice set lease_until = null, retry_at = $2::timestamptz where id = $1', [id, at(until)])
    },
    async recordNotice(id: number, message: string): Promise<void> {
      await rows(pool, 'notice-posted', 'update notice set message = $2, lease_until = null, retry_at = null where id = $1', [id, message])
    },
  }
}
