/**
 * Tokens of the workspaces that installed the app; shaped for `platforms/slack/installs.ts`, which this
 * folder does not import.
 */
import { UserError } from '../core/errors.js'
import { type Client, here, keyOf } from './client.js'
import type { TokenCipher } from './token-cipher.js'

export function createInstalls(prisma: Client, platform: string, box: TokenCipher) {
  const owner = (workspace: string) => `${platform} ${workspace}`
  const key = (workspace: string) => keyOf({ platform, workspace })
  const present = (workspace: string) => here({ platform, workspace })
  const all = async () =>
    (
      await prisma.install.findMany({
        where: { workspace: { platform } },
        select: { token: true, workspace: { select: { external: true } } },
      })
    ).map((row) => {
      const workspace = row.workspace.external
      return { workspace, token: row.token, text: box.decrypt(row.token, owner(workspace)) }
    })
  return {
    /**
     * A workspace's own install takes precedence over that of its organization; none where either was
     * removed.
     */
    async find(workspace: string) {
      const found = await prisma.workspace.findFirst({
        where: present(workspace),
        include: { install: true, organization: { where: { removedAt: null }, include: { install: true } } },
      })
      const place = found?.install ? found : found?.organization
      if (!place?.install) return undefined
      const { installer, scopes } = place.install
      const token = box.decrypt(place.install.token, owner(place.external))
      return token === undefined ? undefined : { workspace: place.external, token, installer, scopes }
    },
    /** How many installs lack each of these scopes; those that lack none are left out. */
    async lacking(scopes: readonly string[]) {
      const counts = scopes.map(async (scope) => {
        const where = { workspace: { platform }, scopes: { isEmpty: false }, NOT: { scopes: { has: scope } } }
        return { scope, installs: await prisma.install.count({ where }) }
      })
      return (await Promise.all(counts))
        .filter(({ installs }) => installs > 0)
        .sort((a, b) => (a.scope < b.scope ? -1 : 1))
    },
    /** How many tokens no key opens. */
    shut: async (): Promise<number> => (await all()).filter((row) => row.text === undefined).length,
    /**
     * A second install of a workspace has a token of its own and takes nothing from whoever installed it
     * first, and so may set teams up. Whoever set the app up is told anew what it lacks. Rejects when the
     * workspace is not there.
     */
    async save({ workspace, token, installer, scopes }: Saved, now: number): Promise<void> {
      const [found] = await prisma.workspace.updateManyAndReturn({
        where: present(workspace),
        data: { toldScopes: [] },
        select: { id: true },
      })
      if (!found) throw new Error('the workspace of the install is not there')
      const data = { token: box.encrypt(token, owner(workspace)), at: new Date(now), scopes: [...scopes] }
      const { workspaceId } = await prisma.install.upsert({
        where: { workspaceId: found.id },
        create: { workspaceId: found.id, installer, ...data },
        update: data,
      })
      await prisma.install.updateMany({ where: { workspaceId, installer: '' }, data: { installer } })
    },
    async learn(workspace: string, scopes: readonly string[]): Promise<void> {
      await prisma.install.updateMany({ where: { workspace: key(workspace) }, data: { scopes: [...scopes] } })
    },
    /**
     * A workspace that an organization serves comes into being with the word that it does; one that was
     * removed stays so.
     */
    async join(workspace: string, organization: string): Promise<void> {
      const found = await prisma.workspace.findFirst({
        where: { ...present(organization), install: { isNot: null } },
        select: { id: true },
      })
      if (!found) return
      const data = { organizationId: found.id }
      await prisma.workspace.upsert({
        where: { platform_external: key(workspace) },
        create: { ...key(workspace), ...data },
        update: data,
        select: { id: true },
      })
    },
    /**
     * Seals with the current key what an older one sealed, and gives how many those were. Throws `UserError`
     * when there are tokens that no key opens.
     */
    async reseal(): Promise<number> {
      const opened = await all()
      const shut = opened.filter((row) => row.text === undefined).length
      if (shut > 0)
        throw new UserError(
          `COHORT_SECRET_KEY does not open the tokens of ${shut} workspace(s): set the key that sealed them, or "new,old" to change to a new one`,
        )
      const old = opened.filter((row) => !box.isCurrent(row.token))
      // Only what is still as it was read: a second install of this very moment stays.
      for (const { workspace, token, text = '' } of old)
        await prisma.install.updateMany({
          where: { token, workspace: key(workspace) },
          data: { token: box.encrypt(text, owner(workspace)) },
        })
      return old.length
    },
  }
}

interface Saved {
  readonly workspace: string
  readonly token: string
  readonly installer: string
  readonly scopes: readonly string[]
}
