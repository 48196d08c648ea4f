/**
 * What is older than is kept is deleted, a piece at a time: each is a transaction of its own, and takes no
 * longer than people notice.
 */
import type { Pool, PoolClient } from 'pg'
import type { Deleted, LookedAt } from '../bot/ports/store.js'
import { OLD_LINKING } from './linking.js'
import { at, retryOnConflict, rows, transaction } from './sql.js'

/** One process at a time, by an advisory lock that ends with the piece. */
const LOCK = 72_707_405

export function sweepVerbs(pool: Pool) {
  const piece = <T>(work: (db: PoolClient) => Promise<T>): Promise<T | undefined> =>
    retryOnConflict(() =>
      transaction(pool, async (db) => {
        const [row] = await rows<{ mine: boolean }>(
          db,
          'sweep-lock',
          'select pg_try_advisory_xact_lock($1::bigint) as mine',
          [LOCK],
        )
        return row?.mine ? work(db) : undefined
      }),
    )
  return {
    deleteOld: (before: number, limit: number): Promise<Deleted | undefined> =>
      piece(async (db) => {
        const gone = async (what: string, since?: string) =>
          (await rows(db, `sweep-${what}`, DELETE_OLD(what, since), [at(before), limit])).length
        await rows(db, 'linking-old', OLD_LINKING, [at(before)])
        return {
          attempts: await gone('attempt'),
          reports:
            (await gone('report')) +
            (await gone('appeal')) +
            (await rows(db, 'sweep-team-reports', DELETE_TEAM_REPORTS, [at(before), limit])).length,
          messages: await gone('web_message'),
          exams: await gone('mock_exam', 'started_at'),
          deliveries: (await rows(db, 'sweep-deliveries', DELIVERIES, [at(before), limit])).length,
          away: (await rows(db, 'sweep-away', AWAY_TIMES, [at(before), limit])).length,
        }
      }),
    deleteLeft: (after: number, limit: number): Promise<LookedAt | undefined> =>
      piece(async (db) => {
        const page = await rows<{ id: number; left: boolean }>(db, 'sweep-members', MEMBERS, [after, limit])
        const left = page.filter((member) => member.left).map((member) => member.id)
        // Locked first and looked at again: who answers at this very moment stays.
        const held = left.length > 0 ? await rows<{ id: number }>(db, 'sweep-hold', HOLD, [left]) : []
        const gone =
          held.length > 0 ? await rows(db, 'sweep-left', DELETE_LEFT, [held.map((member) => member.id)]) : []
        return { members: gone.length, last: page.at(-1)?.id }
      }),
  }
}

/** The counts of a round are made from its answers when it closes, so that until then they stay. */
const IS_COUNTED = `and not exists (select from round r where r.id = o.round_id and r.state in ('due', 'posted'))`
const DELETE_OLD = (table: string, since = 'at') => `
delete from ${table} where id in (
  select o.id from ${table} o where o.${since} < $1::timestamptz ${table === 'attempt' ? IS_COUNTED : ''} limit $2::int for update of o skip locked)
returning id`

/** With what was told of those who shared. */
const DELETE_TEAM_REPORTS = `
delete from team_report where (team_id, week) in (
  select team_id, week from team_report where at < $1::timestamptz limit $2::int for update skip locked) returning team_id`
/** What was said to one member; what is said to teams belongs to their rounds. */
const DELIVERIES = `
delete from delivery where key in (
  select o.key from delivery o where o.member_id is not null and o.state <> 'due' and o.due_at < $1::timestamptz limit $2::int for update of o skip locked)
returning key`
const AWAY_TIMES = `
delete from away where (member_id, from_on) in (
  select o.member_id, o.from_on from away o where o.until_on < ($1::timestamptz)::date limit $2::int for update of o skip locked)
returning member_id`

/**
 * Of no team, and nothing that they did is kept any more, on no account of theirs; no exam of theirs is to
 * come. Points go with the member, as no board shows those who left.
 */
const HAS_LEFT = `not exists (select from membership ms where ms.member_id = m.id and ms.rests is distinct from 'left')
  and not exists (select from attempt a where a.member_id = m.id) and not exists (select from report p where p.member_id = m.id)
  and not exists (select from appeal p where p.member_id = m.id)
  and not exists (select from mock_exam e where e.member_id = m.id)
  and not exists (select from person p where p.id = m.person_id and (p.exam_on >= current_date - 1 or exists (
    select from member o join attempt a on a.member_id = o.id where o.person_id = p.id)))`
const MEMBERS = `select m.id, ${HAS_LEFT} as left from member m where m.id > $1::int order by m.id limit $2::int`
const HOLD = 'select id from member where id = any($1::int[]) order by id for update skip locked'
const DELETE_LEFT = `delete from member m where m.id = any($1::int[]) and ${HAS_LEFT} returning m.id`
