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
     * A workspace's own install takes precedence over that of its organization; undefined if either was
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
    /** Returns how many installs lack each of these scopes, without scopes that none lacks. */
    async lacking(scopes: readonly string[]) {
      const counts = scopes.map(async (scope) => {
        const where = { workspace: { platform }, scopes: { isEmpty: false }, NOT: { scopes: { has: scope } } }
        return { scope, installs: await prisma.install.count({ where }) }
      })
      return (await Promise.all(counts))
        .filter(({ installs }) => installs > 0)
        .sort((a, b) => (a.scope < b.scope ? -1 : 1))
    },
    /** Returns how many tokens no key decrypts. */
    unreadable: async (): Promise<number> => (await all()).filter((row) => row.text === undefined).length,
    /**
     * A second install of a workspace replaces the token but not the person who installed it first and so may
     * set teams up. The person who set the app up is notified again of missing scopes. Rejects if the
     * workspace does not exist.
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
    /** Adds a workspace when its organization is reported to serve it; one that was removed stays removed. */
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
     * Encrypts with the current key what an older one encrypted, and returns the number of such tokens.
     * Throws a `UserError` if no key decrypts some of the tokens.
     */
    async rotate(): Promise<number> {
      const opened = await all()
      const unreadable = opened.filter((row) => row.text === undefined).length
      if (unreadable > 0)
        throw new UserError(
          `COHORT_SECRET_KEY does not open the tokens of ${unreadable} workspace(s): set the key that sealed them, or "new,old" to change to a new one`,
        )
      const old = opened.filter((row) => !box.isCurrent(row.token))
      // Updates only rows that have not changed since they were read: a second install at this moment keeps
      // its token.
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
