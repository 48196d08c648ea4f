/**
 * Records who was notified of missing permissions of a workspace; shaped for `platforms/lacking-notice.ts`,
 * which this folder does not import.
 */
import { type Client, keyOf } from './client.js'

export function createLackingNotes(prisma: Client, platform: string) {
  return {
    /**
     * The person who installed the app takes precedence over those who set a team up. Writes nothing while
     * there is nobody to notify.
     */
    async claim(workspace: string, missing: readonly string[]): Promise<string[]> {
      const install = { select: { installer: true } }
      const place = await prisma.workspace.findUnique({
        where: { platform_external: keyOf({ platform, workspace }) },
        select: {
          id: true,
          install,
          organization: { select: { install } },
          teams: { select: { admin: true }, orderBy: { id: 'asc' } },
        },
      })
      const users = new Set(
        [place?.install, place?.organization?.install].flatMap((install) => install?.installer || []),
      )
      for (const { admin } of place?.teams ?? []) if (admin !== '') users.add(admin)
      if (!place || (missing.length > 0 && users.size === 0)) return []
      const toldScopes = [...missing]
      const { count } = await prisma.workspace.updateMany({
        where: { id: place.id, NOT: { toldScopes: { equals: toldScopes } } },
        data: { toldScopes },
      })
      return missing.length > 0 && count > 0 ? [...users] : []
    },
    async release(workspace: string): Promise<void> {
      await prisma.workspace.updateMany({ where: keyOf({ platform, workspace }), data: { toldScopes: [] } })
    },
  }
}
