/**
 * Deletes rows older than the retention time in pieces: each piece is a transaction of its own, short enough
 * that people do not notice it.
 */
import type { Pool, PoolClient } from 'pg'
import type { Deleted, LookedAt } from '../bot/ports/upkeep.js'
import { OLD_LINKING } from './linking.js'
import { at, retryOnConflict, rows, transaction } from './sql.js'

/** An advisory lock allows one process at a time; it ends with the piece. */
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
        const gone = async (table: string, old = 'o.at < $1::timestamptz', key = 'id') =>
          (await rows(db, `sweep-${table}`, DELETE_OLD(table, old, key), [at(before), limit])).length
        await rows(db, 'linking-old', OLD_LINKING, [at(before)])
        return {
          attempts: await gone('attempt', UNCOUNTED),
          // A team's report is deleted together with the figures of those who shared.
          reports:
            (await gone('report')) +
            (await gone('appeal')) +
            (await gone('team_report', undefined, 'team_id, week')) +
            (await gone('team_question', "o.state <> 'approved' and o.at < $1::timestamptz")),
          messages: await gone('web_message'),
          exams: await gone('mock_exam', 'o.started_at < $1::timestamptz'),
          deliveries: await gone('delivery', OF_A_MEMBER, 'key'),
          away: await gone('away', 'o.until_on < ($1::timestamptz)::date', 'member_id, from_on'),
        }
      }),
    deleteLeft: (after: number, limit: number): Promise<LookedAt | undefined> =>
      piece(async (db) => {
        const page = await rows<{ id: number; left: boolean }>(db, 'sweep-members', MEMBERS, [after, limit])
        const left = page.filter((member) => member.left).map((member) => member.id)
        // Locks and checks again, so that a member who answers at this moment stays.
        const held = left.length > 0 ? await rows<{ id: number }>(db, 'sweep-hold', HOLD, [left]) : []
        const gone =
          held.length > 0 ? await rows(db, 'sweep-left', DELETE_LEFT, [held.map((member) => member.id)]) : []
        return { members: gone.length, last: page.at(-1)?.id }
      }),
  }
}

/** The close of a round counts its answers, so they stay until then. */
const UNCOUNTED = `o.at < $1::timestamptz
  and not exists (select from round r where r.id = o.round_id and r.state in ('due', 'posted'))`
/** Messages to one member; messages to teams belong to their rounds. */
const OF_A_MEMBER = `o.member_id is not null and o.state <> 'due' and o.due_at < $1::timestamptz`
const DELETE_OLD = (table: string, old: string, key: string) => `
delete from ${table} where (${key}) in (
  select ${key} from ${table} o where ${old} limit $2::int for update of o skip locked) returning ${key}`

/**
 * Members of no team, of whom nothing is kept any more on any of their accounts, and who have no exam to
 * come. Whoever wrote or reviewed a question stays as long as it does: an admin may do so without joining.
 * Points go with the member, since no board shows those who left.
 */
const HAS_LEFT = `not exists (select from membership ms where ms.member_id = m.id and ms.rests is distinct from 'left')
  and not exists (select from attempt a where a.member_id = m.id) and not exists (select from report p where p.member_id = m.id)
  and not exists (select from appeal p where p.member_id = m.id)
  and not exists (select from mock_exam e where e.member_id = m.id)
  and not exists (select from question_knower k where k.member_id = m.id)
  and not exists (select from person p where p.id = m.person_id and (p.exam_on >= current_date - 1 or exists (
    select from member o join attempt a on a.member_id = o.id where o.person_id = p.id)))`
const MEMBERS = `select m.id, ${HAS_LEFT} as left from member m where m.id > $1::int order by m.id limit $2::int`
const HOLD = 'select id from member where id = any($1::int[]) order by id for update skip locked'
const DELETE_LEFT = `delete from member m where m.id = any($1::int[]) and ${HAS_LEFT} returning m.id`
