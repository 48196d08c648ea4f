/**
 * Where an interaction comes from, as far as it decides who sees the answer and whose data it is about:
 * "Interaction Object" in Discord's documentation, "context" and "authorizing_integration_owners".
 */
import { type BaseInteraction, InteractionContextType } from 'discord.js'

/**
 * A conversation with Cohort alone: nothing has to be hidden there, and what only one person sees is gone
 * with the next start of their Discord. Direct messages of two people are another context.
 */
export function isDirect({ context }: Pick<BaseInteraction, 'context'>): boolean {
  return context === InteractionContextType.BotDM
}

/**
 * The server, if Cohort is on it. Whoever has installed the app for themselves uses it on any server; there
 * it is theirs alone, as in a direct message.
 */
export function serverOf({
  guildId,
  authorizingIntegrationOwners: owners,
}: Pick<BaseInteraction, 'guildId' | 'authorizingIntegrationOwners'>): string | undefined {
  const isOnlyTheirs = owners.userId !== null && owners.guildId === null
  return guildId === null || isOnlyTheirs ? undefined : guildId
}
