/**
 * The bot's replies, as Slack shows them: by the address that came with the press, in the channel, in a form,
 * or in a direct message.
 */
import type { ModalView } from '@slack/types'
import type { Log } from '../../bot/deps.js'
import { type Answered, type CardReply, ChatRefusal, type FormReply } from '../../bot/ports/chat.js'
import type { Card } from '../../bot/ui/card.js'
import { createBudget } from '../budget.js'
import type { HttpCall } from '../http-client.js'
import { pageAt } from '../paging.js'
import { type Api, SlackError } from './api.js'
import { createIsAlone, type IsAlone, isDirect } from './direct.js'
import { FILES_A_MINUTE, MENTIONS_A_MINUTE, MODAL_TITLE } from './limits.js'
import type { Pictures } from './pictures.js'
import { plainText, renderForm, renderMessage, renderPages, renderViews } from './render.js'

export interface Outbound {
  /** `page`: which part of a card that does not fit into one message. */
  send(reply: Answered, origin: Origin, page?: number): Promise<void>
  /**
   * In the thread of the message with that time; `isPublic`: everybody sees it there, and nobody is pinged.
   */
  sendInThread(reply: Answered, origin: Origin, thread: string, isPublic: boolean): Promise<void>
  open(view: ModalView, origin: Origin): Promise<void>
  showHome(page: Answered<CardReply>, origin: Origin): Promise<void>
  readonly isAlone: IsAlone
}

/** Where a reply goes. */
export interface Origin {
  readonly workspace: string
  /** Empty on the Home tab and in what it opened. */
  readonly channel: string
  readonly user: string
  /** Takes five messages within half an hour, also where Cohort is no member. */
  readonly respond: string | undefined
  /** Opens one form, within three seconds. */
  readonly trigger: string | undefined
  /** The press was on a message that only this user sees, so it can be drawn over. */
  readonly own: boolean
  /** The open modal with the button that was pressed. */
  readonly view: string | undefined
}

/** What a modal has to know when it comes back. */
interface Metadata {
  readonly channel: string
  readonly respond?: string | undefined
  readonly view?: string | undefined
  readonly own?: boolean | undefined
  /** For the form that asks what a command shall be given. */
  readonly command?: string | undefined
  /** Under which the form is kept. */
  readonly draft?: string | undefined
}

export function metadata(
  { channel, respond, view, own }: Origin,
  { command, draft }: Pick<Metadata, 'command' | 'draft'> = {},
): string {
  return JSON.stringify({ channel, respond, view, own, command, draft } satisfies Metadata)
}

export function readMetadata(text: string): Metadata {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'channel' in value) {
      const { channel, ...rest } = value as Record<string, unknown>
      const [respond, view, command, draft] = [rest.respond, rest.view, rest.command, rest.draft].map(textOf)
      return { channel: textOf(channel) ?? '', respond, view, own: rest.own === true, command, draft }
    }
  } catch {
    // A form of an earlier version, or of nobody: the reply goes to the user alone.
  }
  return { channel: '' }
}

const textOf = (part: unknown) => (typeof part === 'string' ? part : undefined)

const EXPIRED = [
  'expired_trigger_id',
  'exchanged_trigger_id',
  'trigger_expired',
  'trigger_exchanged',
  'invalid_trigger_id',
  'invalid_trigger',
]
const TOO_LATE: Card = {
  title: 'That took too long',
  blocks: [
    { kind: 'text', text: ['Slack waits three seconds for a form, and it came later. Please press again.'] },
  ],
}
const NOT_SHOWN: Card = {
  title: 'Not shown',
  blocks: [
    {
      kind: 'text',
      text: ['Slack did not answer, so it may not be in the channel. Have a look before you press again.'],
    },
  ],
}
const NO_FILE: Card = {
  title: 'The file did not get through',
  blocks: [{ kind: 'text', text: ['Slack did not take it. Please try again in a few minutes.'] }],
}

const ENOUGH_FILES: Card = {
  title: 'You had it a moment ago',
  blocks: [
    { kind: 'text', text: ['The file is in your direct messages. You can have it again in a minute.'] },
  ],
}

