import type { Pool } from 'pg'
import type { PlaceKey, TeamSetup, UserKey, WorkspaceKey } from '../bot/ports/store.js'
import type { Team } from '../core/model.js'
import { at, HERE, rows, TEAM, type TeamRow, toTeam } from './sql.js'

const TEAMS = `select ${TEAM} from team t join workspace w on w.id = t.workspace_id`

export function teamVerbs(pool: Pool) {
  const many = async (name: string, rest: string, values: readonly unknown[]) =>
    (await rows<TeamRow>(pool, name, `${TEAMS} ${rest}`, values)).map(toTeam)
  return {
    teamIn: async (place: PlaceKey): Promise<Team | undefined> =>
      (
        await many('team-in', `where w.platform = $1 and w.external = $2 and t.channel = $3 and ${HERE}`, [
          place.platform,
          place.workspace,
          place.channel,
        ])
      )[0],
    teamById: async (id: number): Promise<Team | undefined> => (await many('team-by-id', 'where t.id = $1', [id]))[0],
    teamsOf: (w: WorkspaceKey): Promise<Team[]> =>
      many('teams-of', `where w.platform = $1 and w.external = $2 and ${HERE} order by t.id`, [w.platform, w.workspace]),
    teamsJoined: (who: UserKey): Promise<Team[]> =>
      many(
        'teams-joined',
        `join membership ms on ms.team_id = t.id join member m on m.id = ms.member_id
         where w.platform = $1 and w.external = $2 and m.user_id = $3 and ${HERE} order by t.id`,
        [who.platform, who.workspace, who.user],
      ),
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
      ]
      const [row] = await rows<TeamRow>(pool, 'save-team', SAVE, values)
      return row && toTeam(row)
    },
    teamsAfter: (id: number, limit: number): Promise<Team[]> =>
      many('teams-after', 'where t.id > $1 and not t.paused order by t.id limit $2', [id, limit]),
    async moveSlot(team: number, from: number, to: number): Promise<void> {
      const sql = 'update team set next_post_at = $3::timestamptz where id = $1 and next_post_at = $2::timestamptz and not paused'
      await rows(pool, 'move-slot', sql, [team, at(from), at(to)])
    },
    async pauseTeam(team: number, paused: boolean, nextPostAt: number | undefined): Promise<string> {
      const sql = 'update team set paused = $2, next_post_at = $3::timestamptz where id = $1 returning admin'
      const next = nextPostAt === undefined ? null : at(nextPostAt)
      return (await rows<{ admin: string }>(pool, 'pause-team', sql, [team, paused, next]))[0]?.admin ?? ''
    },
    async memberCount(team: number): Promise<number> {
      const [row] = await rows<{ n: number }>(pool, 'member-count', 'select count(*)::int as n from membership where team_id = $1', [team])
      return row?.n ?? 0
    },
  }
}

/** A paused team stays paused when its setup changes. */
const SAVE = `
with w as (select w.* from workspace w where w.platform = $1::text and w.external = $2::text and ${HERE}),
t as (
  insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin, next_post_at)
  select w.id, $3::text, $4::text, $5::text, $6::text, $7::int, $8::int[], $9::int, $10::int, $11::text[], $12::text, $13::timestamptz from w
  on conflict (workspace_id, channel) do update set name = excluded.name, pack = excluded.pack, zone = excluded.zone, minute = excluded.minute,
    days = excluded.days, open_hours = excluded.open_hours, count = excluded.count, topics = excluded.topics, admin = excluded.admin,
    next_post_at = case when team.paused then null else excluded.next_post_at end
  returning *),
podiums as (
  update delivery d set due_at = e.ends_at from t, unnest($14::text[], $15::timestamptz[]) as e(season, ends_at)
  where d.key = 'season-' || t.id || '-' || e.season and d.state = 'due')
select ${TEAM} from t join w on true`
