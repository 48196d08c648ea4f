import { afterAll } from 'vitest'
import { chatContract } from './chat-contract.js'
import { ANN, BEN, HOME, STUDY, startDiscordBot } from './discord-bot.js'
import { componentsIn } from './discord-judge.js'
import type { Posted } from './discord-server.js'

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
    const seenBy = (user: string) => server.posts.filter((p) => p.channel === STUDY || p.channel === server.privateChannel(user))
    return {
      chat: discord.chat,
      here: { workspace: HOME, channel: STUDY },
      nowhere: { workspace: HOME, channel: '299999999999999999' },
      members: [ANN.id, BEN.id],
      seen: async (user) => seenBy(user).map(titleOf),
    }
  },
  { tellsTries: true, refusesChannels: true },
)
