/** Rounds: planned, open, settled. Messages about them are in `deliveries.ts`. */
import type { Pool } from 'pg'
import type { Edition } from '../bot/ports/editions.js'
import type { WorkspaceKey } from '../bot/ports/keys.js'
import type { DueTeam, History, PlannedQuestion, RoundPlan, SlotResult } from '../bot/ports/rounds.js'
import type { Round } from '../core/model.js'
import { ELSEWHERE, listed } from './editions.js'
import { settle } from './settle.js'
import { at, HERE, ms, rows, TEAM, type TeamRow, toTeam } from './sql.js'

const FROM_TEAM = 'team t join workspace w on w.id = t.workspace_id'
/** The columns of a round and its team; the tables must be called `r`, `t` and `w`. */
export const ROUND = `r.id, r.channel as round_channel, r.date::text as date, ${ms('r.due_at')} as due_at, ${ms('r.closes_at')} as closes_at, r.state, r.message,
  (select coalesce(json_agg(json_strip_nulls(json_build_object('slot', i.slot, 'question', i.question, 'version', i.version, 'seed', i.seed, 'keyVersion', i.key_version))
     order by i.slot), '[]')
   from round_item i where i.round_id = r.id and i.item = 0) as questions, ${TEAM}`

const ROUNDS = `select ${ROUND} from round r join team t on t.id = r.team_id join workspace w on w.id = t.workspace_id`

/**
 * Selects the recent dates on which a team `t` has had its round. No slot has an older date any more,
 * whatever zone the team changes to.
 */
const USED = `array(select r.date::text from round r where r.team_id = t.id and (r.state <> 'skipped' or exists (select from attempt a where a.round_id = r.id))
    order by r.date desc limit 4)`

export interface RoundRow extends TeamRow {
  id: number
  round_channel: string
  date: string
  due_at: number
  closes_at: number
  state: Round['state']
  message: string | null
  questions: Round['questions']
}

export function toRound(row: RoundRow): Round {
  const { id, date, state, questions } = row
  return {
    id,
    date,
    state,
    questions,
    channel: row.round_channel,
    dueAt: row.due_at,
    closesAt: row.closes_at,
    message: row.message ?? undefined,
    team: toTeam(row),
  }
}

export function roundVerbs(pool: Pool) {
  return {
    async planRounds(
      now: number,
      limit: number,
      plan: (due: DueTeam) => RoundPlan,
      editions?: readonly Edition[],
    ): Promise<number> {
      const [ids, hashes] = editions ? listed(editions) : [null, null]
      // An iteration that writes nothing means that others planned or changed all these teams.
      for (;;) {
        const due = await rows<PlanRow>(pool, 'plan-due', DUE, [at(now), limit, ids, hashes])
        if (due.length === 0) return 0
        const { moved } = await planned(pool, due, plan)
        if (moved > 0) return moved
      }
    },
    async planNow(
      team: number,
      plan: (due: DueTeam) => RoundPlan,
    ): Promise<'planned' | 'already' | 'no-team'> {
      for (;;) {
        const one = await rows<PlanRow>(pool, 'plan-one', ONE, [team])
        if (one.length === 0) return 'no-team'
        const { moved, made } = await planned(pool, one, plan)
        if (moved > 0) return made > 0 ? 'planned' : 'already'
      }
    },
    settleRound: (round: number) => settle(pool, round),
    async endRoundNow(team: number, now: number): Promise<number | undefined> {
      const sql = `with ended as (
          update round set closes_at = least(closes_at, $2::timestamptz)
          where id = (select id from round where team_id = $1 and state = 'posted' order by due_at desc limit 1) returning id, closes_at)
        update delivery d set due_at = ended.closes_at from ended where d.key = 'reveal-' || ended.id returning ended.id`
      return (await rows<{ id: number }>(pool, 'end-now', sql, [team, at(now)]))[0]?.id
    },
    async round(id: number): Promise<Round | undefined> {
      const [row] = await rows<RoundRow>(pool, 'round', `${ROUNDS} where r.id = $1 and ${HERE}`, [id])
      return row && toRound(row)
    },
    async usedDates(team: number): Promise<string[]> {
      const [row] = await rows<{ used: string[] }>(
        pool,
        'used-dates',
        `select ${USED} as used from team t where t.id = $1`,
        [team],
      )
      return row?.used ?? []
    },
    async latestRound(team: number): Promise<Round | undefined> {
      const sql = `${ROUNDS} where r.team_id = $1 and r.state <> 'skipped' and ${HERE} order by r.due_at desc limit 1`
      const [row] = await rows<RoundRow>(pool, 'latest-round', sql, [team])
      return row && toRound(row)
    },
    async openRounds(team: number): Promise<Round[]> {
      const sql = `${ROUNDS} where r.team_id = $1 and r.state = 'posted' and ${HERE} order by r.due_at desc`
      return (await rows<RoundRow>(pool, 'open-rounds', sql, [team])).map(toRound)
    },
    async roundsElsewhere({ platform, workspace }: WorkspaceKey): Promise<Round[]> {
      const sql = `${ROUNDS} where w.platform = $1 and w.external = $2 and r.state = 'posted' and r.channel <> t.channel and ${HERE} order by r.due_at desc`
      return (await rows<RoundRow>(pool, 'rounds-elsewhere', sql, [platform, workspace])).map(toRound)
    },
    async answererCount(round: number): Promise<number> {
      const [row] = await rows<{ n: number }>(
        pool,
        'answerers',
        'select count(distinct member_id)::int as n from attempt where round_id = $1',
        [round],
      )
      return row?.n ?? 0
    },
    async results(round: number): Promise<SlotResult[]> {
      return rows<SlotResult & Record<string, unknown>>(pool, 'results', RESULTS, [round])
    },
    teamHistory: async (team: number): Promise<History> =>
      (await histories(pool, [team])).get(team) ?? new Map(),
  }
}

