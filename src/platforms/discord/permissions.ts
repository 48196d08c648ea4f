/** What Cohort may do in a channel, and what it must be able to do. */
import { type GuildBasedChannel, PermissionFlagsBits } from 'discord.js'

/** The fewest that do the work, by the names that Discord shows; the README says which is for what. */
const NEEDED = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Attach Files': PermissionFlagsBits.AttachFiles,
  'Read Message History': PermissionFlagsBits.ReadMessageHistory,
} as const

/** For the install link. */
export const PERMISSIONS: bigint = Object.values(NEEDED).reduce((all, bit) => all | bit, 0n)

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
