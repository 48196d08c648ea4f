/** Welcome messages for places where the bot was added. */
import type { Arrival, Greeting } from '../bot/ports/greetings.js'
import type { PlaceKey } from '../bot/ports/keys.js'
import { type Client, here, keyOf } from './client.js'

export function greetingVerbs(prisma: Client) {
  const one = ({ channel, ...workspace }: PlaceKey) => ({ channel, workspace: keyOf(workspace) })
  return {
    async addGreeting(place: PlaceKey, now: number): Promise<void> {
      const found = await prisma.workspace.findFirst({ where: here(place), select: { id: true } })
      if (!found) return
      const at = new Date(now)
      await prisma.greeting.createMany({
        data: { workspaceId: found.id, channel: place.channel, at, nextTryAt: at },
        skipDuplicates: true,
      })
    },
    async addGreetings(platform: string, arrivals: readonly Arrival[], now: number): Promise<number> {
      const known = await prisma.platform.findUnique({
        where: { name: platform },
        select: { greetsFrom: true },
      })
      const from = known?.greetsFrom.getTime() ?? Number.POSITIVE_INFINITY
      const external = { in: arrivals.filter(({ at }) => at > from).map(({ workspace }) => workspace) }
      if (external.in.length === 0) return 0
      const found = await prisma.workspace.findMany({
        where: { platform, external, removedAt: null, greetings: { none: { channel: '' } } },
        select: { id: true },
      })
      const at = new Date(now)
      const added = await prisma.greeting.createMany({
        data: found.map(({ id: workspaceId }) => ({ workspaceId, channel: '', at, nextTryAt: at })),
        skipDuplicates: true,
      })
      return added.count
    },
    async greetingsDue(platform: string, now: number): Promise<Greeting[]> {
      const found = await prisma.greeting.findMany({
        where: {
          nextTryAt: { lte: new Date(now) },
          workspace: { platform, removedAt: null, pausedAt: null },
        },
        orderBy: { nextTryAt: 'asc' },
        take: 100,
        include: { workspace: { select: { external: true } } },
      })
      return found.map(({ channel, at, tries, workspace }) => ({
        ...{ platform, workspace: workspace.external, channel, tries },
        at: at.getTime(),
      }))
    },
    async claimGreeting({ tries, ...place }: Greeting, nextTryAt: number): Promise<boolean> {
      const { platform, workspace, channel } = place
      const { count } = await prisma.greeting.updateMany({
        where: { ...one({ platform, workspace, channel }), tries, nextTryAt: { not: null } },
        data: { tries: tries + 1, nextTryAt: new Date(nextTryAt) },
      })
      return count > 0
    },
    async endGreeting({ platform, workspace, channel }: PlaceKey): Promise<void> {
      await prisma.greeting.updateMany({
        where: one({ platform, workspace, channel }),
        data: { nextTryAt: null },
      })
    },
  }
}
