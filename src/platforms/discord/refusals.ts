/** Translates Discord's errors into words that say what to do. */
import { RESTJSONErrorCodes as Code, DiscordAPIError, RateLimitError } from 'discord.js'
import { ChannelGone, ChatBusy, ChatRefusal } from '../../bot/ports/chat.js'

const REFUSALS: Readonly<Record<number, string>> = {
  [Code.UnknownMessage]: 'The message is no longer there.',
  [Code.UnknownGuild]: 'Cohort is no longer on this server. Invite it again.',
  [Code.UnknownUser]: 'There is no such member.',
  [Code.CannotSendMessagesToThisUser]: 'The member takes no direct messages from Cohort.',
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]:
    'The member is no longer on a server with Cohort.',
  [Code.CannotEditMessageAuthoredByAnotherUser]: 'The message is not one of Cohort.',
  [Code.InvalidActionOnArchivedThread]:
    'The thread is archived. Unarchive it, or choose another channel with /team setup.',
  [Code.MissingAccess]:
    'Cohort cannot see the channel. Give it "View Channel" there, under Edit Channel, Permissions.',
  [Code.MissingPermissions]:
    'Cohort lacks a permission in the channel. Give it "Send Messages" and "Attach Files" there, under Edit Channel, Permissions.',
}

export const codeOf = (error: unknown): number | undefined =>
  error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : undefined

/** Whether Discord refuses the bot's token, or the library has dropped it since. */
export const isRefused = (error: unknown): boolean => error instanceof DiscordAPIError && error.status === 401

/** Returns an error that the bot understands in place of Discord's. */
export function translated(error: unknown): unknown {
  // discord.js repeats unanswered calls, so this may be a second try that has to wait.
  if (error instanceof RateLimitError) return new ChatBusy(Math.max(1000, error.retryAfter), true)
  const code = codeOf(error)
  if (code === Code.UnknownChannel)
    return new ChannelGone('The channel was deleted. Choose another one with /team setup.', { cause: error })
  const words = code === undefined ? undefined : REFUSALS[code]
  return words === undefined ? error : new ChatRefusal(words, { cause: error })
}

/** Whether the interaction was already answered, or it is too late to answer it. */
export const isOver = (error: unknown) =>
  [
    Code.UnknownInteraction,
    Code.InteractionHasAlreadyBeenAcknowledged,
    Code.UnknownWebhook,
    Code.InvalidWebhookToken,
  ].includes(codeOf(error) ?? 0)
