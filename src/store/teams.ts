import type { PlaceKey, UserKey, WorkspaceKey } from '../bot/ports/store.js'
import type { Team } from '../core/model.js'
import type { Team as Row } from '../generated/prisma/client.js'
import { type Client, here, time } from './client.js'
import { JOINED } from './memberships.js'

export function teamVerbs(prisma: Client) {
  return {
    async teamIn(place: PlaceKey): Promise<Team | undefined> {
      const found = await prisma.team.findFirst({ where: { channel: place.channel, workspace: here(place) } })
      return found ? toTeam(found, place) : undefined
    },
    async teamsJoined(who: UserKey): Promise<Team[]> {
      const memberships = { some: { member: { user: who.user }, ...JOINED } }
      const found = await prisma.team.findMany({
        where: { workspace: here(who), memberships },
        orderBy: { id: 'asc' },
      })
      return found.map((row) => toTeam(row, who))
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
      const data = { paused, nextPostAt: nextPostAt === undefined ? null : new Date(nextPostAt) }
      await prisma.team.updateMany({ where: { id }, data })
    },
    async teamById(id: number): Promise<Team | undefined> {
      const found = await prisma.team.findFirst({
        where: { id, workspace: { removedAt: null } },
        include: { workspace: true },
      })
      if (!found) return undefined
      const { platform, external: workspace } = found.workspace
      return toTeam(found, { platform, workspace })
    },
  }
}

function toTeam(row: Row, { platform, workspace }: WorkspaceKey): Team {
  const { id, channel, name, pack, zone, minute, days, openHours, count, topics, paused, mention, thread } =
    row
  return {
    nextPostAt: time(row.nextPostAt),
    ...{ id, platform, workspace, channel, name, pack, zone, minute, days, openHours, count, topics, paused },
    ...{ mention, thread },
  }
}
