/**
 * Creates the teams of a platform with their open rounds, and chooses the n-th answer, no two of them alike.
 */

import { roundCard } from '../../src/bot/cards/round.js'
import type { Card } from '../../src/bot/ui/card.js'
import { roundIds } from '../../src/bot/ui/ids.js'
import type { Bank } from '../../src/content/bank.js'
import { UserError } from '../../src/core/errors.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { Question, Team } from '../../src/core/model.js'
import { isoWeek, localDate, season } from '../../src/core/schedule.js'
import { DAY_MS } from '../../src/core/time.js'
import { createStore } from '../../src/store/store.js'
import type { Scratch } from '../scratch.js'
import type { Side } from './side.js'

export const TEAMS = 250
const MEMBERS = 40
const PEOPLE = TEAMS * MEMBERS
const SLOTS = 5
/** Spreads neighbours over the teams. */
const STRIDE = 7919
/** The team of the burst, in addition to the others, with its own members. */
const CROWD = TEAMS
const CROWD_FROM = 1_000_000
const WARM_FROM = 2_000_000
const SEED = 1
const ZONE = 'UTC'
/** The format of a choice among four. */
export const OF_FOUR = { kind: 'choice', places: 1, options: 4 } as const

export interface World {
  /** Returns the person, team and button of the n-th press. */
  at(n: number): { team: number; person: number; action: string }
  /**
   * Returns the n-th of the many who press on one message; `warm`: other people, on another message of the
   * same team.
   */
  inCrowd(n: number, warm: boolean): { team: number; person: number; action: string }
  /** The id of the team with the burst. */
  readonly crowd: number
}

/** Returns choice questions, each with a key that one press can choose. */
export function questionsOf(bank: Bank): Question[] {
  const choices = bank.questions.filter((q) => q.kind === 'choice').slice(0, SLOTS)
  if (choices.length < SLOTS)
    throw new UserError(`the content has ${choices.length} choice questions, and the load needs ${SLOTS}`)
  return choices
}

/** Returns the card that is in the channel. */
export function messageOf(question: Question | undefined, now: number): Card {
  if (!question) throw new UserError('the content has no choice question')
  const instance = instantiate(question, SEED)
  const slots = instance.items.map((item, slot) => ({ slot, instance, item }))
  const schedule = { zone: ZONE, minute: 540, days: [1, 2, 3, 4, 5], openHours: 24 }
  const where = {
    id: 1,
    platform: 'load',
    workspace: 'w',
    channel: 'c',
    name: 'Team',
    pack: question.pack,
    count: 1,
    topics: [],
    mention: '',
    thread: false,
  }
  const team: Team = { ...schedule, ...where, paused: false, nextPostAt: undefined }
  const times = { date: localDate(now, ZONE), dueAt: now, closesAt: now + DAY_MS }
  return roundCard(
    { id: 1, team, channel: team.channel, ...times, state: 'posted', message: undefined, questions: [] },
    slots,
    0,
  )
}

/** Inserts as many rounds per team as `answers` need. Nothing is due before tomorrow. */
export async function fill(
  { database }: Scratch,
  side: Side,
  questions: readonly Question[],
  answers: number,
  now: number,
): Promise<World> {
  const rounds = Math.ceil(answers / (PEOPLE * SLOTS)) + 1
  const query = (sql: string, values: readonly unknown[]) => database.pool.query(sql, [...values])
  const place = [side.platform, side.workspace]
  await query('insert into workspace (platform, external) values ($1, $2) on conflict do nothing', place)
  await query(
    `insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin)
     select w.id, c.channel, 'Team ' || c.channel, $4, $5, 540, '{1,2,3,4,5}', 24, $6, '{}', '0'
     from workspace w, unnest($3::text[]) with ordinality c(channel, n) where w.platform = $1 and w.external = $2 order by c.n`,
    [
      ...place,
      Array.from({ length: TEAMS + 1 }, (_, team) => side.channel(team)),
      questions[0]?.pack,
      ZONE,
      SLOTS,
    ],
  )
  const today = localDate(now, ZONE)
  const { rows } = await query(
    `insert into round (team_id, date, due_at, closes_at, season, week, channel, state, message)
     select t.id, $3::date - $4::int + r, $5::timestamptz, $6::timestamptz, $7, $8, t.channel, 'posted', $9
     from team t join workspace w on w.id = t.workspace_id, generate_series(1, $4::int) r
     where w.platform = $1 and w.external = $2 order by t.id, r returning id, team_id`,
    [...place, today, rounds, iso(now), iso(now + DAY_MS), season(today), isoWeek(today), side.message],
  )
  for (const [slot, question] of questions.entries())
    await query(
      `insert into round_item (round_id, slot, question, version, seed, item, key, max_points)
       select r.id, $1, $2, $3, $4, 0, $5, 10 from round r join team t on t.id = r.team_id join workspace w on w.id = t.workspace_id where w.platform = $6`,
      [slot, question.id, question.version, SEED, instantiate(question, SEED).items[0]?.key, side.platform],
    )
  const first = Math.min(...rows.map((row) => Number(row.id)))
  const pick = (team: number, turn: number, n: number) => {
    const round = first + team * rounds + Math.floor(turn / SLOTS)
    return roundIds.choose.id({ round, slot: turn % SLOTS, shape: OF_FOUR, letter: 'ABCD'[n % 4] ?? 'A' })
  }
  return {
    crowd: Number(rows.at(-1)?.team_id),
    at(n) {
      const person = (n * STRIDE) % PEOPLE
      const team = person % TEAMS
      return { team, person, action: pick(team, Math.floor(n / PEOPLE), n) }
    },
    inCrowd: (n, warm) => ({
      team: CROWD,
      person: (warm ? WARM_FROM : CROWD_FROM) + n,
      action: pick(CROWD, warm ? SLOTS : 0, n),
    }),
  }
}

const iso = (ms: number) => new Date(ms).toISOString()

/** Runs what the server does by itself within a minute. */
export async function settle({ database }: Scratch): Promise<void> {
  await database.pool.query('vacuum analyze')
}

/** Returns the number of answers in the database. */
export async function recorded({ database }: Scratch, platform: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    'select count(*)::int as n from attempt a join round r on r.id = a.round_id join team t on t.id = r.team_id join workspace w on w.id = t.workspace_id where w.platform = $1',
    [platform],
  )
  return rows[0]?.n ?? 0
}

/**
 * Whether the board of a team, once its rounds are settled, is the sum of its members' answers, each counted
 * once.
 */
export async function boardIsRight({ database }: Scratch, team: number, members: number): Promise<boolean> {
  const { settleRound } = createStore(database)
  const ended = await database.pool.query<{ id: number }>('select id from round where team_id = $1', [team])
  for (const { id } of ended.rows) await settleRound(id)
  const { rows } = await database.pool.query<{ people: number; wrong: number }>(
    `select count(*)::int as people, (count(*) filter (where s.points is distinct from a.points or s.answered <> 1))::int as wrong
     from standing s left join (
       select a.member_id, sum(a.points)::int as points from attempt a join round r on r.id = a.round_id where r.team_id = $1 group by a.member_id
     ) a on a.member_id = s.member_id where s.team_id = $1 and s.period = 'all'`,
    [team],
  )
  return rows[0]?.people === members && rows[0].wrong === 0
}
