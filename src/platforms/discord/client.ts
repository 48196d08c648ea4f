/** The client of one shard: its intents, its caches, and what it reports about channels. */
import { ActivityType, Client, Events, GatewayIntentBits, Options, type RESTOptions } from 'discord.js'
import type { App } from '../../bot/app.js'
import type { Log } from '../../bot/deps.js'
import type { InFlight } from '../in-flight.js'
import { PLATFORM } from './chat.js'

/** Caches only what is needed later: servers, their channels and roles, and the bot itself. */
export function createClient(
  { log }: { readonly log: Log },
  rest: Partial<RESTOptions>,
  shard: number,
  shardCount: number,
): Client {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: [shard],
    shardCount,
    presence: {
      activities: [{ type: ActivityType.Custom, name: 'A question a day', state: 'A question a day: /help' }],
    },
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ...Object.fromEntries(NOT_KEPT.map((manager) => [manager, 0])),
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    rest,
  })
  client.on(Events.Error, (error) => log.error({ error }, 'discord client failed'))
  client.on(Events.ShardError, (error) => log.warn({ error, shard }, 'discord connection failed'))
  client.on(Events.ShardResume, () => log.info({ shard }, 'discord connection resumed'))
  return client
}

const NOT_KEPT = [
  ...[
    'MessageManager',
    'ReactionManager',
    'PresenceManager',
    'VoiceStateManager',
    'ThreadManager',
    'ThreadMemberManager',
  ],
  ...[
    'GuildEmojiManager',
    'GuildStickerManager',
    'GuildInviteManager',
    'GuildScheduledEventManager',
    'StageInstanceManager',
  ],
]

export function watchChannels(
  client: Client,
  { app, log }: { readonly app: () => App; readonly log: Log },
  inFlight: InFlight,
): void {
  const logged = (work: Promise<unknown>) =>
    void inFlight.track(work.catch((error) => log.error({ error }, 'discord removal failed')))
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased())
      logged(app().channelGone({ platform: PLATFORM, workspace: channel.guildId, channel: channel.id }))
  })
}
