/**
 * Decides who may use a command of Cohort on a server, for presses and forms, which Discord itself does not
 * check. Sources: "Application Command Permissions" in Discord's documentation, and "Upcoming Application
 * Command Permission Changes" of November 2022 in its change log for the combination of levels.
 */
import {
  type APIApplicationCommandPermission,
  type APIGuildApplicationCommandPermissions,
  ApplicationCommandPermissionType as Kind,
  PermissionFlagsBits,
  type REST,
  Routes,
} from 'discord.js'
import { createLookup } from '../lookup.js'

/** The person who pressed, and the place. */
export interface Presser {
  readonly server: string
  /** The channel; for a thread, the one that it hangs on. */
  readonly channel: string
  readonly user: string
  readonly roles: readonly string[]
  /** The person's permissions, as Discord sends them with the press. */
  readonly permissions: bigint
}

const FRESH_MS = 5 * 60_000

export type CommandRights = (command: string, who: Presser) => Promise<boolean>

/**
 * If Discord does not answer, the command's default permission decides. `ids`: ids of the commands, by name.
 */
export function createCommandRights({
  rest,
  application,
  idOf,
  clock,
}: {
  readonly rest: REST
  readonly application: string
  readonly idOf: (command: string) => Promise<string | undefined>
  readonly clock: () => number
}): CommandRights {
  const overrides = createLookup(
    async (_any, server) =>
      (await rest.get(
        Routes.guildApplicationCommandsPermissions(application, server),
      )) as APIGuildApplicationCommandPermissions[],
    clock,
    (all) => 1 + all.reduce((sum, { permissions }) => sum + permissions.length, 0),
    FRESH_MS,
  )
  return async (command, who) => {
    if (has(who, PermissionFlagsBits.Administrator)) return true
    const isByDefault = has(who, PermissionFlagsBits.ManageGuild)
    const [all, id] = await Promise.all([overrides('', who.server), idOf(command)]).catch(
      () => [[], undefined] as const,
    )
    const set = (of: string | undefined) => all.find((one) => one.id === of)?.permissions ?? []
    return isAllowed(set(id), set(application), who, isByDefault)
  }
}

const has = ({ permissions }: Presser, bit: bigint) => (permissions & bit) !== 0n

/**
 * Settings of the command take precedence, also over its default permission; settings of the app come next.
 */
function isAllowed(
  ofCommand: readonly APIApplicationCommandPermission[],
  ofApp: readonly APIApplicationCommandPermission[],
  who: Presser,
  isByDefault: boolean,
): boolean {
  if ((channelIn(ofCommand, who) ?? channelIn(ofApp, who)) === false) return false
  const own = personIn(ofCommand, who)
  if (own !== undefined) return own
  return personIn(ofApp, who) !== false && isByDefault
}

/** Looks for the channel itself, then for all channels, whose id is that of the server minus one. */
function channelIn(set: readonly APIApplicationCommandPermission[], who: Presser): boolean | undefined {
  const said = (id: string) => set.find((one) => one.type === Kind.Channel && one.id === id)?.permission
  return said(who.channel) ?? said(String(BigInt(who.server) - 1n))
}

/**
 * Looks for the person, then for a role of theirs that is allowed, then for one that is denied, then for
 * everybody.
 */
function personIn(
  set: readonly APIApplicationCommandPermission[],
  { server, user, roles }: Presser,
): boolean | undefined {
  const said = (type: Kind, ids: readonly string[]) =>
    set.filter((one) => one.type === type && ids.includes(one.id)).map((one) => one.permission)
  const any = (all: readonly boolean[]) => (all.length === 0 ? undefined : all.includes(true))
  // Discord writes everybody as a role and accepts them as a user, too: both have the id of the server.
  return (
    any(said(Kind.User, [user])) ??
    any(
      said(
        Kind.Role,
        roles.filter((role) => role !== server),
      ),
    ) ??
    any([...said(Kind.Role, [server]), ...said(Kind.User, [server])])
  )
}
