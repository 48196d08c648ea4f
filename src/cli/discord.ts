/** `discord invite`: prints the link that adds the bot to a server. */
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { applicationOf, inviteLink } from '../platforms/discord/invite.js'

/** `id`: the application's id, if it should not be read from the token. */
export function printInvite(token: string | undefined, id: string | undefined, { out }: Io): void {
  if (id !== undefined && !/^\d{5,20}$/.test(id))
    throw new UserError(`--application is ${id}; it should be the number under "General Information"`)
  const application = id ?? (token === undefined ? undefined : applicationOf(token))
  if (application === undefined)
    throw new UserError(
      token === undefined
        ? 'DISCORD_TOKEN is not set: set it, or give --application with the number under "General Information"'
        : 'DISCORD_TOKEN does not look like a bot token: take the one under "Bot", "Reset Token"',
    )
  out(inviteLink(application))
}
