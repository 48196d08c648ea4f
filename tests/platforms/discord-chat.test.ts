import { afterAll } from 'vitest'
import { componentsIn } from '../../loopback/discord/judge.js'
import type { Posted } from '../../loopback/discord/server.js'
import { until } from '../helpers/until.js'
import { chatContract } from './chat-contract.js'
import { ANN, BEN, HOME, SECOND, STUDY, startDiscordBot } from './discord-bot.js'

const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
})

const titleOf = ({ components }: Posted) =>
  /^## (.*)$/m.exec(String(componentsIn(components).find((c) => c.type === 10)?.content))?.[1] ?? ''

chatContract(
  'Discord',
  async () => {
    const { discord, server, stop } = await startDiscordBot()
    stops.push(stop)
    server.hide(SECOND, [ANN.id])
    await until(async () => (await discord.chat.isPrivate({ workspace: HOME, channel: SECOND })) || undefined)
    const seenBy = (user: string) =>
      server.posts.filter((p) => p.channel === STUDY || p.channel === server.privateChannel(user))
    return {
      chat: discord.chat,
      here: { workspace: HOME, channel: STUDY },
      nowhere: { workspace: HOME, channel: '299999999999999999' },
      hidden: { workspace: HOME, channel: SECOND },
      fallSilent: () => {
        server.state.chaos = () => ({ status: 500 })
      },
      members: [ANN.id, BEN.id],
      seen: async (user) => seenBy(user).map(titleOf),
    }
  },
  { tellsTries: true, refusesChannels: true },
)