/** A plan for a team holds only for this version of its row. */
interface PlanRow extends TeamRow {
  version: string
  used: string[]
}

const PLAN = `select ${TEAM}, t.xmin::text as version, ${USED} as used from ${FROM_TEAM}`
const DUE = `${PLAN} where t.next_post_at <= $1::timestamptz and not t.paused and ${HERE} and w.paused_at is null
  and t.pack not in ${ELSEWHERE('$3', '$4')} order by t.next_post_at limit $2`
const ONE = `${PLAN} where t.id = $1 and ${HERE}`

/** Leaves out answers of people who knew the key before, as `settle.ts` does. */
const RESULTS = `select i.slot, coalesce(sum(g.n), 0)::int as answered, coalesce(sum(g.n) filter (where g.correct), 0)::int as right,
    coalesce(json_agg(json_build_object('answer', g.answer, 'count', g.n) order by g.n desc, g.answer) filter (where g.answer is not null), '[]') as answers
  from round_item i left join (select slot, answer, correct, count(*)::int as n from attempt where round_id = $1 and not known group by slot, answer, correct) g on g.slot = i.slot
  where i.round_id = $1 group by i.slot order by i.slot`

/**
 * Returns what each team was asked before: a question counts once per round, with the answers to all its
 * items.
 */
async function histories(pool: Pool, teams: readonly number[]): Promise<Map<number, History>> {
  const sql = `select r.team_id, i.question, count(*) filter (where i.item = 0)::int as uses, sum(i.answered)::int as answered, sum(i.correct)::int as right
    from round r join round_item i on i.round_id = r.id where r.team_id = any($1::int[]) and r.state <> 'skipped' group by r.team_id, i.question`
  const found = await rows<{
    team_id: number
    question: string
    uses: number
    answered: number
    right: number
  }>(pool, 'histories', sql, [teams])
  const result = new Map<number, Map<string, { uses: number; answered: number; right: number }>>()
  for (const { team_id, question, uses, answered, right } of found) {
    const history = result.get(team_id) ?? new Map()
    result.set(team_id, history.set(question, { uses, answered, right }))
  }
  return result
}

/**
 * Computes the plans while nothing is locked, and writes them in one statement, all or nothing. A team that
 * was changed or planned meanwhile is left out. `moved`: the number of teams written; `made`: the number of
 * new rounds.
 */
