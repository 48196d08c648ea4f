/** Finds the place on a server where people see a welcome. */
import { ChannelType, type Guild, PermissionFlagsBits, type TextChannel } from 'discord.js'
import { ChatRefusal, type Place } from '../../bot/ports/chat.js'
import { missingIn } from './permissions.js'

/**
 * Chooses among the text channels where Cohort may write: the one for system messages, else the first that
 * everybody sees, else the first. Throws a `ChatRefusal` if there is none.
 */
export function frontDoor(guild: Guild): Place {
  const texts = guild.channels.cache
    .filter((one): one is TextChannel => one.type === ChannelType.GuildText)
    .filter((one) => missingIn(one).length === 0)
  const isOpen = (one: TextChannel) =>
    one.permissionsFor(guild.roles.everyone).has(PermissionFlagsBits.ViewChannel)
  const order = (one: TextChannel) => [
    one.id === guild.systemChannelId ? 0 : 1,
    isOpen(one) ? 0 : 1,
    one.rawPosition,
  ]
  const [first] = [...texts.values()].sort((a, b) => compare(order(a), order(b)))
  if (!first) throw new ChatRefusal('There is no text channel that Cohort may write to.')
  return { workspace: guild.id, channel: first.id }
}

/** Compares by the first number that differs. */
function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((one, i) => one - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0
}
