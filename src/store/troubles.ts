/** Reports recent failures of a team, and whether anybody answers. */
import type { Trouble } from '../bot/ports/deliveries.js'
import { type Client, dateOf } from './client.js'

const POSTS = ['round', 'reveal', 'podium', 'notice', 'thread'] as const
const isPost = (kind: string): kind is Trouble['kind'] => (POSTS as readonly string[]).includes(kind)

export function troubleVerbs(prisma: Client) {
  return {
    async troubles(teamId: number): Promise<Trouble[]> {
      const round = { select: { date: true } }
      const latest = (kind: string) =>
        prisma.delivery.findFirst({ where: { teamId, kind }, orderBy: { dueAt: 'desc' }, include: { round } })
      const last = [await latest('thread'), await latest('round')]
      const waiting = await prisma.delivery.findMany({
        where: { teamId, state: 'due', kind: { in: [...POSTS] }, retryAt: { not: null }, tries: { gt: 0 } },
        orderBy: { dueAt: 'asc' },
        include: { round },
      })
      const lost = last.flatMap((one) => (one?.state === 'dropped' ? [one] : []))
      return [...lost, ...waiting].flatMap(({ kind, state, reason, round }) =>
        isPost(kind)
          ? [
              {
                kind,
                date: round ? dateOf(round.date) : undefined,
                isOver: state === 'dropped',
                reason: reason ?? undefined,
              },
            ]
          : [],
      )
    },
    async silentSince(teamId: number, rounds: number): Promise<number | undefined> {
      const latest = await prisma.round.findMany({
        where: { teamId, state: 'closed' },
        orderBy: { dueAt: 'desc' },
        take: rounds,
        select: { dueAt: true },
      })
      const first = latest.at(-1)
      if (!first || latest.length < rounds) return undefined
      const isAnswered = {
        teamId,
        OR: [{ items: { some: { answered: { gt: 0 } } } }, { items: { some: { attempts: { some: {} } } } }],
      }
      const since = { ...isAnswered, dueAt: { gte: first.dueAt } }
      if (await prisma.round.findFirst({ where: since, select: { id: true } })) return undefined
      const last = await prisma.round.findFirst({
        where: isAnswered,
        orderBy: { dueAt: 'desc' },
        select: { id: true },
      })
      return last?.id ?? 0
    },
  }
}
