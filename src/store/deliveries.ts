/**
 * The outbox: whoever gets the row says it. What its kind means for a round changes in the same statement.
 */
import type { Pool } from 'pg'
import type { Delivery, NewDelivery, PutOff } from '../bot/ports/store.js'
import { ROUND, type RoundRow, toRound } from './rounds.js'
import { at, FREE, json, LEASE, ms, OFF, PAUSED, rows, type TeamRow, toTeam } from './sql.js'

interface DeliveryRow extends TeamRow {
  key: string
  kind: Delivery['kind']
  data: object
  slot_at: number
  tries: number
}

type ClaimedRow = DeliveryRow & (RoundRow | { readonly id: null })

/**
 * The store knows what belongs to a kind as little as the table does: `NewDelivery` and the statements below
 * write it.
 */
function toDelivery(row: ClaimedRow): Delivery {
  const { key, kind, data, tries, admin } = row
  const round = row.id === null ? {} : { round: toRound(row) }
  return { key, kind, ...data, ...round, tries, admin, dueAt: row.slot_at, team: toTeam(row) } as Delivery
}

export function deliveryVerbs(pool: Pool) {
  return {
    async enqueue({ key, kind, team, dueAt, ...data }: NewDelivery): Promise<void> {
      await rows(pool, 'enqueue', ENQUEUE, [key, kind, team, at(dueAt), json(data)])
    },
    async claimDeliveries(
      now: number,
      leaseMs: number,
      limit: number,
      platforms: readonly string[],
      only?: string,
    ): Promise<Delivery[]> {
      return (
        await rows<ClaimedRow>(pool, 'claim', CLAIM, [at(now), leaseMs, limit, only ?? null, platforms])
      ).map(toDelivery)
    },
    async recordSent(key: string, message: string): Promise<void> {
      await rows(pool, 'sent', SENT, [key, message])
    },
    async dropDelivery(key: string, reason: string): Promise<void> {
      await rows(pool, 'dropped', DROPPED, [key, reason])
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

const ENQUEUE = `
insert into delivery (key, kind, platform, team_id, due_at, data)
select $1::text, $2::text, w.platform, t.id, $4::timestamptz, $5::jsonb from team t join workspace w on w.id = t.workspace_id where t.id = $3::int
on conflict do nothing`

/** Rounds of a season of which any is to come or open. Counting keeps the planner to one look-up a season. */
export const OPEN_ROUNDS = (podium: string) => `(select count(*) from round o
    where o.team_id = ${podium}.team_id and o.season = ${podium}.data->>'season' and o.state in ('due', 'posted'))`

/** Words to one person, which come while their team is paused, too. */
const WORDS = "('refusal', 'gone')"
/** Nobody waits for these, so that they are never late. */
export const UNHURRIED = "('welcome', 'twin')"
/** Nothing is posted in the channel of a team that is paused. */
export const HELD = (delivery: string) =>
  `(${delivery}.kind not in ${WORDS} and ${delivery}.team_id in ${PAUSED})`

/**
 * The question of a day comes after the reveal of the day before, which it waits a minute for; a podium after
 * all rounds of its season.
 */
const WAITS = `case d.kind
    when 'podium' then ${OPEN_ROUNDS('d')} > 0
    when 'round' then $4::text is null and d.due_at > $1::timestamptz - interval '1 minute' and exists (
      select from delivery e where e.team_id = d.team_id and e.kind = 'reveal' and e.state = 'due' and e.due_at <= $1::timestamptz)
    else false end`

const CLAIM = `
with mine as (
  select d.key from delivery d where d.state = 'due' and d.due_at <= $1::timestamptz and d.platform = any($5::text[]) and ${FREE('d')}
    and ($4::text is null or d.key = $4::text) and d.team_id not in ${OFF} and not ${HELD('d')} and not (${WAITS})
  order by d.due_at, d.team_id, d.key limit $3 for update skip locked),
held as (update delivery u set lease_until = ${LEASE('$2')}, tries = u.tries + 1 from mine where u.key = mine.key returning u.*)
select h.key, h.kind, h.data, ${ms('h.due_at')} as slot_at, h.tries - 1 as tries, ${ROUND}
from held h join team t on t.id = h.team_id join workspace w on w.id = t.workspace_id left join round r on r.id = h.round_id
order by h.due_at, h.team_id, h.key`

/** A round that is out has its reveal to come. */
const SENT = `
with done as (
  update delivery set state = 'sent', message = $2, lease_until = null, retry_at = null, reason = null where key = $1 and state = 'due' returning *),
posted as (
  update round r set state = 'posted', message = $2 from done where done.kind = 'round' and r.id = done.round_id and r.state = 'due'
  returning r.id, r.team_id, r.closes_at, done.platform),
reveal as (
  insert into delivery (key, kind, platform, team_id, round_id, due_at)
  select 'reveal-' || id, 'reveal', platform, team_id, id, closes_at from posted on conflict do nothing),
closed as (
  update round r set state = 'closed', reveal = $2 from done where done.kind = 'reveal' and r.id = done.round_id and r.state = 'posted')
update team set failing_at = null
where id in (select team_id from done where kind not in ${WORDS}) and failing_at is not null`

const DROPPED = `
with done as (
  update delivery set state = 'dropped', reason = $2, lease_until = null, retry_at = null where key = $1 and state = 'due' returning kind, round_id)
update round r set state = case done.kind when 'round' then 'skipped' else 'closed' end, reveal = case done.kind when 'reveal' then '' end
from done where r.id = done.round_id and done.kind in ('round', 'reveal') and r.state in ('due', 'posted')`

const PUT_OFF = `
update delivery set lease_until = null, retry_at = $2::timestamptz, tries = greatest(0, tries - $3::int),
  data = (data - 'page') || case when $4::text is null then '{}' else jsonb_build_object('page', $4::text) end
where key = $1 and state = 'due'`

/**
 * The team is locked before it is looked at, so that of two that fail at once one is the first: with it comes
 * a word to whoever set the team up.
 */
const REFUSED = `
with failed as (
  update delivery set lease_until = null, retry_at = $3::timestamptz, reason = $4, data = data - 'page' where key = $1::text and state = 'due' returning key, kind, platform, team_id),
before as (select id, failing_at from team where id in (select team_id from failed) for update),
word as (
  insert into delivery as d (key, kind, platform, team_id, due_at, data)
  select 'refused-' || key, 'refusal', platform, team_id, $2::timestamptz, jsonb_build_object('what', kind, 'reason', $4::text)
  from failed join before on before.id = failed.team_id where before.failing_at is null
  on conflict (key) do update set state = 'due', due_at = excluded.due_at, data = excluded.data, tries = 0, message = null where d.state <> 'due')
update team t set failing_at = coalesce(t.failing_at, now()) from before
where t.id = before.id returning before.failing_at is null as first`
