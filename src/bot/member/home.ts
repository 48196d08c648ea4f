import { localDate, periodNow } from '../../core/schedule.js'
import { currentStreak } from '../../core/streak.js'
import { homeCard, type Missed } from '../cards/home.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { teamsSeen } from '../team/access.js'
import { cellsOf, titlesOf } from '../team/insight.js'
import type { Card } from '../ui/card.js'

const TEAMS = 3

export async function home(caller: Caller, deps: Deps): Promise<Card> {
  const [member, attempts, teams] = await Promise.all([
    deps.store.member(caller),
    deps.store.attempts(caller),
    teamsSeen(TEAMS, caller, deps),
  ])
  const views = teams.map(async (team) => {
    const today = localDate(deps.clock(), team.zone)
    const [streak, week] = await Promise.all([
      deps.store.streak(caller, team.id, today),
      deps.store.board({
        team: team.id,
        period: periodNow('week', deps.clock(), team.zone),
        user: caller.user,
        limit: 1,
        offset: 0,
        now: deps.clock(),
      }),
    ])
    return { team, streak: streak ? currentStreak(streak, streak.missed) : 0, week: week.mine }
  })
  return homeCard(await Promise.all(views), missed(attempts, deps), member?.hidden, member?.mentioned)
}

/** Questions whose latest answer was wrong, the latest first. */
function missed(attempts: readonly { question: string; right: boolean }[], deps: Deps): Missed[] {
  const latest = new Map<string, boolean>()
  for (const { question, right } of attempts) {
    latest.delete(question)
    latest.set(question, right)
  }
  const wrong = [...latest].filter(([, right]) => !right).reverse()
  return wrong.flatMap(([id]) => {
    const question = deps.questions.question(id)
    const [topic] = titlesOf(cellsOf(id, deps).slice(0, 1), deps)
    return question && topic !== undefined ? [{ question, topic }] : []
  })
}
