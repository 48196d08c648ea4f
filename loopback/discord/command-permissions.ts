/**
 * Decides who may use a command on a server, by the settings under Server Settings, Integrations: those of
 * the command, else of the whole app, else the default. Discord never delivers a command of a person who may
 * not use it.
 */
export interface CommandPermission {
  readonly id: string
  /** 1: a role, 2: a user, 3: a channel. */
  readonly type: 1 | 2 | 3
  readonly permission: boolean
}

export interface CommandUser {
  readonly id: string
  readonly roles: readonly string[]
  readonly permissions: bigint
}

const ADMINISTRATOR = 1n << 3n
const [ROLE, USER, CHANNEL] = [1, 2, 3]

export function mayUse(
  who: CommandUser,
  at: { readonly guild: string; readonly channel: string },
  needs: bigint | undefined,
  ofCommand: readonly CommandPermission[],
  ofApp: readonly CommandPermission[],
): boolean {
  if ((who.permissions & ADMINISTRATOR) !== 0n) return true
  const levels = [ofCommand, ofApp]
  const everywhere = String(BigInt(at.guild) - 1n)
  const where = levels
    .flatMap((set) =>
      [at.channel, everywhere].map((id) => set.find((p) => p.type === CHANNEL && p.id === id)),
    )
    .find((found) => found !== undefined)
  if (where?.permission === false) return false
  const [own, base] = levels.map((set) => {
    const user = set.find((p) => p.type === USER && p.id === who.id)
    if (user) return user.permission
    const roles = set.filter((p) => p.type === ROLE && p.id !== at.guild && who.roles.includes(p.id))
    if (roles.length > 0) return roles.some((p) => p.permission)
    return set.find((p) => p.id === at.guild)?.permission
  })
  if (own !== undefined) return own
  return base !== false && (needs === undefined || (who.permissions & needs) === needs)
}
