import type { UserKey } from '../bot/ports/keys.js'
import type { Member } from '../core/model.js'
import { type Client, memberKey } from './client.js'

export function memberVerbs(prisma: Client) {
  return {
    async member(who: UserKey): Promise<Member | undefined> {
      const found = await prisma.member.findFirst({
        where: memberKey(who),
        select: {
          id: true,
          user: true,
          name: true,
          hidden: true,
          mentioned: true,
          directly: true,
          shares: true,
          rates: true,
          zone: true,
        },
      })
      return found ?? undefined
    },
    async lastWorkspace(platform: string, user: string): Promise<string | undefined> {
      const found = await prisma.member.findMany({
        where: { user, workspace: { platform, removedAt: null } },
        select: { workspace: { select: { external: true } }, memberships: { select: { last: true } } },
        orderBy: { id: 'desc' },
      })
      const latest = (memberships: readonly { readonly last: Date | null }[]) =>
        Math.max(...memberships.map(({ last }) => last?.getTime() ?? Number.NEGATIVE_INFINITY))
      const [newest] = found.sort((a, b) => latest(b.memberships) - latest(a.memberships) || 0)
      return newest?.workspace.external
    },
    async hide(who: UserKey, hidden: boolean): Promise<boolean> {
      return (await prisma.member.updateMany({ where: memberKey(who), data: { hidden } })).count > 0
    },
    async askDirectly(who: UserKey, directly: boolean): Promise<boolean> {
      return (await prisma.member.updateMany({ where: memberKey(who), data: { directly } })).count > 0
    },
    async rateAnswers(who: UserKey, rates: boolean): Promise<boolean> {
      return (await prisma.member.updateMany({ where: memberKey(who), data: { rates } })).count > 0
    },
    async keepZone(who: UserKey, zone: string): Promise<void> {
      await prisma.member.updateMany({ where: { ...memberKey(who), zone: { not: zone } }, data: { zone } })
    },
    async allowMention(who: UserKey, mentioned: boolean): Promise<boolean> {
      return (await prisma.member.updateMany({ where: memberKey(who), data: { mentioned } })).count > 0
    },
    async share(who: UserKey, shares: boolean): Promise<boolean> {
      const { count } = await prisma.member.updateMany({ where: memberKey(who), data: { shares } })
      if (!shares) await prisma.progress.deleteMany({ where: { member: memberKey(who) } })
      return count > 0
    },
    async rename(who: UserKey, name: string): Promise<void> {
      await prisma.member.updateMany({ where: { ...memberKey(who), name: { not: name } }, data: { name } })
    },
  }
}
