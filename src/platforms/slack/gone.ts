/** Ends everything to be posted in a channel that was deleted or archived. */
import { ChannelGone, type Place } from '../../bot/ports/chat.js'
import { type Api, codeOf } from './api.js'

const GONE =
  'The channel was deleted or archived, or Cohort can no longer see it. Choose another one with /team setup.'

interface Info {
  readonly channel?: { readonly is_archived?: boolean }
}

/** Throws `ChannelGone` in place of a refusal if the channel itself no longer exists. */
export async function orGone<T>(api: Api, { workspace, channel }: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'is_archived') throw new ChannelGone(GONE, { cause: error })
    // This error stops a team, so Slack is first asked about the channel itself, too.
    if (code === 'channel_not_found' && (await isGone(api, workspace, channel)))
      throw new ChannelGone(GONE, { cause: error })
    throw error
  }
}

async function isGone(api: Api, workspace: string, channel: string): Promise<boolean> {
  try {
    const answer = await api.callOnce<Info>(workspace, 'conversations.info', { channel })
    return answer.channel?.is_archived === true
  } catch (error) {
    // An install from before Cohort asked for the scope cannot look.
    if (['channel_not_found', 'missing_scope'].includes(codeOf(error) ?? '')) return true
    throw error
  }
}
