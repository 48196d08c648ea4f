/** Deletes everything stored about a user, and finds their name in texts of others. */
import type { Pool } from 'pg'
import { DIRECT, type UserKey } from '../bot/ports/keys.js'
import { SPENT_HASH } from './spent.js'
import { json, ME, retryIdempotent, rows, userKey } from './sql.js'

const START = { at: '-infinity', id: '0' }
/** The most answers deleted in one statement. */
const FORGOTTEN_AT_ONCE = 250

export function forgetVerbs(pool: Pool) {
  async function forgetMost(who: UserKey): Promise<void> {
    let [from, last]: { at: string; id: string }[] = [START, START]
    for (;;) {
      const values = [...userKey(who), FORGOTTEN_AT_ONCE, from?.at, from?.id]
      const [next] = await retryIdempotent(() =>
        rows<{ at: string; id: string }>(pool, 'forget-some', FORGET_SOME, values),
      )
      if (!next) return
      from = last
      last = next
    }
  }

  return {
    async forgetMember(who: UserKey): Promise<boolean> {
      await forgetMost(who)
      const [row] = await retryIdempotent(() =>
        rows<{ stored: boolean }>(pool, 'forget', FORGET, userKey(who)),
      )
      return row?.stored ?? false
    },
  }
}

/**
 * The oldest answers are deleted first, in parts, since deleting all at once would stall the others; $4 are
 * left to be deleted with the member, among them those of open rounds. A part begins after $5 and $6, where
 * the part before ended: Postgres removes an index entry of a deleted row only when it meets it again, and
 * otherwise the last statement would meet all of them.
 */
const FORGET_SOME = `
with me as (select m.id from ${ME}),
held as (select ms.member_id from membership ms where ms.member_id in (select id from me) order by ms.team_id for update),
cut as (select at, id from attempt where member_id = (select id from me) order by at desc, id desc offset $4::int limit 1),
old as (
  select a.id, a.at from attempt a where a.member_id = (select id from me) and (select count(*) from held) >= 0
    and (a.at, a.id) > ($5::timestamptz, $6::bigint) and (a.at, a.id) <= (select at, id from cut)
  order by a.at, a.id limit ${FORGOTTEN_AT_ONCE}),
gone as (delete from attempt a using old where a.id = old.id returning old.at, old.id)
select at::text, id::text from gone order by gone.at desc, gone.id desc limit 1`

/**
 * Memberships are locked first and in order, as an answer and a regrade do, so that they cannot deadlock.
 * Everything else goes with the member, except two hashes: one of an answer to an open round, kept until its
 * close so that it is not given twice, and one of whoever wrote a question that waits for approval. What they
 * took back, or what was rejected, goes too if it was never asked and nobody else wrote a part of it.
 */
const FORGET = `
with me as (
  select m.id, m.workspace_id from member m join workspace w on w.id = m.workspace_id
  where w.platform = $1 and w.external in ($2, '${DIRECT}') and m.user_id = $3),
held as (select ms.member_id from membership ms where ms.member_id in (select id from me) order by ms.team_id for update),
spent as (
  insert into spent_answer (round_id, slot, hash)
  select i.round_id, i.slot, ${SPENT_HASH('r.hash_key', '$1::text', '$2::text', '$3::text')}
  from me join attempt a on a.member_id = me.id join round_item i on i.round_id = a.round_id and i.slot = a.slot and not i.settled
    join round r on r.id = i.round_id where r.hash_key is not null and (select count(*) from held) >= 0
  on conflict do nothing returning round_id),
unread as (
  delete from team_question tq using me where tq.member_id = me.id and tq.question is null and tq.state in ('draft', 'rejected')
    and not exists (select from team_question_version tv where tv.question_id = tq.id and tv.member_id <> me.id) returning tq.id),
wrote as (
  insert into gone_writer (question_id, hash)
  select distinct tq.id, ${SPENT_HASH('tq.hash_key', '$1::text', '$2::text', '$3::text')}
  from me join team_question_version tv on tv.member_id = me.id join team_question tq on tq.id = tv.question_id
  where tq.state in ('draft', 'review', 'changed') and tq.id not in (select id from unread) on conflict do nothing returning question_id),
gone as (delete from member where id in (select id from me) and (select count(*) from spent) + (select count(*) from wrote) >= 0 returning id),
place as (select id from workspace where platform = $1 and external = $2),
unnamed as (update team set admin = '' where admin = $3 and workspace_id in (select id from place) returning id),
savers as (delete from team_admin a using team t where t.id = a.team_id and a.user_id = $3 and t.workspace_id in (select id from place) returning a.team_id),
orders as (delete from report_order o using team t where t.id = o.team_id and o.user_id = $3 and t.workspace_id in (select id from place) returning o.team_id),
installed as (update install set installer = '' where installer = $3 and workspace_id in (select id from place) returning workspace_id),
places as (select id from workspace where platform = $1 and external in ($2, '${DIRECT}')),
unsent as (delete from form_draft where user_id = $3 and workspace_id in (select id from places) returning id),
asks as (delete from message_ask where (user_id = $3 or author = $3) and workspace_id in (select id from places) returning id)
select exists (select from gone) or exists (select from asks) or exists (select from unnamed) or exists (select from savers) or exists (select from orders) or exists (select from installed) or exists (select from unsent) as stored`

/** Returns messages of the web chat that may name a member, after the message with that id. */
export function messagesNaming(
  pool: Pool,
  workspace: string,
  { id, name }: { readonly id: string; readonly name: string },
  after: number,
) {
  return rows<{ id: number; body: unknown }>(pool, 'messages-naming', NAMING, [
    workspace,
    inJson(id),
    inJson(name),
    after,
  ])
}

/** Returns the text as it appears inside a JSON string, without the quotation marks. */
const inJson = (text: string) => json(text).slice(1, -1)

const NAMING = `select id, body from web_message where workspace = $1 and id > $4::int
  and (strpos(body::text, $2) > 0 or strpos(body::text, $3) > 0) order by id limit 50`
