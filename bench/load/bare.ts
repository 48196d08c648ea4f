/**
 * Runs a library alone, in a separate process: a bot on Slack or Discord that acknowledges and does nothing
 * else.
 */
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'
import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js'

async function bolt(): Promise<void> {
  const { SLACK_SIGNING_SECRET: signingSecret = '', PORT } = process.env
  const receiver = new HTTPReceiver({ signingSecret, endpoints: '/slack/events', logLevel: LogLevel.ERROR })
  const app = new App({ receiver, authorize: async () => ({ botToken: 'none' }), logLevel: LogLevel.ERROR })
  app.action(/.*/, async ({ ack }) => ack())
  await receiver.start(Number(PORT))
}

async function discord(): Promise<void> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL: api = '' } = process.env
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api } })
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isButton()) await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  })
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(token)
  await ready
}

await (process.argv[2] === 'slack' ? bolt() : discord())
console.log('Ready')
process.on('SIGTERM', () => process.exit(0))
