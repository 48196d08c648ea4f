/**
 * Sends the bot's replies on Slack: by the address that came with the press, in the channel, in a form, or in
 * a direct message.
 */
import type { ModalView } from '@slack/types'
import type { Log } from '../../bot/deps.js'
import { type Answered, type CardReply, ChatRefusal } from '../../bot/ports/chat.js'
import type { Card } from '../../bot/ui/card.js'
import { createBudget } from '../budget.js'
import type { HttpCall } from '../http-client.js'
import { pageAt } from '../paging.js'
import { type Api, codeOf, SlackError } from './api.js'
import type { Files } from './blocks.js'
import { createIsAlone, type IsAlone, isDirect } from './direct.js'
import { uploadFile } from './files.js'
import { renderForm } from './form.js'
import { FILES_A_MINUTE, MENTIONS_A_MINUTE, MODAL_TITLE } from './limits.js'
import { isCard, NOT_OPENED, type Opened, openForm } from './open-form.js'
import { metadata, type Origin } from './origin.js'
import type { Pictures } from './pictures.js'
import { plainText } from './plain-text.js'
import { type Message, renderMessage, renderPages, renderViews } from './render.js'
import { respond } from './respond.js'

export interface Outbound {
  /** `page`: the part to send of a card that does not fit into one message. */
  send(reply: Answered, origin: Origin, page?: number): Promise<void>
  /**
   * Sends in the thread of the message with that time; `isPublic`: whether everybody sees it there. It never
   * pings anybody.
   */
  sendInThread(reply: Answered, origin: Origin, thread: string, isPublic: boolean): Promise<void>
  open(view: ModalView, origin: Origin): Promise<void>
  showHome(page: Answered<CardReply>, origin: Origin): Promise<void>
  readonly isAlone: IsAlone
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

/** How long a form waits for its pictures: its trigger is valid for three seconds. */
const SOON_IN_FORM_MS = 400

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
    if (reply.kind === 'form')
      return open(renderForm(reply.form, metadata(origin, { draft: reply.draft })), origin)
    if (origin.view !== undefined || (origin.channel === '' && origin.trigger))
      await showView(reply, origin, page)
    else await sendCard(reply, origin, page)
    await sendFiles(reply, origin)
  }

  async function sendInThread(
    reply: Answered,
    origin: Origin,
    thread: string,
    isPublic: boolean,
  ): Promise<void> {
    const { workspace, channel, user } = origin
    if (reply.kind === 'form') throw new Error('a form has no place in a thread')
    const say = (message: Message): Promise<unknown> => {
      const args = { channel, thread_ts: thread, ...message }
      return isPublic && maySayInChannel(`${workspace} ${channel}`)
        ? api.callWithRetry(workspace, 'chat.postMessage', {
            ...{ ...args, unfurl_links: false, unfurl_media: false },
          })
        : api.callWithRetry(workspace, 'chat.postEphemeral', { ...args, user })
    }
    await pictures.sendWith(
      workspace,
      reply,
      (files) => say(renderMessage(reply.card, files)),
      (files) => {
        const blocks = picturesIn(reply.card, files).map(({ block }) => block)
        return say(renderMessage({ blocks }, files))
      },
    )
    await sendFiles(reply, { ...origin, channel: '' })
  }

  async function open(view: ModalView, origin: Origin): Promise<void> {
    await opened(view, origin)
  }

  /** Returns Slack's identifiers of the form; undefined if it may not be open. */
  async function opened(view: ModalView, origin: Origin): Promise<Opened | undefined> {
    const say = (card: Card) => sendCard({ kind: 'card', card, to: 'caller', replace: false }, origin, 0)
    try {
      const form = await openForm(api, view, origin, clock)
      if (!isCard(form)) return form
      await say(form)
      return undefined
    } catch (error) {
      await say(NOT_OPENED)
      throw error
    }
  }

  /**
   * Redraws the open modal, or opens one, since there is no channel to answer in. A modal opened from the one
   * that was pressed lies on top, so closing it leads back.
   */
  async function showView(reply: CardReply, origin: Origin, page: number): Promise<void> {
    const { workspace } = origin
    let isOnTop = origin.view !== undefined && origin.own && !reply.replace && page === 0
    const draw = (files: Files) => cardView(pageAt(renderViews(reply.card, files), page), origin, isOnTop)
    const over = (files: Files) =>
      api.callWithRetry<Opened>(workspace, 'views.update', { view_id: origin.view, view: draw(files) })
    await pictures.sendWith(
      workspace,
      reply,
      (files) => {
        if (origin.view === undefined) return opened(draw(files), origin)
        if (!isOnTop) return over(files)
        return api
          .callOnce<Opened>(workspace, 'views.push', { trigger_id: origin.trigger, view: draw(files) })
          .catch((error) => {
            // There are three modals on top of each other already, or the trigger is no longer valid.
            if (codeOf(error) === undefined) throw error
            isOnTop = false
            return over(files)
          })
      },
      async (files, sent) => {
        const { id, hash } = sent?.view ?? {}
        if (id === undefined) return
        // The hash protects changes that the person has made to the form since.
        await api.callOnce(workspace, 'views.update', { view_id: id, hash, view: draw(files) }).catch(notHash)
      },
      origin.view === undefined || isOnTop ? SOON_IN_FORM_MS : undefined,
    )
  }

  async function sendCard(reply: CardReply, origin: Origin, page: number): Promise<void> {
    await pictures.sendWith(
      origin.workspace,
      reply,
      (files) => sendMessage(pageAt(renderPages(reply.card, files), page), reply, origin),
      // A card that was pressed meanwhile has changed, so the picture comes below it.
      async (files) => {
        const shown = JSON.stringify(pageAt(renderPages(reply.card, files), page))
        const blocks = picturesIn(reply.card, files).filter(({ file }) => shown.includes(file))
        if (blocks.length === 0) return
        const card = { blocks: blocks.map(({ block }) => block) }
        await sendMessage(renderMessage(card, files), { ...reply, replace: false }, origin)
      },
    )
  }

  async function sendMessage(message: Message, reply: CardReply, origin: Origin): Promise<void> {
    const { workspace, channel, user } = origin
    if (origin.respond) {
      const how = await respond(call, origin.respond, {
        ...message,
        ...aim(reply, origin, await isAlone(workspace, user, channel)),
      })
      if (how === 'taken') return
      // The message may have got through all the same, and the channel must not get it twice.
      if (how === 'unknown' && reply.to === 'channel')
        return tell(workspace, channel, user, renderMessage(NOT_SHOWN, new Map()))
    }
    if (channel === '' || reply.to !== 'channel') return tell(workspace, channel, user, message)
    try {
      await api.callWithRetry(workspace, 'chat.postMessage', { channel, ...message })
    } catch (error) {
      if (!(error instanceof ChatRefusal)) throw error
      await tell(workspace, channel, user, renderMessage(refusedCard(error.message), new Map()))
    }
  }

  async function tell(workspace: string, channel: string, user: string, message: object): Promise<void> {
    if (channel !== '' && !isDirect(channel)) {
      try {
        await api.callWithRetry(workspace, 'chat.postEphemeral', { channel, user, ...message })
        return
      } catch (error) {
        // Cohort is not a member there, so it falls back to a direct message.
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

  /** Files cannot be private in a channel, so they come in a direct message. */
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
        await uploadFile(api, workspace, block, { channel: opened.channel.id })
      } catch (error) {
        log.warn({ workspace, reference, error }, 'slack file not sent')
        await tell(workspace, origin.channel, user, renderMessage(NO_FILE, new Map()))
      }
    }
  }

  async function showHome(page: Answered<CardReply>, { workspace, user }: Origin): Promise<void> {
    const publish = (files: Files, hash?: string) =>
      api.callWithRetry<Opened>(workspace, 'views.publish', {
        user_id: user,
        ...(hash && { hash }),
        view: { type: 'home', blocks: renderViews(page.card, files)[0] },
      })
    await pictures.sendWith(workspace, page, publish, (files, { view }) =>
      publish(files, view?.hash).catch(notHash),
    )
  }

  return { send, sendInThread, open, showHome, isAlone }
}