async function planned(
  pool: Pool,
  teams: readonly PlanRow[],
  plan: (due: DueTeam) => RoundPlan,
): Promise<{ moved: number; made: number }> {
  const known = await histories(
    pool,
    teams.map((t) => t.team_id),
  )
  const plans = teams.map((row) => ({
    team: row.team_id,
    version: row.version,
    ...plan({ team: toTeam(row), used: row.used, history: known.get(row.team_id) ?? new Map() }),
  }))
  const items = plans.flatMap(({ team, round }) =>
    slotsOf(round?.questions ?? []).map((item) => ({ team, ...item })),
  )
  const time = (ms: number | undefined) => (ms === undefined ? null : at(ms))
  const values = [
    plans.map((p) => p.team),
    plans.map((p) => p.version),
    plans.map((p) => at(p.nextPostAt)),
    plans.map((p) => p.round?.date ?? null),
    plans.map((p) => time(p.round?.dueAt)),
    plans.map((p) => time(p.round?.closesAt)),
    plans.map((p) => p.round?.season ?? null),
    plans.map((p) => time(p.round?.seasonEndsAt)),
    plans.map((p) => p.round?.week ?? null),
    ...(['team', 'slot', 'question', 'version', 'seed', 'item', 'key', 'maxPoints'] as const).map((key) =>
      items.map((item) => item[key]),
    ),
  ]
  const [written] = await rows<{ moved: number; made: number }>(pool, 'plan', WRITE, values)
  return written ?? { moved: 0, made: 0 }
}

/** Returns one entry per slot of the round. */
function slotsOf(questions: readonly PlannedQuestion[]) {
  return questions
    .flatMap(({ items, ...question }) => items.map((item, i) => ({ ...question, ...item, item: i })))
    .map((item, slot) => ({ ...item, slot }))
}

/**
 * $1 to $9 per team: id, version, next slot, and its round's date, due, close, season, the season's end, week
 * (empty without a round). $10 to $17 per item: team, slot, question, version, seed, item, key, maximum
 * points. Teams are locked in order, so that if processes plan the same teams, one waits for the other, and
 * then finds other versions. A round that was skipped before anybody answered does not use up its date;
 * counting the deleted rows ensures that it is gone before its successor comes.
 */
const WRITE = `
with plan as (
  select * from unnest($1::int[], $2::text[], $3::timestamptz[], $4::date[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[], $9::text[])
    as p(team, version, next_at, date, due_at, closes_at, season, season_ends_at, week)),
mine as (
  select plan.*, w.platform, t.channel from plan join team t on t.id = plan.team join workspace w on w.id = t.workspace_id
  where t.xmin::text = plan.version and ${HERE} order by t.id for no key update of t),
moved as (
  update team t set next_post_at = case when not t.paused then mine.next_at end from mine where t.id = mine.team returning t.id),
podiums as (
  insert into delivery (key, kind, platform, team_id, data, due_at)
  select 'season-' || team || '-' || season, 'podium', platform, team, jsonb_build_object('season', season), season_ends_at
  from mine where date is not null
  on conflict (key) do update set due_at = excluded.due_at where delivery.state = 'due' and delivery.due_at <> excluded.due_at),
room as (
  delete from round r using mine where r.team_id = mine.team and r.date = mine.date and r.state = 'skipped'
    and not exists (select from attempt a where a.round_id = r.id) returning r.id),
made as (
  insert into round (team_id, date, due_at, closes_at, season, week, channel)
  select team, date, due_at, closes_at, season, week, channel from mine
  where date is not null and (select count(*) from room) >= 0
  on conflict (team_id, date) do nothing returning id, team_id, due_at),
ended as (
  update round o set closes_at = least(o.closes_at, made.due_at) from made
  where o.team_id = made.team_id and o.state in ('due', 'posted') returning o.id, o.closes_at),
revealed as (
  update delivery d set due_at = ended.closes_at from ended where d.key = 'reveal-' || ended.id and d.state = 'due'),
deliveries as (
  insert into delivery (key, kind, platform, team_id, round_id, due_at)
  select 'round-' || made.id, 'round', mine.platform, made.team_id, made.id, made.due_at from made join mine on mine.team = made.team_id),
items as (
  insert into round_item (round_id, slot, question, version, seed, item, key, max_points)
  select made.id, i.slot, i.question, i.version, i.seed, i.item, i.key, i.max_points
  from unnest($10::int[], $11::int[], $12::text[], $13::text[], $14::bigint[], $15::int[], $16::text[], $17::int[])
    as i(team, slot, question, version, seed, item, key, max_points) join made on made.team_id = i.team)
select (select count(*)::int from moved) as moved, (select count(*)::int from made) as made`
