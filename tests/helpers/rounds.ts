/** A team with rounds on the days that a test names, straight through the store. */
import type { Delivery } from '../../src/bot/ports/deliveries.js'
import type { WorkspaceKey } from '../../src/bot/ports/keys.js'
import type { PlannedQuestion, RoundPlan } from '../../src/bot/ports/rounds.js'
import type { Store } from '../../src/bot/ports/store.js'
import type { TeamSetup } from '../../src/bot/ports/teams.js'
import type { Team } from '../../src/core/model.js'
import { isoWeek, season, seasonEnd } from '../../src/core/schedule.js'
import type { Database } from '../../src/store/open.js'
import { testDatabase } from './database.js'

export const PLACE = { platform: 'test', workspace: 'w1', channel: 'study' } as const
const HOUR = 3_600_000

/** A team in a workspace where the bot is. */
export async function savedTeam(store: Store, setup: Omit<TeamSetup, 'seasonEnds'>): Promise<Team> {
  await store.openWorkspaces(setup.platform, [setup.workspace])
  const id = setup.id ?? (await store.teamIn(setup))?.id
  const team = await store.saveTeam({ seasonEnds: [], ...setup, id })
  if (typeof team !== 'object') throw new Error('the team was not saved')
  return team
}

/** By its number, which nothing but a test knows without its place. */
export async function teamById(store: Store, id: number): Promise<Team | undefined> {
  const found = await (await testDatabase()).prisma.team.findUnique({
    where: { id },
    include: { workspace: true },
  })
  return found
    ? store.teamIn({ ...found, platform: found.workspace.platform, workspace: found.workspace.external })
    : undefined
}

/** All of a workspace, oldest first. */
export async function teamsOf(store: Store, { platform, workspace }: WorkspaceKey): Promise<Team[]> {
  const where = { workspace: { platform, external: workspace } }
  const found = await (await testDatabase()).prisma.team.findMany({ where, orderBy: { id: 'asc' } })
  const teams = await Promise.all(found.map(({ channel }) => store.teamIn({ platform, workspace, channel })))
  return teams.filter((team) => team !== undefined)
}

export async function makeTeam(store: Store, more: Partial<TeamSetup> = {}): Promise<number> {
  const schedule = { zone: 'UTC', minute: 480, days: [1, 2, 3, 4, 5, 6, 7], openHours: 12 }
  const team = await savedTeam(store, {
    ...PLACE,
    ...schedule,
    ...{
      name: 'Team',
      pack: 'p',
      count: 1,
      topics: [],
      admin: 'ada',
      nextPostAt: Date.parse('2100-01-01T08:00Z'),
      ...more,
    },
  })
  return team.id
}

/** As if so much time had passed by the clock of the database, by which leases go; nobody waits for it. */
export async function leasesAge({ pool }: Database, ms: number): Promise<void> {
  await pool.query(`update delivery set lease_until = lease_until - $1::int * interval '1 millisecond'`, [ms])
}

export interface MadeRound {
  readonly id: number
  readonly date: string
  readonly at: number
}

/** What is planned for a date: due at 08:00 UTC, open for twelve hours; every item's key is `A`. */
export function planOf(date: string, worths: readonly number[] = [10]): RoundPlan {
  const at = Date.parse(`${date}T08:00Z`)
  const questions: PlannedQuestion[] = worths.map((maxPoints, i) => ({
    question: `q${i}`,
    version: 'v1',
    seed: i,
    items: [{ key: 'A', maxPoints }],
  }))
  const key = season(date)
  return {
    nextPostAt: Date.parse('2100-01-01T08:00Z'),
    round: {
      date,
      dueAt: at,
      closesAt: at + 12 * HOUR,
      season: key,
      seasonEndsAt: seasonEnd(key, 'UTC'),
      week: isoWeek(date),
      questions,
    },
  }
}

/** A round that is due and not posted yet. */
export async function makeDue(
  store: Store,
  team: number,
  date: string,
  worths?: readonly number[],
): Promise<MadeRound> {
  await store.planNow(team, () => planOf(date, worths))
  const round = await store.latestRound(team)
  if (round?.date !== date) throw new Error(`no round was planned for ${date}`)
  return { id: round.id, date, at: round.dueAt }
}

export async function makeRound(
  store: Store,
  team: number,
  date: string,
  worths?: readonly number[],
): Promise<MadeRound> {
  const made = await makeDue(store, team, date, worths)
  await recordPosted(store, made.id, `m-${date}`)
  return made
}

type Claim = [now: number, leaseMs: number, limit: number, platforms: readonly string[]]
type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>

/** What is claimed of one kind; what else is due then is held with it. */
async function claimed<K extends Delivery['kind']>(
  store: Store,
  kind: K,
  ...args: Parameters<Store['claimDeliveries']>
): Promise<Of<K>[]> {
  return (await store.claimDeliveries(...args)).filter((one): one is Of<K> => one.kind === kind)
}

const withRound = ({ round, tries, admins }: Of<'round'> | Of<'reveal'>) => ({ ...round, tries, admins })

/** Rounds to post; `only`: just this one. */
export async function claimToPost(
  store: Store,
  ...[now, leaseMs, limit, platforms, only]: [...Claim, only?: number]
) {
  const key = only === undefined ? undefined : `round-${only}`
  return (await claimed(store, 'round', now, leaseMs, limit, platforms, key)).map(withRound)
}

/** Rounds to close. */
export async function claimToClose(store: Store, ...claim: Claim) {
  return (await claimed(store, 'reveal', ...claim)).map(withRound)
}

export async function claimSeasons(store: Store, ...claim: Claim) {
  return (await claimed(store, 'podium', ...claim)).map(({ team, season, tries }) => ({
    team,
    season,
    tries,
  }))
}

export const claimNotices = (store: Store, ...claim: Claim) => claimed(store, 'notice', ...claim)

export const recordPosted = (store: Store, round: number, message: string) =>
  store.recordSent(`round-${round}`, message)

/** Its answers are on the boards, and its reveal is out. */
export async function recordClosed(store: Store, round: number, reveal: string): Promise<void> {
  await store.settleRound(round)
  await store.recordSent(`reveal-${round}`, reveal)
}

/** It is given up, as when nobody could be asked; somebody may have answered it all the same. */
export async function skipRound(store: Store, round: number, reason: string): Promise<void> {
  await store.settleRound(round)
  await store.dropDelivery(`round-${round}`, reason)
}

/** Its channel refuses the question, or the reveal once that is out. */
export async function recordFailure(
  store: Store,
  round: number,
  until: number,
  reason: string,
): Promise<boolean> {
  const first = await Promise.all(
    ['round', 'reveal'].map((kind) => store.putOff(`${kind}-${round}`, until, until, { refused: reason })),
  )
  return first.includes(true)
}

/** The end of every round there is: points stand on the boards. */
export async function settleAll(store: Store, { pool }: Database): Promise<void> {
  for (const { id } of (await pool.query('select id from round')).rows) await store.settleRound(id)
}

export function give(store: Store, user: string, round: MadeRound, answer: string, slot = 0, name = user) {
  return store.answer({
    platform: PLACE.platform,
    workspace: PLACE.workspace,
    user,
    name,
    round: round.id,
    slot,
    answer,
    now: round.at + HOUR,
    channel: undefined,
  })
}
