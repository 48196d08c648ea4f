/** The permissions that Cohort has in a channel, and those that it needs. */
import { type GuildBasedChannel, PermissionFlagsBits, PermissionsBitField } from 'discord.js'
import { isolated } from '../../core/text.js'

/** Nothing is posted without these, named as Discord shows them. `docs/discord.md` says what each is for. */
const NEEDED = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
} as const

/**
 * Permissions added later, so a server that added Cohort before has not granted them: without one, only its
 * own feature is off, and no post is refused for it.
 */
const LATER = {
  'Create Public Threads': PermissionFlagsBits.CreatePublicThreads,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
  'Mention Everyone': PermissionFlagsBits.MentionEveryone,
} as const

/** The feature that is off without each permission. */
export const OFF: Readonly<Record<keyof typeof LATER, string>> = {
  'Create Public Threads': 'the thread for the discussion under an answer, where a team has set one',
  'Send Messages in Threads': 'anything said in such a thread',
  'Mention Everyone':
    'a mention of a role that not everybody may mention; nobody else is ever mentioned by it',
}

/** The permissions in the install link. */
export const PERMISSIONS: bigint = [...Object.values(NEEDED), ...Object.values(LATER)].reduce(
  (all, bit) => all | bit,
  0n,
)

/** Returns the later permissions that are missing among the given ones. */
export function notGiven(permissions: bigint): string[] {
  const hasAll = (permissions & PermissionFlagsBits.Administrator) !== 0n
  return Object.entries(LATER).flatMap(([name, bit]) => (hasAll || (permissions & bit) !== 0n ? [] : [name]))
}

/**
 * Describes the later permissions that some servers have not granted; undefined if none is missing.
 * `servers`: the bot's permissions on each.
 */
export function laterMissing(servers: readonly bigint[]): string | undefined {
  const missing = servers.map(notGiven).filter((names) => names.length > 0)
  if (missing.length === 0) return undefined
  const names = [...new Set(missing.flat())].map((name) => `"${name}"`)
  return `${missing.length} of ${servers.length} server(s) have not given ${names.join(', ')}`
}

/** Returns the names of the permissions that Cohort lacks in a channel, according to the gateway's events. */
export function missingIn(channel: GuildBasedChannel): string[] {
  const mine = channel.client.user && channel.permissionsFor(channel.client.user)
  if (!mine) return []
  return Object.entries(NEEDED).flatMap(([name, bit]) => (mine.has(bit) ? [] : [name]))
}

export function lacking(names: readonly string[], channel: string): string {
  const list = names.map((name) => `"${name}"`).join(' and ')
  return `Cohort lacks ${list} in #${isolated(channel)}. Someone who manages the server gives it there, under Edit Channel, Permissions, by adding Cohort.`
}

/** Permissions that a channel, or the one that a thread hangs on, grants or denies to a role or a member. */
export interface Overwrite {
  readonly id: string
  readonly allow: bigint
  readonly deny: bigint
}

export interface Server {
  /** The id of the server and of the role that everybody has. */
  readonly id: string
  readonly owner: string
  /** The permissions of each role. */
  readonly roles: ReadonlyMap<string, bigint>
}

export interface Viewer {
  /** Empty for a person without roles or permissions of their own. */
  readonly id: string
  readonly roles: readonly string[]
}

export function views(server: Server, overwrites: readonly Overwrite[], who: Viewer): boolean {
  return (permissionsIn(server, overwrites, who) & PermissionFlagsBits.ViewChannel) !== 0n
}

/** People who manage threads see all private threads of a channel that they see. */
export function managesThreads(server: Server, overwrites: readonly Overwrite[], who: Viewer): boolean {
  return (permissionsIn(server, overwrites, who) & PermissionFlagsBits.ManageThreads) !== 0n
}

/**
 * Implements "Permission Overwrites" of Discord's documentation. The library computes this only for members
 * that it caches, and Cohort caches none.
 */
function permissionsIn(server: Server, overwrites: readonly Overwrite[], { id, roles }: Viewer): bigint {
  const granted = [server.id, ...roles].reduce((bits, role) => bits | (server.roles.get(role) ?? 0n), 0n)
  if (id === server.owner || (granted & PermissionFlagsBits.Administrator) !== 0n)
    return PermissionsBitField.All
  return [[server.id], roles, [id]].reduce((bits, ids) => {
    const ones = overwrites.filter((one) => ids.includes(one.id))
    return (
      (bits & ~ones.reduce((all, one) => all | one.deny, 0n)) | ones.reduce((all, one) => all | one.allow, 0n)
    )
  }, granted)
}
