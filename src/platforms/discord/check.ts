/** Checks for `cohort doctor` whether Discord accepts the settings. */
import { DiscordAPIError, REST, Routes } from 'discord.js'
import { UserError } from '../../core/errors.js'
import { laterMissing } from './permissions.js'

/** Returns a description. Throws a `UserError` that says what to fix. `url`: base of the REST API. */
export async function checkDiscord(token: string, url: string | undefined): Promise<string> {
  const rest = new REST({
    ...(url && { api: url.replace(/\/+$/, '') }),
    retries: 1,
    timeout: 10_000,
  }).setToken(token)
  try {
    const me = (await rest.get(Routes.user())) as { username: string }
    const { shards, session_start_limit: starts } = (await rest.get(Routes.gatewayBot())) as {
      shards: number
      session_start_limit: { remaining: number }
    }
    if (starts.remaining < shards)
      throw new UserError(
        `Discord allows only ${starts.remaining} more starts today: wait before the next one`,
      )
    return `${me.username}, ${shards} shard(s), ${starts.remaining} more starts today${await withoutLater(rest)}`
  } catch (error) {
    if (error instanceof UserError) throw error
    if (error instanceof DiscordAPIError && error.status === 401)
      throw new UserError('Discord refuses DISCORD_TOKEN: take the one under "Bot", "Reset Token"')
    throw new UserError(
      `Discord does not answer (${error instanceof Error ? error.message : error}): check the network`,
    )
  }
}

/**
 * Size of a page of the bot's servers, with the permissions that each has granted; the first page represents
 * all.
 */
const PAGE = 200

async function withoutLater(rest: REST): Promise<string> {
  const query = new URLSearchParams({ limit: String(PAGE) })
  const servers = (await rest.get(Routes.userGuilds(), { query })) as readonly { permissions: string }[]
  const missing = laterMissing(servers.map(({ permissions }) => BigInt(permissions)))
  return missing ? `; ${missing}, which the link of "cohort discord invite" asks for: all else goes on` : ''
}