/**
 * `isAlone`: whether nobody else is there; an ephemeral message would be gone with the next start of the
 * person's Slack.
 */
function aim(reply: CardReply, origin: Origin, isAlone: boolean) {
  if (reply.replace && origin.own) return { replace_original: true }
  const isForAll = reply.to === 'channel' || isAlone
  return { response_type: isForAll ? 'in_channel' : 'ephemeral', replace_original: false }
}

/** Returns the pictures of a card that have a file. */
function picturesIn(card: Card, files: Files) {
  return card.blocks.flatMap((block) => {
    const file = block.kind === 'image' ? files.get(block.picture) : undefined
    return file === undefined ? [] : [{ block, file }]
  })
}

function refusedCard(why: string): Card {
  return { title: 'Not shown', blocks: [{ kind: 'text', text: [why] }] }
}

/** Ignores a conflict: the person has changed the view since, so it is not redrawn. */
function notHash(error: unknown): void {
  if (codeOf(error) !== 'hash_conflict') throw error
}

function cardView(blocks: ModalView['blocks'], origin: Origin, isOnTop: boolean): ModalView {
  const title = plainText('Cohort', MODAL_TITLE)
  return {
    type: 'modal',
    title,
    close: plainText(isOnTop ? 'Back' : 'Close', MODAL_TITLE),
    private_metadata: metadata(origin),
    blocks,
  }
}
