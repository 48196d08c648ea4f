/** Regrades: apply a corrected key to everything posted from a question, in one transaction. */
import type { Pool, PoolClient } from 'pg'
import type { Notice, Posing, RegradeOrder, RegradeResult } from '../bot/ports/regrades.js'
import { ANY_ANSWER } from '../core/grade.js'
import { grouped } from '../core/grouped.js'
import type { Answer } from '../core/model.js'
import { TRIED } from '../core/scoring.js'
import { at, json, retryOnConflict, rows, transaction } from './sql.js'

type Keys = (posing: Posing) => readonly Answer[] | undefined

interface Item extends Posing {
  readonly round_id: number
  readonly slot: number
  readonly item: number
  readonly key: Answer
  readonly keyVersion: string | null
  readonly team_id: number
  readonly open: boolean
}

/** An item and its new key. */
type Change = Item & { readonly newKey: Answer; readonly newKeyVersion: string | null }

/** The points that one member of a team gains or loses. */
interface Moved extends Record<string, unknown> {
  readonly team_id: number
  readonly points: number
  readonly attempts: number
}

export function regradeVerbs(pool: Pool) {
  return {
    regrade: (order: RegradeOrder, keys: Keys): Promise<RegradeResult | undefined> =>
      retryOnConflict(() =>
        transaction(pool, (db) => regrade(db, order, keys), order.apply ? 'COMMIT' : 'ROLLBACK'),
      ),
  }
}

async function regrade(db: PoolClient, order: RegradeOrder, keys: Keys): Promise<RegradeResult | undefined> {
  const changes = await changesOf(db, order, keys)
  const practised = order.only ? [] : await regradePractice(db, order, keys)
  if (changes.length === 0 && practised.length === 0) return undefined
  const rekeyed = changes.filter((c) => c.key !== c.newKey)
  const moved = await regradeRounds(db, changes, rekeyed)
  const result = summary(changes, moved, practised)
  if (result.attempts > 0) {
    await rows(db, 'regrade-memories', STALE, [order.question])
    await rows(db, 'regrade-items-anew', ITEMS_STALE, [])
  }
  const [row] = await rows<{ id: number }>(db, 'regrade-row', RECORD, [
    ...[order.question, result.versions, order.to, order.why, at(order.now)],
    ...[result.rounds, result.attempts, result.given + result.taken],
  ])
  const teams = await writeNotices(db, row?.id ?? 0, order, rekeyed, moved)
  return { ...result, teams }
}

/** Marks memory of the question as stale, so that it is computed again from the new grades. */
const STALE = `update person set stale = true where id in (
  select m.person_id from attempt a join member m on m.id = a.member_id where a.question = $1::text)`

/** Marks ratings of people and items as stale, too. */
const ITEMS_STALE = 'update item_cursor set stale = true where id = 1'

const RECORD = `insert into regrade (question, versions, key_version, why, at, rounds, attempts, points)
  values ($1, $2::text[], $3, $4, $5::timestamptz, $6, $7, $8) returning id`

/**
 * The items are locked before anything else, in order: an answer that is being recorded finishes first, and a
 * later one waits and is then graded by the new key (`answers.ts`).
 */
const ITEMS = `
select i.round_id, i.slot, i.version, i.seed::float8 as seed, i.item, i.key, i.key_version as "keyVersion", r.team_id,
  r.state = 'posted' and r.closes_at > $3::timestamptz as open
from round_item i join round r on r.id = i.round_id
where i.question = $1::text and (i.version is distinct from $2::text or i.key_version is not null)
  and ($4::int is null or r.team_id = $4::int and i.version = $5::text) order by i.round_id, i.slot for update of i`

async function changesOf(
  db: PoolClient,
  { question, to, current, now, only }: RegradeOrder,
  keys: Keys,
): Promise<Change[]> {
  const items = await rows<Item & Record<string, unknown>>(db, 'regrade-items', ITEMS, [
    question,
    current ?? null,
    at(now),
    only?.team ?? null,
    only?.version ?? null,
  ])
  return items
    .flatMap((item) => {
      const newKey = keys(item)?.[item.item]
      return newKey === undefined ? [] : [{ ...item, newKey, newKeyVersion: to === item.version ? null : to }]
    })
    .filter((c) => c.key !== c.newKey || c.keyVersion !== c.newKeyVersion)
}

async function regradeRounds(
  db: PoolClient,
  changes: readonly Change[],
  rekeyed: readonly Change[],
): Promise<Moved[]> {
  const places = (list: readonly Change[]) => [list.map((c) => c.round_id), list.map((c) => c.slot)]
  const newKeys = (list: readonly Change[]) => list.map((c) => c.newKey)
  await rows(db, 'regrade-hold', HOLD, places(rekeyed))
  await rows(db, 'regrade-keys', REKEY, [
    ...places(changes),
    newKeys(changes),
    changes.map((c) => c.newKeyVersion),
  ])
  return rows<Moved>(db, 'regrade-replay', REPLAY, [...places(rekeyed), newKeys(rekeyed)])
}

/** Memberships are locked before answers and standings, in the same order everywhere. */
const HOLD = `
select from membership ms join (
  select distinct r.team_id, a.member_id from unnest($1::int[], $2::int[]) k(round_id, slot)
    join attempt a on a.round_id = k.round_id and a.slot = k.slot join round r on r.id = k.round_id) who
  on who.team_id = ms.team_id and who.member_id = ms.member_id
order by ms.team_id, ms.member_id for update of ms`

const REKEY = `update round_item i set key = k.key, key_version = k.key_version
  from unnest($1::int[], $2::int[], $3::text[], $4::text[]) k(round_id, slot, key, key_version) where i.round_id = k.round_id and i.slot = k.slot`

