/** What Cohort may do in a channel, and what it must be able to do. */
import { type GuildBasedChannel, PermissionFlagsBits } from 'discord.js'

/** Nothing is posted without these; by the names that Discord shows. The README says which is for what. */
const NEEDED = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
} as const

/** These came later, so a server that added Cohort before has not given them: each switches off itself alone, and no post is refused for it. */
const LATER = {
  'Create Public Threads': PermissionFlagsBits.CreatePublicThreads,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
  'Mention Everyone': PermissionFlagsBits.MentionEveryone,
} as const

/** For the install link. */
export const PERMISSIONS: bigint = [...Object.values(NEEDED), ...Object.values(LATER)].reduce((all, bit) => all | bit, 0n)

/** Those of the later ones that a server has not given, from the permissions of the bot there. */
export function notGiven(permissions: bigint): string[] {
  const hasAll = (permissions & PermissionFlagsBits.Administrator) !== 0n
  return Object.entries(LATER).flatMap(([name, bit]) => (hasAll || (permissions & bit) !== 0n ? [] : [name]))
}

/** The names of the permissions that Cohort lacks in a channel, from what the gateway has told. */
export function missingIn(channel: GuildBasedChannel): string[] {
  const mine = channel.client.user && channel.permissionsFor(channel.client.user)
  if (!mine) return []
  return Object.entries(NEEDED).flatMap(([name, bit]) => (mine.has(bit) ? [] : [name]))
}

export function lacking(names: readonly string[], channel: string): string {
  const list = names.map((name) => `"${name}"`).join(' and ')
  return `Cohort lacks ${list} in #${channel}. Someone who manages the server gives it there, under Edit Channel, Permissions, by adding Cohort.`
}
