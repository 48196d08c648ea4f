/**
 * The outbox: the process that claims a row sends it. The same statement applies the effect of its kind on a
 * round.
 */
import type { Pool, QueryResultRow } from 'pg'
import type { Delivery, NewDelivery, PutOff, WordForDropped } from '../bot/ports/deliveries.js'
import type { Edition } from '../bot/ports/editions.js'
import type { ReportOrder } from '../bot/ports/team-reports.js'
import { ELSEWHERE, listed } from './editions.js'
import { ROUND, type RoundRow, toRound } from './rounds.js'
import {
  at,
  FREE,
  json,
  LEASE,
  ms,
  OFF,
  PAUSED,
  rows,
  SPOKEN_TO,
  type TeamRow,
  toTeam,
  UNHELD,
} from './sql.js'

interface DeliveryRow extends QueryResultRow {
  key: string
  kind: Delivery['kind']
  data: object
  slot_at: number
  tries: number
  platform: string
  workspace: string
  direct_user: string | null
  report_user: string | null
  report_channel: string | null
  direct_state: 'due' | 'sent' | 'dropped' | null
  direct_message: string | null
}
/** A delivery belongs to a team or to a member. */
type OwnerRow =
  | (TeamRow & { readonly admins: string[]; readonly member_id: null })
  | { readonly team_id: null; readonly member_id: number; readonly user_id: string }

type ClaimedRow = DeliveryRow & OwnerRow & (RoundRow | { readonly id: null })

/**
 * Neither the table nor this function checks the data of a kind: `NewDelivery` and the statements below
 * ensure it.
 */
function toDelivery(row: ClaimedRow): Delivery {
  const { key, kind, data, tries, platform } = row
  const user = kind === 'direct' || kind === 'direct-close' ? { user: row.direct_user ?? '' } : {}
  const message = kind === 'direct-close' && {
    message: row.direct_message ?? undefined,
    isComing: row.direct_state === 'due',
  }
  const order = kind === 'report' ? { order: orderOf(row) } : {}
  const round = row.id === null ? {} : { round: toRound(row) }
  return {
    key,
    kind,
    ...data,
    ...round,
    ...user,
    ...order,
    ...message,
    tries,
    platform,
    dueAt: row.slot_at,
    ...ownerOf(row),
  } as Delivery
}

function orderOf({ report_user: user, report_channel: channel }: DeliveryRow): ReportOrder | undefined {
  return user === null ? undefined : { user, channel: channel ?? undefined }
}

function ownerOf(row: ClaimedRow) {
  if (row.team_id !== null) return { team: toTeam(row), admins: row.admins }
  const { member_id: id, platform, workspace, user_id: user } = row
  return { member: { id, platform, workspace, user } }
}

export function deliveryVerbs(pool: Pool) {
  return {
    async enqueue({ key, kind, dueAt, ...rest }: NewDelivery): Promise<void> {
      const { team = null, member = null, ...data } = { team: undefined, member: undefined, ...rest }
      await rows(pool, 'enqueue', ENQUEUE, [key, kind, team, at(dueAt), json(data), member])
    },
    async claimDeliveries(
      now: number,
      leaseMs: number,
      limit: number,
      platforms: readonly string[],
      only?: string,
      editions?: readonly Edition[],
    ): Promise<Delivery[]> {
      const own = editions ? listed(editions) : [null, null]
      const values = [at(now), leaseMs, limit, only ?? null, platforms, ...own]
      return (await rows<ClaimedRow>(pool, 'claim', CLAIM, values)).map(toDelivery)
    },
    async recordSent(key: string, message: string, now = 0, channel?: string): Promise<void> {
      await rows(pool, 'sent', SENT, [key, message, at(now), channel ?? null])
    },
    async dropDelivery(key: string, reason: string, word?: WordForDropped, now = 0): Promise<boolean> {
      const found = await rows(pool, 'dropped', DROPPED, [key, reason, word ?? null, at(now)])
      return found.length > 0
    },
    async passOver(key: string): Promise<void> {
      await rows(pool, 'pass-over', PASS_OVER, [key])
    },
    async putOff(key: string, now: number, until: number, why: PutOff, page?: string): Promise<boolean> {
      if (typeof why !== 'string') {
        const values = [key, at(now), at(until), why.refused.slice(0, 500)]
        return (await rows<{ first: boolean }>(pool, 'refused', REFUSED, values))[0]?.first ?? false
      }
      await rows(pool, 'put-off', PUT_OFF, [key, at(until), why === 'untried' ? 1 : 0, page ?? null])
      return false
    },
  }
}

