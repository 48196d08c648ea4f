import { HOME } from '../../loopback/slack/server.js'
import { chatContract } from './chat-contract.js'
import { ANN, BEN, PRIVATE, STUDY, startSlackBot } from './slack-bot.js'

const titleOf = (blocks: readonly Record<string, unknown>[]) => {
  const head = blocks.find((b) => b.type === 'header') as { text: { text: string } } | undefined
  return head?.text.text ?? ''
}

chatContract(
  'Slack',
  async () => {
    const { slack, server } = await startSlackBot()
    const mine = (user: string) =>
      server.posts.filter((p) => (p.channel === STUDY && !p.to) || p.to === user || p.channel === user)
    return {
      chat: slack.chat,
      here: { workspace: HOME, channel: STUDY },
      nowhere: { workspace: HOME, channel: 'C0NOWHERE1' },
      hidden: { workspace: HOME, channel: PRIVATE },
      fallSilent: () => {
        server.state.chaos = () => ({ status: 500 })
      },
      members: [ANN.id, BEN.id],
      seen: async (user) => mine(user).map((p) => titleOf(p.blocks)),
    }
  },
  { tellsTries: false, refusesChannels: true },
)
