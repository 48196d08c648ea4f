/** One member's own page: `/study status`, *Your study*, and platforms that have a place for it. */
import { setImmediate as turn } from 'node:timers/promises'
import { examSizes } from '../../core/exam.js'
import type { Member, Team } from '../../core/model.js'
import { localDate, periodNow } from '../../core/schedule.js'
import { currentStreak } from '../../core/streak.js'
import {
  type HabitsView,
  homeCard,
  type LearningView,
  type Missed,
  type OpenRound,
  type TeamView,
} from '../cards/home.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { AttemptRecord } from '../ports/members.js'
import { type LoadedPack, preparedIn } from '../ports/packs.js'
import { instantiateRound } from '../rounds/instantiate.js'
import { maySee, teamsSeen } from '../team/access.js'
import type { Card } from '../ui/card.js'
import { awayOn } from './away.js'
import { titlesOf, topicsOf } from './by-topic.js'
import { missedQuestions } from './missed.js'
import { learnerOf, type Own, personPlan, zoneOf } from './plan.js'
import { preparedBy, preparedPack, readinessIn } from './readiness.js'
import { brokenView } from './repair.js'

const TEAMS = 3
/** The most teams about whose channels the platform is asked for an admin's page. */
const MAX_ASKED = 8

export async function home(caller: Caller, deps: Deps): Promise<Card> {
  const isAdmin = caller.seemsAdmin === true
  const [member, attempts, joined, here, learner] = await Promise.all([
    deps.store.member(caller),
    deps.store.attempts(caller),
    teamsSeen(TEAMS, caller, deps),
    deps.store.teamIn(caller),
    learnerOf(caller, deps),
  ])
  const own = isAdmin ? await withUnjoined(joined, caller, deps) : joined
  const team = here ?? joined[0]
  const zone = await zoneOf(caller, deps, { member, team })
  const learning = await learningOf({ learner, zone }, team, caller, deps)
  const isIn = here !== undefined && own.some(({ id }) => id === here.id)
  return homeCard({
    learning,
    teams: await Promise.all(own.map((team) => viewOf(team, caller, deps))),
    here: isIn ? undefined : here,
    missed: missed(attempts, deps),
    hidden: member?.hidden,
    mentioned: member?.mentioned ?? false,
    isAdmin,
    directly: wantsDirectly(member, caller, deps),
    shares: member?.shares === true,
    hasExam: hasExam(await preparedPack(learner, caller, deps)),
    pack: deps.packs.preparing(team).bank.pack,
    habits: member && (await habitsOf(member, localDate(deps.clock(), zone), caller, deps)),
  })
}

/**
 * Today's plan, which `/quiz` follows, and the expected result of the exam: both from one reading of what is
 * remembered.
 */
async function learningOf(
  { learner, zone }: Own,
  team: Team | undefined,
  caller: Caller,
  deps: Deps,
): Promise<LearningView> {
  const pack = deps.packs.preparing(team)
  const pool = deps.questions.about(preparedIn(pack), [])
  // Each step takes time: other tasks run in between.
  await turn()
  const plan = await personPlan({ pack, pool, isExtra: false }, caller, deps, { learner, zone })
  const on = learner?.exam?.on
  return {
    plan,
    exam: on === undefined ? undefined : { on, isOver: on < localDate(deps.clock(), zone) },
    expected: await readinessIn(preparedBy(learner, pack, deps), learner, deps),
  }
}

async function habitsOf(member: Member, today: string, caller: Caller, deps: Deps): Promise<HabitsView> {
  const [reminders, away] = await Promise.all([deps.store.reminders(caller), awayOn(today, caller, deps)])
  return { reminders, away, rates: member.rates === true }
}

function hasExam({ bank }: LoadedPack): boolean {
  const [exam] = bank.pack.exams
  return exam !== undefined && examSizes(exam).length > 0
}

/** Whether questions come as direct messages; undefined if the chat has none. */
export function wantsDirectly(
  member: Member | undefined,
  { platform }: Caller,
  { chats }: Pick<Deps, 'chats'>,
): boolean | undefined {
  return chats.get(platform)?.capabilities.directMessages ? member?.directly === true : undefined
}

/** Adds teams that an admin has not joined: admins manage teams without answering in them. */
async function withUnjoined(joined: readonly Team[], caller: Caller, deps: Deps): Promise<Team[]> {
  const others = (await deps.store.teamsOf(caller, MAX_ASKED)).filter(({ id }) =>
    joined.every((team) => team.id !== id),
  )
  const seen = [...joined]
  for (const team of others) {
    if (seen.length >= TEAMS) break
    if (await maySee(team, caller, deps)) seen.push(team)
  }
  return seen
}

/** The open rounds of a team, with the items that the caller has not answered yet. */
async function openRounds(team: Team, caller: Caller, deps: Deps): Promise<OpenRound[]> {
  const rounds = (await deps.store.openRounds(team.id)).filter(({ closesAt }) => deps.clock() < closesAt)
  return Promise.all(
    rounds.map(async (round) => {
      const [slots, answers] = await Promise.all([
        instantiateRound(round.questions, deps),
        deps.store.answersOf(caller, round.id),
      ])
      return { round, slots, left: slots.filter(({ slot }) => !answers.has(slot)) }
    }),
  )
}

async function viewOf(team: Team, caller: Caller, deps: Deps): Promise<TeamView> {
  const now = deps.clock()
  const [streak, week, rounds] = await Promise.all([
    deps.store.streak(caller, team.id, localDate(now, team.zone)),
    deps.store.board({
      team: team.id,
      period: periodNow('week', now, team.zone),
      user: caller.user,
      limit: 1,
      offset: 0,
      now,
    }),
    openRounds(team, caller, deps),
  ])
  return {
    team,
    streak: streak ? currentStreak(streak, streak.missed) : 0,
    freezes: streak ? Math.max(0, streak.freezes - streak.missed) : 0,
    week: week.mine,
    members: week.total,
    open: week.open,
    rests: streak?.rests,
    broken: brokenView(streak, team, now),
    rounds,
  }
}

function missed(attempts: readonly AttemptRecord[], deps: Deps): Missed[] {
  return missedQuestions(attempts, deps).map((question) => {
    const [topic] = titlesOf(topicsOf(question.id, deps).slice(0, 1), deps)
    return { question, topic }
  })
}
