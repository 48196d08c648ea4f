import type { Pool } from 'pg'
import type { SeasonEnd } from '../bot/ports/store.js'
import { at, FREE, HERE, LEASE, rows, TEAM, type TeamRow, toTeam } from './sql.js'

/** Counting keeps the planner to one look-up a season; a join went wrong whenever thousands of rounds had just been posted. */
const CLAIM = `
with mine as (
  select s.team_id, s.key from season s join team t on t.id = s.team_id join workspace w on w.id = t.workspace_id
  where w.platform = any($4::text[]) and ${HERE} and w.paused_at is null and s.ends_at <= $1::timestamptz and s.message is null and ${FREE('s')}
    and (select count(*) from round r where r.team_id = s.team_id and r.season = s.key and r.state in ('due', 'posted')) = 0
  order by s.ends_at limit $3 for update of s skip locked),
held as (
  update season u set lease_until = ${LEASE('$2')}, tries = u.tries + 1 from mine
  where u.team_id = mine.team_id and u.key = mine.key returning u.team_id, u.key, u.tries - 1 as tries)
select held.key as season, held.tries, ${TEAM} from held join team t on t.id = held.team_id join workspace w on w.id = t.workspace_id`

export function seasonVerbs(pool: Pool) {
  return {
    async claimSeasons(now: number, leaseMs: number, limit: number, platforms: readonly string[]): Promise<SeasonEnd[]> {
      const found = await rows<TeamRow & { season: string; tries: number }>(pool, 'claim-seasons', CLAIM, [
        at(now),
        leaseMs,
        limit,
        platforms,
      ])
      return found.map((row) => ({ team: toTeam(row), season: row.season, tries: row.tries }))
    },
    async postponeSeason(team: number, season: string, until: number): Promise<void> {
      const sql = 'update season set lease_until = null, retry_at = $3::timestamptz where team_id = $1 and key = $2'
      await rows(pool, 'season-postpone', sql, [team, season, at(until)])
    },
    async recordSeasonClosed(team: number, season: string, message: string): Promise<void> {
      await rows(
        pool,
        'season-closed',
        'update season set message = $3, lease_until = null, retry_at = null where team_id = $1 and key = $2',
        [team, season, message],
      )
    },
  }
}
