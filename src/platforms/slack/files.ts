/** Sends files of a card, which Slack takes separately from the message. */
import type { Log } from '../../bot/deps.js'
import type { Card, FileBlock } from '../../bot/ui/card.js'
import { note } from '../../bot/ui/card.js'
import type { Api } from './api.js'

/** `thread`: the message under which the file goes. */
export async function uploadFile(
  api: Api,
  workspace: string,
  { content, name }: FileBlock,
  to: { readonly channel: string; readonly thread?: string },
): Promise<void> {
  const client = await api.client(workspace)
  const file = { filename: name, file: Buffer.from(content), title: name }
  await (to.thread === undefined
    ? client.filesUploadV2({ channel_id: to.channel, ...file })
    : client.filesUploadV2({ channel_id: to.channel, thread_ts: to.thread, ...file }))
}

/** Adapts a message whose files come in its thread. */
export function withFilesBelow(card: Card): Card {
  return {
    ...card,
    blocks: card.blocks.map((block) =>
      block.kind === 'file' ? note(`${block.name} is in the thread below.`) : block,
    ),
  }
}

/**
 * Sends files under a message that the bot has posted on its own initiative. If a file cannot be sent, a
 * message there says so.
 */
export async function sendFilesBelow(
  api: Api,
  log: Log,
  card: Card,
  { workspace, channel, thread }: { workspace: string; channel: string; thread: string },
): Promise<void> {
  for (const block of card.blocks) {
    if (block.kind !== 'file') continue
    try {
      await uploadFile(api, workspace, block, { channel, thread })
    } catch (error) {
      log.warn({ workspace, error }, 'slack file not sent')
      const text = `Slack did not take ${block.name}. The command that shows this gives it again.`
      await api
        .callWithRetry(workspace, 'chat.postMessage', { channel, thread_ts: thread, text })
        .catch((failed) => log.warn({ workspace, error: failed }, 'slack file not told of'))
    }
  }
}
