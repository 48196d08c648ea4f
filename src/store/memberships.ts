/**
 * Stores who is in a team, and who rests. A trigger (`prisma/migrations`) updates the standings, and ends a
 * rest when the member answers.
 */

import type { UserKey } from '../bot/ports/keys.js'
import type { MemberKey, Rests, TeamMember } from '../bot/ports/membership.js'
import { DAY_MS } from '../core/time.js'
import { type Client, keyOf, time } from './client.js'
import { retryOnConflict } from './sql.js'

/** Matches members who did not leave. */
export const JOINED = { OR: [{ rests: null }, { rests: { not: 'left' } }] }

export function membershipVerbs(prisma: Client) {
  const leave = async (where: object): Promise<boolean> =>
    (
      await retryOnConflict(() =>
        prisma.membership.updateMany({ where: { ...where, ...JOINED }, data: { rests: 'left' } }),
      )
    ).count > 0
  return {
    leaveTeam: ({ user, ...place }: UserKey, teamId: number): Promise<boolean> =>
      leave({ teamId, member: { user, workspace: keyOf(place) } }),
    takeOut: (teamId: number, memberId: number): Promise<boolean> => leave({ teamId, memberId }),
    async teamMember(teamId: number, memberId: number): Promise<TeamMember | undefined> {
      const found = await prisma.membership.findFirst({
        where: { teamId, memberId, ...JOINED },
        include: { member: true },
      })
      return found ? toMember(found) : undefined
    },
    async teamMembers(teamId: number, limit: number, offset: number): Promise<TeamMember[]> {
      const found = await prisma.membership.findMany({
        where: { teamId, ...JOINED },
        include: { member: true },
        orderBy: [{ member: { name: 'asc' } }, { memberId: 'asc' }],
        take: limit,
        skip: offset,
      })
      return found.map(toMember)
    },
    /**
     * Returns members to ask the platform about, each once a day and only to one process. `round`: leaves out
     * those who answered it.
     */
    async takeAsking(ids: readonly number[], now: number, round?: number): Promise<MemberKey[]> {
      const due = { OR: [{ askedAt: null }, { askedAt: { lte: new Date(now - DAY_MS) } }] }
      const others = round !== undefined && { attempts: { none: { roundId: round } } }
      return prisma.member.updateManyAndReturn({
        where: { id: { in: [...ids] }, ...due, ...others },
        data: { askedAt: new Date(now) },
        select: { id: true, user: true },
      })
    },
    async markGone(ids: readonly number[], teamId?: number): Promise<void> {
      const where = { memberId: { in: [...ids] }, rests: null, ...(teamId !== undefined && { teamId }) }
      await retryOnConflict(() => prisma.membership.updateMany({ where, data: { rests: 'gone' } }))
    },
    memberCount: (teamId: number): Promise<number> =>
      prisma.membership.count({ where: { teamId, ...JOINED } }),
    restingCount: (teamId: number): Promise<number> =>
      prisma.membership.count({ where: { teamId, rests: { in: ['gone', 'quiet'] } } }),
  }
}

interface Row {
  readonly rests: string | null
  readonly member: {
    readonly id: number
    readonly user: string
    readonly name: string
    readonly hidden: boolean
    readonly askedAt: Date | null
  }
}

function toMember({ rests, member: { id, user, name, hidden, askedAt } }: Row): TeamMember {
  return { id, user, name, hidden, askedAt: time(askedAt), rests: restsOf(rests) }
}

export function restsOf(stored: string | null): Rests | undefined {
  return (['left', 'gone', 'quiet'] as const).find((one) => one === stored)
}