/**
 * The streak bonus of an answer, in addition to its points for right or tried, stays. Boards change with the
 * rounds that are settled; the close of the others adds up what is right then. Points and counts change by
 * the difference of the existing answers: answers that were deleted for their age count as they were graded.
 */
const REPLAY = `
with turned as (
  select a.id, not a.correct as correct,
    case when a.known then 0 when a.correct then ${TRIED} - i.max_points else i.max_points - ${TRIED} end as points
  from unnest($1::int[], $2::int[], $3::text[]) k(round_id, slot, key)
    join attempt a on a.round_id = k.round_id and a.slot = k.slot join round_item i on i.round_id = k.round_id and i.slot = k.slot
  where a.correct <> (k.key in (a.answer, '${ANY_ANSWER}'))),
moved as (
  update attempt a set correct = t.correct, points = a.points + t.points from turned t where a.id = t.id
  returning a.round_id, a.slot, a.member_id, t.points, case when a.known then 0 when t.correct then 1 else -1 end as correct),
recounted as (
  update round_item i set correct = i.correct + c.correct
  from (select round_id, slot, sum(correct)::int as correct from moved group by 1, 2) c
  where i.round_id = c.round_id and i.slot = c.slot and i.settled),
sums as (
  select r.team_id, r.season, r.week, m.member_id, i.settled, sum(m.points)::int as points, sum(m.correct)::int as correct, count(*)::int as attempts
  from moved m join round r on r.id = m.round_id join round_item i on i.round_id = m.round_id and i.slot = m.slot group by 1, 2, 3, 4, 5),
scored as (
  update standing s set points = s.points + p.points, correct = s.correct + p.correct
  from (
    select team_id, period, member_id, sum(points)::int as points, sum(correct)::int as correct
    from sums cross join lateral unnest(array['all', season, week]) period where settled group by 1, 2, 3) p
  where s.team_id = p.team_id and s.period = p.period and s.member_id = p.member_id)
select team_id, sum(points)::int as points, sum(attempts)::int as attempts from sums group by team_id, member_id`

/** Returns the version of each answer that became right or wrong. */
async function regradePractice(
  db: PoolClient,
  { question, to, current }: RegradeOrder,
  keys: Keys,
): Promise<string[]> {
  const found = await rows<Posing & Record<string, unknown>>(db, 'regrade-practised', PRACTISED, [
    question,
    to,
    current ?? null,
  ])
  const items = found.flatMap((posing) => (keys(posing) ?? []).map((key, item) => ({ ...posing, key, item })))
  const column = (key: 'version' | 'seed' | 'item' | 'key') => items.map((item) => item[key])
  const values = [question, column('version'), column('seed'), column('item'), column('key')]
  return (await rows<{ version: string }>(db, 'regrade-practice', PRACTICE, values)).map((row) => row.version)
}

/** The version that the content holds now is not withdrawn. */
const PRACTISED = `select distinct version, seed::float8 as seed from attempt
  where round_id is null and question = $1::text and ($2::text <> '${ANY_ANSWER}' or version is distinct from $3::text)`

const PRACTICE = `
update attempt a set correct = not a.correct
from unnest($2::text[], $3::bigint[], $4::int[], $5::text[]) k(version, seed, item, key)
where a.round_id is null and a.question = $1::text and a.version = k.version and a.seed = k.seed and a.item = k.item
  and a.correct <> (k.key in (a.answer, '${ANY_ANSWER}')) returning a.version`

function summary(changes: readonly Change[], moved: readonly Moved[], practised: readonly string[]) {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
  return {
    versions: [...new Set([...changes.map((c) => c.version), ...practised])].sort(),
    rounds: new Set(changes.map((c) => c.round_id)).size,
    open: new Set(changes.filter((c) => c.open).map((c) => c.round_id)).size,
    attempts: sum(moved.map((m) => m.attempts)) + practised.length,
    practice: practised.length,
    members: moved.filter((m) => m.points !== 0).length,
    given: sum(moved.map((m) => Math.max(0, m.points))),
    taken: sum(moved.map((m) => Math.max(0, -m.points))),
  }
}

/** Notifies a team if any points changed, or if the round is still open. Returns the number of teams. */
async function writeNotices(
  db: PoolClient,
  id: number,
  { question, why, now }: RegradeOrder,
  rekeyed: readonly Change[],
  moved: readonly Moved[],
): Promise<number> {
  const movedIn = grouped(
    moved.filter((m) => m.points !== 0),
    ({ team_id }) => team_id,
  )
  const notices = [...grouped(rekeyed, ({ team_id }) => team_id)].flatMap(([team, items]) => {
    const members = movedIn.get(team) ?? []
    if (members.length === 0 && !items.some((c) => c.open)) return []
    const round = items.reduce((latest, c) => Math.max(latest, c.round_id), 0)
    const was = items.filter((c) => c.round_id === round).map(({ slot, key }) => ({ slot, key }))
    const points = members.reduce((sum, m) => sum + m.points, 0)
    const notice: Notice = { question, why, was, members: members.length, points }
    return [{ team, round, notice: json(notice) }]
  })
  const column = (key: keyof (typeof notices)[number]) => notices.map((n) => n[key])
  await rows(db, 'regrade-notices', NOTICES, [id, at(now), column('team'), column('round'), column('notice')])
  return notices.length
}

const NOTICES = `
insert into delivery (key, kind, platform, team_id, round_id, data, due_at)
select 'regrade-' || $1::int || '-' || t.id, 'notice', w.platform, t.id, n.round, n.notice, $2::timestamptz
from unnest($3::int[], $4::int[], $5::jsonb[]) as n(team, round, notice) join team t on t.id = n.team join workspace w on w.id = t.workspace_id`
