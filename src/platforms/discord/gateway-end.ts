/**
 * Close codes of the gateway after which no further try of this process can succeed: those marked as not to
 * reconnect in "Gateway Close Event Codes" of Discord's documentation. Another try would only use up the
 * starts that a bot has in a day.
 */
import { type Client, GatewayCloseCodes as Code, Events } from 'discord.js'

export const REFUSED_TOKEN = 'DISCORD_TOKEN: Discord refuses it; take the one under "Bot", "Reset Token"'

const WHY: Readonly<Record<number, string>> = {
  [Code.AuthenticationFailed]: REFUSED_TOKEN,
  [Code.InvalidShard]: 'Discord refuses the number of a shard; start Cohort again',
  [Code.ShardingRequired]: 'the bot is on so many servers that Discord wants more shards; start Cohort again',
  [Code.InvalidAPIVersion]: 'Discord no longer serves this version of its gateway; install the newest Cohort',
  [Code.InvalidIntents]: 'Discord does not know the intents that Cohort asks for; install the newest Cohort',
  [Code.DisallowedIntents]:
    'Discord does not allow this application the intents that Cohort asks for; look under "Bot" in the Developer Portal',
}

/** Returns one line with the remedy and the code; undefined for a code after which reconnecting works. */
function endOf(code: number): string | undefined {
  const why = WHY[code]
  return why === undefined ? undefined : `${why} (gateway code ${code})`
}

/** Calls `ended` with the reason if Discord closes this client's connection for good. */
export function watchEnd(client: Client, ended: (why: string) => void): void {
  client.on(Events.ShardDisconnect, ({ code }) => {
    const why = endOf(code)
    if (why !== undefined) ended(why)
  })
}
