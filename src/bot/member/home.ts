/** One member's own page: for `/study status`, for *Your study*, and for platforms with a place for it. */
import type { Team } from '../../core/model.js'
import { localDate, periodNow } from '../../core/schedule.js'
import { currentStreak } from '../../core/streak.js'
import { homeCard, type Missed, type TeamView } from '../cards/home.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { AttemptRecord } from '../ports/store.js'
import { teamsSeen } from '../team/access.js'
import { cellsOf, titlesOf } from '../team/insight.js'
import type { Card } from '../ui/card.js'
import { missedQuestions } from './missed.js'

const TEAMS = 3

export async function home(caller: Caller, deps: Deps): Promise<Card> {
  const [member, attempts, joined, here] = await Promise.all([
    deps.store.member(caller),
    deps.store.attempts(caller),
    teamsSeen(TEAMS, caller, deps),
    deps.store.teamIn(caller),
  ])
  const isIn = here !== undefined && joined.some(({ id }) => id === here.id)
  const views = await Promise.all(joined.map((team) => viewOf(team, caller, deps)))
  return homeCard(views, isIn ? undefined : here, missed(attempts, deps), member?.hidden)
}

async function viewOf(team: Team, caller: Caller, deps: Deps): Promise<TeamView> {
  const now = deps.clock()
  const [streak, week] = await Promise.all([
    deps.store.streak(caller, team.id, localDate(now, team.zone)),
    deps.store.board({
      team: team.id,
      period: periodNow('week', now, team.zone),
      user: caller.user,
      limit: 1,
      offset: 0,
      now,
    }),
  ])
  return {
    team,
    streak: streak ? currentStreak(streak, streak.missed) : 0,
    freezes: streak ? Math.max(0, streak.freezes - streak.missed) : 0,
    week: week.mine,
    members: week.total,
    open: week.open,
    rests: streak?.rests,
  }
}

function missed(attempts: readonly AttemptRecord[], deps: Deps): Missed[] {
  return missedQuestions(attempts, deps).flatMap((question) => {
    const [topic] = titlesOf(cellsOf(question.id, deps).slice(0, 1), deps)
    return topic === undefined ? [] : [{ question, topic }]
  })
}
