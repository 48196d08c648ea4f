/** Away times. */

import type { UserKey } from '../bot/ports/keys.js'
import type { AwayTime } from '../core/away.js'
import { DAY_MS } from '../core/time.js'
import { type Client, dateOf, dayFrom, memberKey } from './client.js'

export function awayVerbs(prisma: Client) {
  /** Makes the time of the member's next reminder be computed again. */
  const lookAgain = (memberId: number, now: number) =>
    prisma.reminder.updateMany({
      where: { memberId, nextAt: { not: null } },
      data: { nextAt: new Date(now) },
    })
  const idOf = async (who: UserKey) =>
    (await prisma.member.findFirst({ where: memberKey(who), select: { id: true } }))?.id
  return {
    async awayTimes(who: UserKey, from: string): Promise<AwayTime[]> {
      const found = await prisma.away.findMany({
        where: { member: memberKey(who), until: { gte: dayFrom(from) } },
        orderBy: { from: 'asc' },
      })
      return found.map((time) => ({ from: dateOf(time.from), until: dateOf(time.until) }))
    },
    async setAway(who: UserKey, { from, until }: AwayTime, now: number): Promise<boolean> {
      const memberId = await idOf(who)
      if (memberId === undefined) return false
      const running = await prisma.away.findFirst({
        where: { memberId, from: { lte: dayFrom(from) }, until: { gte: dayFrom(from) } },
      })
      const start = running?.from ?? dayFrom(from)
      await prisma.away.upsert({
        where: { memberId_from: { memberId, from: start } },
        create: { memberId, from: start, until: dayFrom(until) },
        update: { until: dayFrom(until) },
      })
      await lookAgain(memberId, now)
      return true
    },
    async endAway(who: UserKey, today: string, now: number): Promise<boolean> {
      const memberId = await idOf(who)
      if (memberId === undefined) return false
      const until = { gte: dayFrom(today) }
      const gone = await prisma.away.deleteMany({ where: { memberId, from: { gte: dayFrom(today) }, until } })
      const yesterday = new Date(dayFrom(today).getTime() - DAY_MS)
      const cut = await prisma.away.updateMany({ where: { memberId, until }, data: { until: yesterday } })
      await lookAgain(memberId, now)
      return gone.count + cut.count > 0
    },
  }
}
