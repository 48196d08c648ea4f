/**
 * The origin of an interaction, which decides who sees the answer and whose data it is about: "context" and
 * "authorizing_integration_owners" of "Interaction Object" in Discord's documentation.
 */
import { type BaseInteraction, InteractionContextType } from 'discord.js'

/**
 * Whether it is a conversation with Cohort alone: nothing has to be hidden there, and messages that only one
 * person sees disappear with the next start of their Discord. Direct messages between two people are another
 * context.
 */
export function isDirect({ context }: Pick<BaseInteraction, 'context'>): boolean {
  return context === InteractionContextType.BotDM
}

/**
 * Returns the server, if Cohort is on it. A person who has installed the app for themselves can use it on any
 * server; the answer is theirs alone there, as in a direct message.
 */
export function serverOf({
  guildId,
  authorizingIntegrationOwners: owners,
}: Pick<BaseInteraction, 'guildId' | 'authorizingIntegrationOwners'>): string | undefined {
  const isOnlyTheirs = owners.userId !== null && owners.guildId === null
  return guildId === null || isOnlyTheirs ? undefined : guildId
}
