import type { Member, Team } from '../../core/model.js'
import { localDate, periodNow } from '../../core/schedule.js'
import { currentStreak } from '../../core/streak.js'
import { homeCard, type Missed, type OpenRound } from '../cards/home.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { instantiateRound } from '../rounds/instantiate.js'
import { maySee, teamsSeen } from '../team/access.js'
import { cellsOf, titlesOf } from '../team/insight.js'
import type { Card } from '../ui/card.js'

const TEAMS = 3
/** Teams whose channel the platform is asked about for an admin. */
const MAX_ASKED = 8

export async function home(caller: Caller, deps: Deps): Promise<Card> {
  const isAdmin = caller.seemsAdmin === true
  const [member, attempts, joined] = await Promise.all([
    deps.store.member(caller),
    deps.store.attempts(caller),
    teamsSeen(TEAMS, caller, deps),
  ])
  const own = isAdmin ? await withUnjoined(joined, caller, deps) : joined
  const views = own.map(async (team) => {
    const today = localDate(deps.clock(), team.zone)
    const [streak, week, rounds] = await Promise.all([
      deps.store.streak(caller, team.id, today),
      deps.store.board({
        team: team.id,
        period: periodNow('week', deps.clock(), team.zone),
        user: caller.user,
        limit: 1,
        offset: 0,
        now: deps.clock(),
      }),
      openRounds(team, caller, deps),
    ])
    return { team, streak: streak ? currentStreak(streak, streak.missed) : 0, week: week.mine, rounds }
  })
  return homeCard(
    await Promise.all(views),
    missed(attempts, deps),
    member?.hidden,
    member?.mentioned,
    isAdmin,
    wantsDirectly(member, caller, deps),
  )
}

/** Whether questions come as direct messages; undefined where the chat has none. */
export function wantsDirectly(
  member: Member | undefined,
  { platform }: Caller,
  { chats }: Pick<Deps, 'chats'>,
): boolean | undefined {
  return chats.get(platform)?.hasDirectMessages ? member?.directly === true : undefined
}

/** An admin need not have answered in a team to look after it. */
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

/** With what the caller has still to answer. */
async function openRounds(team: Team, caller: Caller, deps: Deps): Promise<OpenRound[]> {
  const rounds = (await deps.store.openRounds(team.id)).filter(({ closesAt }) => deps.clock() < closesAt)
  return Promise.all(
    rounds.map(async (round) => {
      const slots = await instantiateRound(round.questions, deps)
      const answers = await Promise.all(slots.map(({ slot }) => deps.store.answerOf(caller, round.id, slot)))
      return { round, slots, left: slots.filter((_, i) => answers[i] === undefined) }
    }),
  )
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
