/**
 * The workspaces of the bot: one is added when the bot arrives, is marked when it removes the bot, and is
 * deleted by `purge.ts`.
 */

import type { WorkspaceKey } from '../bot/ports/keys.js'
import type { Application, Refusal, StoredWorkspace, WorkspaceCounts } from '../bot/ports/workspaces.js'
import { DAY_MS } from '../core/time.js'
import { type Client, dayOf, here, keyOf, time } from './client.js'

const PAUSED_AFTER_MS = 3 * DAY_MS
const NAME = { external: true } as const
const GOOD = { missingOn: null, missingDays: 0, refusedAt: null, pausedAt: null }

const names = (found: readonly { readonly external: string }[]) => found.map(({ external }) => external)

export function workspaceVerbs(prisma: Client) {
  return {
    /** Most workspaces are already stored and up to date: then nothing is written. */
    async openWorkspaces(platform: string, ids: readonly string[]): Promise<string[]> {
      const known = await prisma.workspace.findMany({
        where: { platform, external: { in: [...ids] } },
        select: { id: true, external: true, removedAt: true, refusedAt: true, missingDays: true },
      })
      const marked = known
        .filter((one) => one.removedAt || one.refusedAt || one.missingDays > 0)
        .map(({ id }) => id)
      const there = new Set(names(known))
      const missing = [...new Set(ids)].filter((id) => !there.has(id)).sort()
      if (missing.length > 0)
        await prisma.workspace.createMany({
          data: missing.map((external) => ({ platform, external })),
          skipDuplicates: true,
        })
      if (marked.length === 0) return []
      const where = { id: { in: marked } }
      const data = { removedAt: null, ...GOOD }
      const back = await prisma.workspace.updateManyAndReturn({
        where: { ...where, removedAt: { not: null } },
        data,
        select: NAME,
      })
      await prisma.workspace.updateMany({ where, data: GOOD })
      return names(back).sort()
    },
    async workspaces(platform: string): Promise<string[]> {
      return names(
        await prisma.workspace.findMany({
          where: { platform, removedAt: null },
          orderBy: { id: 'asc' },
          select: NAME,
        }),
      )
    },
    /**
     * A removal may be reported after the app was installed again. Removing an organization also removes the
     * workspaces that only it served. The people who installed it can no longer run teams; that is written
     * first, so that a retry does not leave it out. The next install determines who can.
     */
    async removeWorkspace(w: WorkspaceKey, now: number, leftAt?: number): Promise<boolean> {
      const isOld = leftAt === undefined ? {} : { NOT: { install: { at: { gt: new Date(leftAt) } } } }
      const own = { ...keyOf(w), ...isOld }
      await prisma.install.updateMany({
        where: { workspace: { ...own, removedAt: null } },
        data: { installer: '' },
      })
      const gone = await prisma.workspace.updateMany({
        where: { removedAt: null, OR: [own, { organization: own, install: null }] },
        data: { removedAt: new Date(now) },
      })
      return gone.count > 0
    },
    /** Counts a day once, and counts on only if the day before was counted. */
    async missWorkspace(w: WorkspaceKey, now: number): Promise<number | undefined> {
      const today = dayOf(now)
      const found = await prisma.workspace.findFirst({
        where: here(w),
        select: { id: true, missingOn: true, missingDays: true },
      })
      const last = time(found?.missingOn)
      if (!found || last === today.getTime()) return undefined
      const days = last === today.getTime() - DAY_MS ? found.missingDays + 1 : 1
      const { count } = await prisma.workspace.updateMany({
        where: { id: found.id, removedAt: null, missingOn: found.missingOn },
        data: { missingOn: today, missingDays: days },
      })
      return count > 0 ? days : undefined
    },
    async keepWorkspace(w: WorkspaceKey): Promise<boolean> {
      const data = { removedAt: null, missingOn: null, missingDays: 0 }
      return (
        (await prisma.workspace.updateMany({ where: { ...keyOf(w), removedAt: { not: null } }, data }))
          .count > 0
      )
    },
    async refuseToken(platform: string, workspace: string | undefined, now: number): Promise<Refusal[]> {
      const where = { platform, ...(workspace !== undefined && { external: workspace }), removedAt: null }
      const paused = await prisma.workspace.updateManyAndReturn({
        where: { ...where, pausedAt: null, refusedAt: { lte: new Date(now - PAUSED_AFTER_MS) } },
        data: { pausedAt: new Date(now) },
        select: NAME,
      })
      const refused = await prisma.workspace.updateManyAndReturn({
        where: { ...where, refusedAt: null },
        data: { refusedAt: new Date(now) },
        select: NAME,
      })
      return [
        ...names(paused).map((workspace) => ({ workspace, paused: true })),
        ...names(refused).map((workspace) => ({ workspace, paused: false })),
      ]
    },
    async acceptToken(platform: string, workspace?: string): Promise<string[]> {
      const where = {
        platform,
        ...(workspace !== undefined && { external: workspace }),
        refusedAt: { not: null },
      }
      return names(
        await prisma.workspace.updateManyAndReturn({
          where,
          data: { refusedAt: null, pausedAt: null },
          select: NAME,
        }),
      )
    },
    async refusedWorkspaces(platform: string): Promise<string[]> {
      const where = { platform, removedAt: null, refusedAt: { not: null } }
      return names(await prisma.workspace.findMany({ where, orderBy: { id: 'asc' }, select: NAME }))
    },
    async removedWorkspaces(): Promise<WorkspaceKey[]> {
      const found = await prisma.workspace.findMany({
        where: { removedAt: { not: null } },
        select: { platform: true, external: true },
      })
      return found.map(({ platform, external: workspace }) => ({ platform, workspace }))
    },
    async storedWorkspaces(): Promise<StoredWorkspace[]> {
      const found = await prisma.workspace.findMany({
        include: { _count: { select: { teams: true, members: true } } },
        orderBy: [{ platform: 'asc' }, { removedAt: 'asc' }, { id: 'asc' }],
      })
      return found.map(({ platform, external: workspace, _count, removedAt, refusedAt, pausedAt }) => ({
        ...{ platform, workspace, ..._count },
        ...{ removedAt: time(removedAt), refusedAt: time(refusedAt), pausedAt: time(pausedAt) },
      }))
    },
    async workspaceCounts(): Promise<WorkspaceCounts[]> {
      const [all, here] = await Promise.all([
        prisma.workspace.groupBy({ by: 'platform', _count: { _all: true, removedAt: true } }),
        prisma.workspace.groupBy({
          by: 'platform',
          where: { removedAt: null },
          _count: { refusedAt: true, pausedAt: true },
        }),
      ])
      const found = new Map(here.map(({ platform, _count }) => [platform, _count]))
      return all.map(({ platform, _count }) => {
        const { refusedAt: refused = 0, pausedAt: paused = 0 } = found.get(platform) ?? {}
        return { platform, here: _count._all - _count.removedAt, removed: _count.removedAt, refused, paused }
      })
    },
    async application(name: string): Promise<Application> {
      const found = await prisma.platform.findUnique({ where: { name } })
      return { id: found?.application ?? undefined, client: found?.client ?? undefined }
    },
    async saveApplication(name: string, application: Application, before: Application): Promise<boolean> {
      const columns = ({
        id = null,
        client = null,
      }: Partial<Record<keyof Application, string | null | undefined>>) => ({
        application: id,
        client,
      })
      const data = columns(application)
      const made = await prisma.platform.createMany({ data: { name, ...data }, skipDuplicates: true })
      if (made.count > 0) return true
      return (await prisma.platform.updateMany({ where: { name, ...columns(before) }, data })).count > 0
    },
  }
}