/** $1 key, $2 kind, $3 team or $6 member, $4 when it is due, $5 the other data of its kind. */
export const ENQUEUE = `
insert into delivery (key, kind, platform, team_id, member_id, due_at, data)
select $1::text, $2::text, w.platform, t.id, m.id, $4::timestamptz, $5::jsonb
from (select $3::int as team, $6::int as member) o left join team t on t.id = o.team left join member m on m.id = o.member
  join workspace w on w.id = coalesce(t.workspace_id, m.workspace_id)
on conflict do nothing`

/**
 * Counts the rounds of a season that are still to come or open. Counting keeps the planner to one look-up per
 * season.
 */
export const OPEN_ROUNDS = (podium: string) => `(select count(*) from round o
    where o.team_id = ${podium}.team_id and o.season = ${podium}.data->>'season' and o.state in ('due', 'posted'))`

/** Kinds that reach one person only, so they are sent even while the team is paused. */
const WORDS = "('refusal', 'missed', 'empty', 'gone', 'direct-close')"
/** Kinds that nobody waits for, so they are never late. */
export const UNHURRIED = "('welcome', 'arrived', 'twin', 'direct-close')"
/** True for deliveries to the channel of a paused team, where nothing is posted. */
export const HELD = (delivery: string) =>
  `(${delivery}.team_id is not null and ${delivery}.kind not in ${WORDS} and ${delivery}.team_id in ${PAUSED})`
/** True if the workspace has removed the bot, or the token is refused there. */
export const SILENCED = (
  delivery: string,
) => `case when ${delivery}.team_id is not null then ${delivery}.team_id in ${OFF}
    else exists (select from member o join workspace w on w.id = o.workspace_id where o.id = ${delivery}.member_id and not ${SPOKEN_TO}) end`

/**
 * A question waits for the reveal of the day before: for a minute if that reveal is put off, and also if it
 * comes next or is being posted when both are late, for example because the bot was down. A podium waits for
 * all rounds of its season.
 */
const WAITS = `case d.kind
    when 'podium' then ${OPEN_ROUNDS('d')} > 0
    when 'round' then $4::text is null and exists (
      select from delivery e where e.team_id = d.team_id and e.kind = 'reveal' and e.state = 'due' and e.due_at <= $1::timestamptz
        and (d.due_at > $1::timestamptz - interval '1 minute' or ${FREE('e')} or not ${UNHELD('e')}))
    else false end`

/**
 * The people to notify about a team: first the person who saved its setup last, then everybody else who has
 * saved it, then the people who installed the app.
 */
const ADMINS = `array(select k.user_id from (
    select t.admin as user_id, 0 as place, null::timestamptz as at
    union all select a.user_id, 1, a.at from team_admin a where a.team_id = t.id and a.user_id <> t.admin
    union all select i.installer, 2, i.at from install i where i.workspace_id in (w.id, w.organization_id) and i.installer <> t.admin
      and i.installer not in (select a.user_id from team_admin a where a.team_id = t.id)) k
  where k.user_id <> '' order by k.place, k.at desc)`

/** State or message of the direct message that should be drawn closed. */
const DIRECT = (column: 'state' | 'message') => `(select e.${column} from delivery e
    where h.kind = 'direct-close' and e.key = 'direct-' || h.round_id || '-' || (h.data->>'member'))`

