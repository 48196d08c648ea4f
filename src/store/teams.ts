import type { PlaceKey, UserKey, WorkspaceKey } from '../bot/ports/keys.js'
import type { ListedTeam } from '../bot/ports/teams.js'
import type { Team } from '../core/model.js'
import type { Team as Row } from '../generated/prisma/client.js'
import { type Client, here, time } from './client.js'
import { JOINED } from './memberships.js'

/** The number of rounds deleted at once, each with all of its answers. */
const PIECE = 200

export function teamVerbs(prisma: Client) {
  return {
    async teamIn(place: PlaceKey): Promise<Team | undefined> {
      const found = await prisma.team.findFirst({ where: { channel: place.channel, workspace: here(place) } })
      return found ? toTeam(found, place) : undefined
    },
    async team(key: WorkspaceKey, id: number): Promise<Team | undefined> {
      const found = await prisma.team.findFirst({ where: { id, workspace: here(key) } })
      return found ? toTeam(found, key) : undefined
    },
    async teams(key: WorkspaceKey): Promise<ListedTeam[]> {
      const found = await prisma.team.findMany({
        where: { workspace: here(key) },
        include: { _count: { select: { memberships: { where: JOINED }, rounds: true } } },
        orderBy: { id: 'asc' },
      })
      return found.map((row) => ({
        team: toTeam(row, key),
        members: row._count.memberships,
        rounds: row._count.rounds,
      }))
    },
    async channelGone(id: number, now: number): Promise<boolean> {
      const data = { paused: true, goneAt: new Date(now), nextPostAt: null }
      return (await prisma.team.updateMany({ where: { id, paused: false }, data })).count > 0
    },
    async removeTeam(key: WorkspaceKey, id: number): Promise<boolean> {
      const where = { id, workspace: here(key) }
      // Pausing prevents new rounds while old ones are deleted in pieces, which locks nothing for long.
      const data = { paused: true, nextPostAt: null }
      if ((await prisma.team.updateMany({ where, data })).count === 0) return false
      for (;;) {
        const rounds = await prisma.round.findMany({
          where: { teamId: id },
          select: { id: true },
          take: PIECE,
        })
        if (rounds.length === 0) break
        await prisma.round.deleteMany({ where: { id: { in: rounds.map((round) => round.id) } } })
      }
      return (await prisma.team.deleteMany({ where })).count > 0
    },
    async teamsJoined(who: UserKey): Promise<Team[]> {
      const memberships = { some: { member: { user: who.user }, ...JOINED } }
      const found = await prisma.team.findMany({
        where: { workspace: here(who), memberships },
        orderBy: { id: 'asc' },
      })
      return found.map((row) => toTeam(row, who))
    },
    async teamsOf(workspace: WorkspaceKey, limit?: number): Promise<Team[]> {
      const found = await prisma.team.findMany({
        where: { workspace: here(workspace) },
        orderBy: { id: 'asc' },
        ...(limit !== undefined && { take: limit }),
      })
      return found.map((row) => toTeam(row, workspace))
    },
    async teamsInChannel(platform: string, channel: string): Promise<Team[]> {
      const found = await prisma.team.findMany({
        where: {
          workspace: { platform, removedAt: null },
          OR: [{ channel }, { rounds: { some: { channel, state: 'posted' } } }],
        },
        include: { workspace: true },
        orderBy: { id: 'asc' },
      })
      return found.map(({ workspace: { external: workspace }, ...row }) =>
        toTeam(row, { platform, workspace }),
      )
    },
    async teamsAfter(id: number, limit: number): Promise<Team[]> {
      const found = await prisma.team.findMany({
        where: { id: { gt: id }, paused: false },
        include: { workspace: true },
        orderBy: { id: 'asc' },
        take: limit,
      })
      return found.map(({ workspace: { platform, external: workspace }, ...row }) =>
        toTeam(row, { platform, workspace }),
      )
    },
    async moveSlot(id: number, from: number, to: number): Promise<void> {
      await prisma.team.updateMany({
        where: { id, nextPostAt: new Date(from), paused: false },
        data: { nextPostAt: new Date(to) },
      })
    },
    async pauseTeam(id: number, paused: boolean, nextPostAt: number | undefined): Promise<void> {
      const data = {
        paused,
        goneAt: null,
        nextPostAt: nextPostAt === undefined ? null : new Date(nextPostAt),
      }
      await prisma.team.updateMany({ where: { id }, data })
    },
    async chooseExam(id: number, exam: string): Promise<boolean> {
      return (await prisma.team.updateMany({ where: { id }, data: { exam } })).count > 0
    },
  }
}

export function toTeam(row: Row, { platform, workspace }: WorkspaceKey): Team {
  const { id, channel, name, pack, zone, minute, days, openHours, count, topics, paused, mention, thread } =
    row
  return {
    nextPostAt: time(row.nextPostAt),
    ...(row.goneAt && { goneAt: row.goneAt.getTime() }),
    ...(row.exam !== '' && { exam: row.exam }),
    ...{ id, platform, workspace, channel, name, pack, zone, minute, days, openHours, count, topics, paused },
    ...{ mention, thread },
  }
}
