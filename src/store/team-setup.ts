/** A team's setup, and the ends of its seasons that follow it, in one act: one statement. */
import type { Pool } from 'pg'
import type { TeamSetup } from '../bot/ports/store.js'
import type { Team } from '../core/model.js'
import { at, HERE, rows, TEAM, type TeamRow, toTeam } from './sql.js'

export function teamSetupVerbs(pool: Pool) {
  return {
    async saveTeam(s: TeamSetup): Promise<Team | undefined> {
      const values = [
        s.platform,
        s.workspace,
        s.channel,
        s.name,
        s.pack,
        s.zone,
        s.minute,
        s.days,
        s.openHours,
        s.count,
        s.topics,
        s.admin,
        at(s.nextPostAt),
        s.seasonEnds.map((one) => one.season),
        s.seasonEnds.map((one) => at(one.endsAt)),
        s.mention ?? '',
        s.thread ?? false,
      ]
      const [row] = await rows<TeamRow>(pool, 'save-team', SAVE, values)
      return row && toTeam(row)
    },
  }
}

/** A paused team stays paused when its setup changes. */
const SAVE = `
with w as (select w.* from workspace w where w.platform = $1::text and w.external = $2::text and ${HERE}),
t as (
  insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin, next_post_at, mention, thread)
  select w.id, $3::text, $4::text, $5::text, $6::text, $7::int, $8::int[], $9::int, $10::int, $11::text[], $12::text, $13::timestamptz, $16::text, $17::bool from w
  on conflict (workspace_id, channel) do update set failing_at = null, name = excluded.name, pack = excluded.pack, zone = excluded.zone, minute = excluded.minute,
    days = excluded.days, open_hours = excluded.open_hours, count = excluded.count, topics = excluded.topics, admin = excluded.admin,
    mention = excluded.mention, thread = excluded.thread,
    next_post_at = case when team.paused then null else excluded.next_post_at end
  returning *),
savers as (
  insert into team_admin as a (team_id, user_id, at) select t.id, $12::text, clock_timestamp() from t where $12::text <> ''
  on conflict (team_id, user_id) do update set at = excluded.at),
podiums as (
  update delivery d set due_at = e.ends_at from t, unnest($14::text[], $15::timestamptz[]) as e(season, ends_at)
  where d.key = 'season-' || t.id || '-' || e.season and d.state = 'due')
select ${TEAM} from t join w on true`