/**
 * Seconds between redrawing direct messages of a team as closed: Slack takes 45 changes a minute of a
 * workspace, and changes in its channels take precedence (`UPDATES_A_MINUTE`).
 */
const CLOSE_EACH = 3
/**
 * Adds one delivery for each direct message of the round in `done`, even for one that is still on its way.
 */
const CLOSE_DIRECTS = (now: string) => `
  insert into delivery (key, kind, platform, team_id, round_id, data, due_at)
  select 'direct-close-' || d.round_id || '-' || (d.data->>'member'), 'direct-close', d.platform, d.team_id, d.round_id,
    jsonb_build_object('member', d.data->'member'),
    greatest(done.due_at, ${now}::timestamptz) + (row_number() over (order by d.key) - 1) * interval '${CLOSE_EACH} seconds'
  from done join delivery d on d.round_id = done.round_id and d.kind = 'direct' and d.state in ('due', 'sent')
  where done.kind = 'reveal' on conflict do nothing`

/** True for a round of a pack for which other content holds than in this process: other processes post it. */
const FOREIGN = `(d.kind = 'round' and exists (select from team t where t.id = d.team_id and t.pack in ${ELSEWHERE('$6', '$7')}))`

/** A delivery that a person asks for now is not put off, whatever happened to an earlier try. */
const CLAIM = `
with mine as (
  select d.key from delivery d where d.state = 'due' and d.due_at <= $1::timestamptz and d.platform = any($5::text[])
    and (${FREE('d')} or d.key = $4::text and ${UNHELD('d')})
    and ($4::text is null or d.key = $4::text) and not ${SILENCED('d')} and not ${HELD('d')} and not (${WAITS}) and not ${FOREIGN}
  order by d.due_at, d.team_id, d.key limit $3 for update skip locked),
held as (update delivery u set lease_until = ${LEASE('$2')}, tries = u.tries + 1 from mine where u.key = mine.key returning u.*)
select h.key, h.kind, h.data, ${ms('h.due_at')} as slot_at, h.tries - 1 as tries, ${ADMINS} as admins, o.id as member_id, o.user_id,
  (select m.user_id from member m
    where m.id = (h.data->>'member')::int and (h.kind = 'direct' and m.directly or h.kind = 'direct-close')) as direct_user,
  ${DIRECT('state')} as direct_state, ${DIRECT('message')} as direct_message,
  ro.user_id as report_user, ro.channel as report_channel, ${ROUND}
from held h left join team t on t.id = h.team_id left join member o on o.id = h.member_id
  join workspace w on w.id = coalesce(t.workspace_id, o.workspace_id) left join round r on r.id = h.round_id
  left join report_order ro on h.kind = 'report' and ro.team_id = h.team_id
order by h.due_at, h.team_id, h.key`

/** After a round is sent, its reveal is planned. */
const SENT = `
with done as (
  update delivery set state = 'sent', message = $2, lease_until = null, retry_at = null, reason = null where key = $1 and state = 'due' returning *),
posted as (
  update round r set state = 'posted', message = $2, channel = coalesce($4::text, r.channel) from done where done.kind = 'round' and r.id = done.round_id and r.state = 'due'
  returning r.id, r.team_id, r.closes_at, done.platform, done.due_at),
reveal as (
  insert into delivery (key, kind, platform, team_id, round_id, due_at)
  select 'reveal-' || id, 'reveal', platform, team_id, id, closes_at from posted on conflict do nothing),
directs as (
  insert into delivery (key, kind, platform, team_id, round_id, data, due_at)
  select 'direct-' || posted.id || '-' || m.id, 'direct', posted.platform, posted.team_id, posted.id, jsonb_build_object('member', m.id), posted.due_at
  from posted join membership ms on ms.team_id = posted.team_id and ms.rests is distinct from 'left' and ms.rests is distinct from 'gone'
    join member m on m.id = ms.member_id and m.directly on conflict do nothing),
direct_closes as (${CLOSE_DIRECTS('$3')}),
threads as (
  insert into delivery (key, kind, platform, team_id, round_id, data, due_at)
  select 'thread-' || done.round_id, 'thread', done.platform, done.team_id, done.round_id, jsonb_build_object('reveal', $2::text), done.due_at
  from done join team t on t.id = done.team_id and t.thread where done.kind = 'reveal' on conflict do nothing),
closed as (
  update round r set state = 'closed', reveal = $2 from done where done.kind = 'reveal' and r.id = done.round_id and r.state = 'posted')
update team set failing_at = null
where id in (select team_id from done where kind not in ${WORDS} and kind not in ('direct', 'report')) and failing_at is not null`

