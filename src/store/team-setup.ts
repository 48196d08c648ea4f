/** Changes a team's setup and its channel, and the ends of its seasons with them, each in one act. */
import type { Pool, PoolClient } from 'pg'
import type { Saved, TeamMove, TeamSetup } from '../bot/ports/teams.js'
import { at, HERE, rows, TEAM, type TeamRow, toTeam, transaction } from './sql.js'

/** The team is null if the workspace exists but the team does not. */
type SavedRow = TeamRow | { readonly team_id: null }

export function teamSetupVerbs(pool: Pool) {
  async function saved(
    key: { readonly id?: number | undefined; readonly over?: number | undefined; readonly channel: string },
    save: (db: Pool | PoolClient) => Promise<SavedRow[]>,
  ): Promise<Saved> {
    const { id, over, channel } = key
    try {
      const [row] =
        over === undefined
          ? await save(pool)
          : await transaction(pool, async (db) => {
              await rows(db, 'displace-team', DISPLACE, [over, channel])
              return save(db)
            })
      if (!row) return undefined
      if (row.team_id !== null) return toTeam(row)
      return id === undefined ? 'taken' : 'gone'
    } catch (error) {
      if (isTaken(error)) return 'taken'
      throw error
    }
  }

  return {
    saveTeam(s: TeamSetup, over?: number): Promise<Saved> {
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
        s.mention ?? null,
        s.thread ?? null,
        s.exam ?? '',
        ...(s.id === undefined ? [] : [s.id]),
      ]
      const [name, sql] = s.id === undefined ? ['new-team', NEW] : ['save-team', CHANGE]
      return saved({ ...s, over }, (db) => rows<SavedRow>(db, name, sql, values))
    },
    moveTeam(m: TeamMove): Promise<Saved> {
      const values = [m.platform, m.workspace, m.channel, m.id, m.admin, at(m.nextPostAt)]
      return saved(m, (db) => rows<SavedRow>(db, 'move-team', MOVE, values))
    },
  }
}

/** The unique key on the channel failed: another team is there, perhaps since a moment ago. */
const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23505'

/**
 * Displaces a team to make room for another. `-` and its id is not a channel on any platform, so nothing is
 * posted until the team is moved.
 */
const DISPLACE = `
update team set channel = '-' || id, gone_at = case when paused then gone_at else now() end, paused = true, next_post_at = null
where id = $1::int and channel = $2::text`

const PLACE = `w as (select w.* from workspace w where w.platform = $1::text and w.external = $2::text and ${HERE})`

/** A paused team stays paused, unless it was paused because its channel was gone. */
const going = (
  nextPostAt: string,
) => `failing_at = null, gone_at = null, paused = team.paused and team.gone_at is null,
    next_post_at = case when team.paused and team.gone_at is null then null else ${nextPostAt} end`

/** Rounds that are not posted yet move to the team's new channel; posted ones stay. */
const FOLLOWS = `follows as (
  update round r set channel = t.channel from t where r.team_id = t.id and r.state = 'due' and r.channel <> t.channel)`

const ENDS = `podiums as (
  update delivery d set due_at = e.ends_at from t, unnest($14::text[], $15::timestamptz[]) as e(season, ends_at)
  where d.key = 'season-' || t.id || '-' || e.season and d.state = 'due')`

/** Records who has saved the setup, to notify them if the person who saved it last cannot be reached. */
const SAVERS = (admin: string) => `savers as (
  insert into team_admin as a (team_id, user_id, at) select t.id, ${admin}::text, clock_timestamp() from t where ${admin}::text <> ''
  on conflict (team_id, user_id) do update set at = excluded.at)`

const NEW = `
with ${PLACE},
t as (
  insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin, next_post_at, mention, thread, exam)
  select w.id, $3::text, $4::text, $5::text, $6::text, $7::int, $8::int[], $9::int, $10::int, $11::text[], $12::text, $13::timestamptz,
    coalesce($16::text, ''), coalesce($17::bool, false), $18::text from w
  on conflict (workspace_id, channel) do nothing returning *),
${SAVERS('$12')},
${ENDS}
select ${TEAM} from w left join t on true`

const CHANGE = `
with ${PLACE},
t as (
  update team set channel = $3::text, name = $4::text, pack = $5::text, exam = $18::text, zone = $6::text, minute = $7::int, days = $8::int[],
    open_hours = $9::int, count = $10::int, topics = $11::text[], admin = $12::text,
    mention = coalesce($16::text, mention), thread = coalesce($17::bool, thread), ${going('$13::timestamptz')}
  from w where team.id = $19::int and team.workspace_id = w.id returning team.*),
${FOLLOWS},
${SAVERS('$12')},
${ENDS}
select ${TEAM} from w left join t on true`

const MOVE = `
with ${PLACE},
t as (
  update team set channel = $3::text, admin = $5::text, ${going('coalesce(team.next_post_at, $6::timestamptz)')}
  from w where team.id = $4::int and team.workspace_id = w.id returning team.*),
${SAVERS('$5')},
${FOLLOWS}
select ${TEAM} from w left join t on true`
