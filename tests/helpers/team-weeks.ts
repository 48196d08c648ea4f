/** A team that is asked day by day, with people who answer as the test says. */
import { instantiate } from '../../src/core/instantiate.js'
import type { Team } from '../../src/core/model.js'
import { isoWeek, season, seasonEnd } from '../../src/core/schedule.js'
import { maxPoints } from '../../src/core/scoring.js'
import type { Bot } from './bot.js'

const HOUR = 3_600_000
export const PEOPLE = ['ann', 'ben', 'cid', 'dan', 'eve', 'fay']

/**
 * Asks this question of the content at 08:00 UTC and reveals it at 20:00. `right`: who answers with the key;
 * `wrong`: who with the first option that is wrong.
 */
export async function askedOn(
  bot: Bot,
  team: Team,
  date: string,
  { question: id, right = [], wrong = [] }: Day,
): Promise<void> {
  const question = bot.deps.questions.question(id)
  if (!question) throw new Error(`no question ${id}`)
  const dueAt = Date.parse(`${date}T08:00Z`)
  const seed = 3
  const { items } = instantiate(question, seed)
  const key = season(date)
  bot.at(`${date}T08:00:00Z`)
  await bot.store.planNow(team.id, () => ({
    nextPostAt: Date.parse('2100-01-01T08:00Z'),
    round: {
      ...{ date, dueAt, closesAt: dueAt + 12 * HOUR, season: key, week: isoWeek(date) },
      seasonEndsAt: seasonEnd(key, 'UTC'),
      questions: [
        {
          ...{ question: id, version: question.version, seed },
          items: items.map((item) => ({ key: item.key, maxPoints: maxPoints(question.difficulty) })),
        },
      ],
    },
  }))
  await bot.tick()
  const round = await bot.store.latestRound(team.id)
  const answer = async (user: string, isRight: boolean) => {
    for (const [slot, item] of items.entries()) {
      const other = item.options.find(({ letter }) => !item.key.includes(letter))?.letter ?? ''
      const given = isRight ? item.key : other.repeat(item.key.length)
      const who = { platform: team.platform, workspace: team.workspace, user, name: nameOf(user) }
      const channel = team.channel
      await bot.store.answer({
        ...who,
        channel,
        round: round?.id ?? 0,
        slot,
        answer: given,
        now: dueAt + HOUR,
      })
    }
  }
  for (const user of right) await answer(user, true)
  for (const user of wrong) await answer(user, false)
  await bot.at(`${date}T20:00:00Z`).tick()
}

interface Day {
  readonly question: string
  readonly right?: readonly string[]
  readonly wrong?: readonly string[]
}

const nameOf = (user: string) => `${user.charAt(0).toUpperCase()}${user.slice(1)}`