/**
 * $3: the kind of the notice about it, which is planned unless the same notice was sent since the last
 * question that arrived. Returns a row if the notice is new.
 */
const DROPPED = `
with done as (
  update delivery set state = 'dropped', reason = $2, lease_until = null, retry_at = null where key = $1 and state = 'due'
  returning key, kind, platform, team_id, round_id, due_at),
ended as (
  update round r set state = case done.kind when 'round' then 'skipped' else 'closed' end, reveal = case done.kind when 'reveal' then '' end
  from done where r.id = done.round_id and done.kind in ('round', 'reveal') and r.state in ('due', 'posted')),
direct_closes as (${CLOSE_DIRECTS('$4')})
insert into delivery (key, kind, platform, team_id, round_id, due_at, data)
select $3::text || '-' || key, $3::text, platform, team_id, round_id, $4::timestamptz,
  case $3::text when 'refusal' then jsonb_build_object('what', kind, 'reason', $2::text, 'isOver', true) else '{}' end from done
where $3::text is not null and not exists (
  select from delivery w where w.team_id = done.team_id and w.due_at > coalesce(
      (select max(s.due_at) from delivery s where s.team_id = done.team_id and s.kind = 'round' and s.state = 'sent'), '-infinity')
    and (w.kind = $3::text or $3::text = 'missed' and w.kind = 'refusal' and w.data->>'what' = 'round'))
on conflict do nothing returning key`

/** The person to notify cannot be reached, so the next one is tried at once. */
const PASS_OVER = `update delivery set lease_until = null, retry_at = null, tries = 0,
  data = jsonb_set(data - 'page', '{passed}', to_jsonb(coalesce((data->>'passed')::int, 0) + 1)) where key = $1 and state = 'due'`

const PUT_OFF = `
update delivery set lease_until = null, retry_at = $2::timestamptz, tries = greatest(0, tries - $3::int),
  data = (data - 'page') || case when $4::text is null then '{}' else jsonb_build_object('page', $4::text) end
where key = $1 and state = 'due'`

/**
 * The start of failures of which nobody was notified, since only what was already told has failed again: the
 * next one is told.
 */
const UNTOLD = 'to_timestamp(0)'
/**
 * The team is locked before it is read, so that of two deliveries that fail at once exactly one is the first
 * and plans the notice to the person who set the team up.
 */
const REFUSED = `
with failed as (
  update delivery set lease_until = null, retry_at = $3::timestamptz, reason = $4, data = data - 'page' where key = $1::text and state = 'due' returning key, kind, platform, team_id),
before as (select id, failing_at from team where id in (select team_id from failed) for update),
word as (
  insert into delivery (key, kind, platform, team_id, due_at, data)
  select 'refused-' || key, 'refusal', platform, team_id, $2::timestamptz, jsonb_build_object('what', kind, 'reason', $4::text)
  from failed join before on before.id = failed.team_id where before.failing_at is null or before.failing_at = ${UNTOLD}
  on conflict do nothing returning key)
update team t set failing_at = case when exists (select from word) then now() else coalesce(t.failing_at, ${UNTOLD}) end from before
where t.id = before.id returning exists (select from word) as first`
