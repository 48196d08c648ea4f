/** A member's streak in a team, and its repair. */

import type { BrokenStreak } from '../bot/ports/habits.js'
import type { UserKey } from '../bot/ports/keys.js'
import type { StreakNow } from '../bot/ports/members.js'
import { LEAST_DAYS, REPAIR_DAYS } from '../core/repair.js'
import { DAY_MS } from '../core/time.js'
import { type Client, dateOf, dayFrom, memberKey } from './client.js'
import { JOINED, restsOf } from './memberships.js'

export function streakVerbs(prisma: Client) {
  /** Counts scheduled rounds of a team after that date, outside the member's away times. */
  async function scheduled(who: UserKey, teamId: number, after: Date, until?: Date) {
    const times = await prisma.away.findMany({ where: { member: memberKey(who), until: { gt: after } } })
    const away = times.map(({ from, until }) => ({ date: { gte: from, lte: until } }))
    const date = { gt: after, ...(until && { lte: until }) }
    return { teamId, state: 'closed', date, NOT: away }
  }
  return {
    async streak(who: UserKey, teamId: number, today: string): Promise<StreakNow | undefined> {
      const found = await prisma.membership.findFirst({
        where: { teamId, member: memberKey(who), ...JOINED },
      })
      if (!found) return undefined
      const { days, best, freezes, answered, last, lostDays, lostLast, lostAt, repairedAt } = found
      const rounds = last && (await scheduled(who, teamId, last, dayFrom(today)))
      const missed = rounds ? await prisma.round.count({ where: rounds }) : 0
      const isBroken = rounds && missed > freezes && days >= LEAST_DAYS
      const breaking = isBroken
        ? await prisma.round.findFirst({
            where: rounds,
            orderBy: { date: 'asc' },
            skip: freezes,
            select: { closesAt: true },
          })
        : undefined
      const lost = lostLast && lostAt && lostDays >= LEAST_DAYS
      const broken: BrokenStreak | undefined =
        last && breaking
          ? { days, last: dateOf(last), at: breaking.closesAt.getTime(), isFollowed: false }
          : lost
            ? { days: lostDays, last: dateOf(lostLast), at: lostAt.getTime(), isFollowed: true }
            : undefined
      return {
        ...{ days, best, freezes, answered, missed },
        last: last ? dateOf(last) : undefined,
        rests: restsOf(found.rests),
        broken,
        repairedAt: repairedAt?.getTime(),
      }
    },
    async unanswered(who: UserKey, teamId: number, after: string): Promise<string[]> {
      const rounds = await prisma.round.findMany({
        where: {
          ...(await scheduled(who, teamId, dayFrom(after))),
          items: { none: { attempts: { some: { member: memberKey(who) } } } },
        },
        orderBy: { date: 'desc' },
        take: REPAIR_DAYS,
        select: { items: { where: { item: 0 }, orderBy: { slot: 'asc' }, select: { question: true } } },
      })
      return [...new Set(rounds.flatMap(({ items }) => items.map(({ question }) => question)))]
    },
    async repairStreak(who: UserKey, teamId: number, broken: BrokenStreak, now: number): Promise<boolean> {
      const found = await prisma.membership.findFirst({ where: { teamId, member: memberKey(who) } })
      if (!found) return false
      const key = { teamId, memberId: found.memberId }
      const due = { lte: new Date(now - REPAIR_DAYS * DAY_MS) }
      const isDue = { OR: [{ repairedAt: null }, { repairedAt: due }] }
      const done = { lostDays: 0, lostLast: null, lostAt: null, repairedAt: new Date(now) }
      if (broken.isFollowed) {
        const { days, best } = found
        const all = days + broken.days
        const same = { days, lostDays: broken.days, lostLast: dayFrom(broken.last) }
        const data = { ...done, days: all, best: Math.max(best, all) }
        return (await prisma.membership.updateMany({ where: { ...key, ...same, ...isDue }, data })).count > 0
      }
      const rounds = await scheduled(who, teamId, dayFrom(broken.last))
      const latest = await prisma.round.findFirst({ where: rounds, orderBy: { date: 'desc' } })
      const same = { days: broken.days, last: dayFrom(broken.last) }
      // The missed days that they did not cover have used up the freezes.
      const data = { ...done, freezes: 0, last: latest?.date ?? dayFrom(broken.last) }
      return (await prisma.membership.updateMany({ where: { ...key, ...same, ...isDue }, data })).count > 0
    },
  }
}