export function createOutbound(
  api: Api,
  call: HttpCall,
  pictures: Pictures,
  clock: () => number,
  log: Log,
): Outbound {
  const isAlone = createIsAlone(api)
  const maySendFile = createBudget(FILES_A_MINUTE, clock)
  const maySayInChannel = createBudget(MENTIONS_A_MINUTE, clock)

  async function send(reply: Answered, origin: Origin, page = 0): Promise<void> {
    if (reply.kind === 'form') return openForm(reply, origin)
    if (origin.view !== undefined || (origin.channel === '' && origin.trigger))
      await showView(reply, origin, page)
    else await sendCard(reply, origin, page)
    await sendFiles(reply, origin)
  }

  async function sendInThread(
    reply: Answered,
    { workspace, channel, user }: Origin,
    thread: string,
    isPublic: boolean,
  ): Promise<void> {
    if (reply.kind === 'form') throw new Error('a form has no place in a thread')
    await pictures.sendWith(workspace, reply, async (files) => {
      const message = { channel, thread_ts: thread, ...renderMessage(reply.card, files) }
      if (isPublic && maySayInChannel(`${workspace} ${channel}`))
        await api.callWithRetry(workspace, 'chat.postMessage', {
          ...message,
          unfurl_links: false,
          unfurl_media: false,
        })
      else await api.callWithRetry(workspace, 'chat.postEphemeral', { ...message, user })
    })
  }

  function openForm({ form, draft }: FormReply, origin: Origin): Promise<void> {
    return open(renderForm(form, metadata(origin, { draft })), origin)
  }

  async function open(view: ModalView, origin: Origin): Promise<void> {
    try {
      await api.callOnce(origin.workspace, origin.view ? 'views.push' : 'views.open', {
        trigger_id: origin.trigger,
        view,
      })
    } catch (error) {
      if (!(error instanceof SlackError && EXPIRED.includes(error.code))) throw error
      await sendCard({ kind: 'card', card: TOO_LATE, to: 'caller', replace: false }, origin, 0)
    }
  }

  /** Where there is no channel to answer in: over the open modal, or in one of its own. */
  async function showView(reply: CardReply, origin: Origin, page: number): Promise<void> {
    await pictures.sendWith(origin.workspace, reply, async (files) => {
      const view = cardView(pageAt(renderViews(reply.card, files), page), origin)
      if (origin.view === undefined) return open(view, origin)
      await api.callWithRetry(origin.workspace, 'views.update', { view_id: origin.view, view })
    })
  }

  async function sendCard(reply: CardReply, origin: Origin, page: number): Promise<void> {
    const { workspace, channel, user } = origin
    await pictures.sendWith(workspace, reply, async (files) => {
      const message = pageAt(renderPages(reply.card, files), page)
      if (origin.respond) {
        const aimed = aim(reply, origin, await isAlone(workspace, user, channel))
        const how = await respond(call, origin.respond, { ...message, ...aimed })
        if (how === 'taken') return
        // It may have got through all the same, and the channel must not get it twice.
        if (how === 'unknown' && reply.to === 'channel')
          return tell(workspace, channel, user, renderMessage(NOT_SHOWN, new Map()))
      }
      if (channel !== '' && reply.to === 'channel') {
        await api.callWithRetry(workspace, 'chat.postMessage', { channel, ...message })
        return
      }
      await tell(workspace, channel, user, message)
    })
  }

  async function tell(workspace: string, channel: string, user: string, message: object): Promise<void> {
    if (channel !== '' && !isDirect(channel)) {
      try {
        await api.callWithRetry(workspace, 'chat.postEphemeral', { channel, user, ...message })
        return
      } catch (error) {
        // Where Cohort is no member, it says so in the direct messages.
        if (
          !(
            error instanceof ChatRefusal ||
            (error instanceof SlackError && error.code === 'user_not_in_channel')
          )
        )
          throw error
      }
    }
    await api.callWithRetry(workspace, 'chat.postMessage', { channel: user, ...message })
  }

  /** Files cannot be private in a channel: they come in a direct message. */
  async function sendFiles({ card, reference }: Answered<CardReply>, origin: Origin): Promise<void> {
    const { workspace, user } = origin
    for (const block of card.blocks) {
      if (block.kind !== 'file') continue
      if (!maySendFile(`${workspace} ${user}`))
        return tell(workspace, origin.channel, user, renderMessage(ENOUGH_FILES, new Map()))
      try {
        const opened = await api.callWithRetry<{ channel: { id: string } }>(workspace, 'conversations.open', {
          users: user,
        })
        const client = await api.client(workspace)
        const file = Buffer.from(block.content)
        await client.filesUploadV2({
          channel_id: opened.channel.id,
          filename: block.name,
          file,
          title: block.name,
        })
      } catch (error) {
        log.warn({ workspace, reference, error }, 'slack file not sent')
        await tell(workspace, origin.channel, user, renderMessage(NO_FILE, new Map()))
      }
    }
  }

  async function showHome(page: Answered<CardReply>, { workspace, user }: Origin): Promise<void> {
    await pictures.sendWith(workspace, page, (files) =>
      api.callWithRetry(workspace, 'views.publish', {
        user_id: user,
        view: { type: 'home', blocks: renderViews(page.card, files)[0] },
      }),
    )
  }

  return { send, sendInThread, open, showHome, isAlone }
}

/** `isAlone`: nobody else is there, and what is hidden is gone with the next start of their Slack. */
function aim(reply: CardReply, origin: Origin, isAlone: boolean) {
  if (reply.replace && origin.own) return { replace_original: true }
  const isForAll = reply.to === 'channel' || isAlone
  return { response_type: isForAll ? 'in_channel' : 'ephemeral', replace_original: false }
}

/**
 * `gone`: the address is used up. `unknown`: no answer came. Throws `SlackError` for blocks that Slack does
 * not take.
 */
async function respond(call: HttpCall, url: string, message: object): Promise<'taken' | 'gone' | 'unknown'> {
  const body = JSON.stringify(message)
  const headers = { 'Content-Type': 'application/json' }
  try {
    const answer = await call(url, { method: 'POST', headers, body })
    if (answer.ok) return 'taken'
    const said = await answer.text()
    if (said.includes('invalid_blocks'))
      throw new SlackError('response_url', 'invalid_blocks', [said.slice(0, 300)])
    return answer.status >= 500 ? 'unknown' : 'gone'
  } catch (error) {
    if (error instanceof SlackError) throw error
    return 'unknown'
  }
}

function cardView(blocks: ModalView['blocks'], origin: Origin): ModalView {
  const title = plainText('Cohort', MODAL_TITLE)
  return {
    type: 'modal',
    title,
    close: plainText('Close', MODAL_TITLE),
    private_metadata: metadata(origin),
    blocks,
  }
}
