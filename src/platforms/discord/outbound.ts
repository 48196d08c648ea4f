/**
 * Sends the bot's replies on Discord: an interaction is acknowledged within three seconds and answered within
 * fifteen minutes.
 */
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  InteractionResponseType,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  REST,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { FormReply, Reply } from '../../bot/ports/chat.js'
import type { Card, Form, Picture } from '../../bot/ui/card.js'
import { pageAt } from '../paging.js'
import { betweenSteps } from './between-steps.js'
import { renderForm } from './form.js'
import { stepWith } from './form-steps.js'
import { NO_MENTIONS } from './message-body.js'
import { type Attachments, attachmentsOf, NO_FILES } from './pictures.js'
import { isOver } from './refusals.js'
import { isTurned, type Message, renderMessage, renderPages, renderParts } from './render.js'
import { isDirect } from './where.js'

export type Answerable =
  | ButtonInteraction
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ModalSubmitInteraction
  | StringSelectMenuInteraction

export interface Outbound {
  /**
   * Tells Discord that the interaction was received. `isPublic`: everybody in the channel will see the
   * answer.
   */
  acknowledge(interaction: Answerable, isPublic: boolean): Promise<void>
  /**
   * `page`: the part to send of a card that does not fit into one message. If no button can show the others,
   * they follow at once.
   */
  send(reply: Reply, interaction: Answerable, page?: number): Promise<void>
  /**
   * Reports that opening a form took longer than Discord waits; nothing was changed, so the person can ask
   * again.
   */
  tooLate(interaction: Answerable): Promise<void>
  /** `step`: the step to begin with, unless the reply says it. */
  openForm(interaction: Answerable, reply: FormReply, step?: number): Promise<void>
  /** Shows the message between two steps of a form. */
  showSteps(interaction: Answerable, form: Form, draft: string, step: number): Promise<void>
}

type CardReply = Extract<Reply, { kind: 'card' }>

const TOO_LATE: Card = {
  title: 'Please press again',
  blocks: [{ kind: 'text', text: ['This took longer than Discord waits. Nothing was changed.'] }],
}
const SHOWN: Card = { blocks: [{ kind: 'note', text: ['Shown in the channel.'] }] }
const NOT_SHOWN: Card = {
  title: 'Perhaps not shown',
  blocks: [
    {
      kind: 'text',
      text: ['Discord did not answer, so it may not be in the channel. Have a look before you press again.'],
    },
  ],
}

/** The references of requests by their interactions, for the log. */
export type References = WeakMap<object, string>

export function createOutbound(
  client: { readonly rest: REST },
  draw: (picture: Picture) => Promise<Uint8Array>,
  log: Log,
  references: References,
  withIds: (card: Card) => Card,
): Outbound {
  /** Never retries a message that everybody sees, since it is unknown whether the first try got through. */
  const once = new REST({ ...client.rest.options, retries: 0 })

  async function acknowledge(interaction: Answerable, isPublic: boolean): Promise<void> {
    // A private message of the bot may be redrawn; anything else is answered by a new message.
    if (ownMessage(interaction)) await interaction.deferUpdate()
    else
      await interaction.deferReply(isForAll(interaction, isPublic) ? {} : { flags: MessageFlags.Ephemeral })
  }

  async function send(reply: Reply, interaction: Answerable, page = 0): Promise<void> {
    if (reply.kind === 'form') throw new Error('a form cannot follow what was acknowledged')
    const attached = await attachmentsOf(reply.card, draw, log, references.get(interaction))
    const card = withIds(reply.card)
    if (isTurned(card))
      return deliver(reply, interaction, pageAt(renderPages(card, attached.names), page), attached)
    const [first, ...more] = renderParts(card, attached.names)
    await deliver(reply, interaction, first, attached)
    for (const part of more) await follow(interaction, part, attached, reply.to === 'channel')
  }

  async function deliver(
    reply: CardReply,
    interaction: Answerable,
    message: Message,
    attached: Attachments,
  ): Promise<void> {
    const isFirst = !ownMessage(interaction)
    if (!interaction.deferred)
      return respond(interaction, message, attached, reply.to === 'channel', !isFirst && reply.replace)
    // Nobody else sees a direct message, so the pending answer itself is shown.
    const isShown = reply.to === 'channel' && !(isFirst && isDirect(interaction))
    if (isShown && isFirst) await edit(interaction, renderMessage(SHOWN, NO_FILES.names), NO_FILES)
    if (isShown || (!isFirst && !reply.replace)) return follow(interaction, message, attached, isShown)
    await edit(interaction, message, attached)
  }

  /** Sends the first answer; if it is tried twice, Discord reports the second as already acknowledged. */
  async function respond(
    interaction: Answerable,
    message: Message,
    attached: Attachments,
    isShown: boolean,
    isInstead: boolean,
  ): Promise<void> {
    const body = {
      type: isInstead
        ? InteractionResponseType.UpdateMessage
        : InteractionResponseType.ChannelMessageWithSource,
      data: bodyOf(message, attached, isInstead || isForAll(interaction, isShown)),
    }
    await client.rest.post(Routes.interactionCallback(interaction.id, interaction.token), {
      body,
      files: attached.files,
      auth: false,
    })
  }

  /**
   * Edits the message behind the acknowledgement: the pending private answer, or the message that was
   * pressed.
   */
  async function edit(interaction: Answerable, message: Message, attached: Attachments): Promise<void> {
    const route = Routes.webhookMessage(interaction.applicationId, interaction.token, '@original')
    await client.rest.patch(route, {
      body: bodyOf(message, attached, true),
      files: attached.files,
      auth: false,
    })
  }

  async function follow(
    interaction: Answerable,
    message: Message,
    attached: Attachments,
    isShown: boolean,
  ): Promise<void> {
    const route = Routes.webhook(interaction.applicationId, interaction.token)
    try {
      await (isShown ? once : client.rest).post(route, {
        body: bodyOf(message, attached, isForAll(interaction, isShown)),
        files: attached.files,
        auth: false,
      })
    } catch (error) {
      if (!isShown || isOver(error)) throw error
      log.warn({ reference: references.get(interaction), error }, 'discord message perhaps not shown')
      await follow(interaction, renderMessage(NOT_SHOWN, NO_FILES.names), NO_FILES, false)
    }
  }

  return {
    acknowledge,
    send,
    tooLate: (interaction) =>
      send({ kind: 'card', card: TOO_LATE, to: 'caller', replace: false }, interaction),
    async openForm(interaction, { form, draft, field }, step = stepWith(form, field)) {
      if (interaction.isModalSubmit()) throw new Error('a form cannot follow a form')
      await interaction.showModal(renderForm(form, draft, step))
    },
    async showSteps(interaction, form, draft, step) {
      await edit(interaction, betweenSteps(form, draft, step), NO_FILES)
    },
  }
}

/** Whether only this user sees the message that was pressed. */
function ownMessage(interaction: Answerable): interaction is ButtonInteraction | StringSelectMenuInteraction {
  const message = 'message' in interaction ? interaction.message : null
  return message !== null && (isDirect(interaction) || message.flags?.has(MessageFlags.Ephemeral) === true)
}

const isForAll = (interaction: Answerable, isShown: boolean) => isShown || isDirect(interaction)

/** `isShown`: whether everybody may see it; an edit cannot change that. */
function bodyOf(message: Message, { attachments }: Attachments, isShown: boolean) {
  const flags = message.flags | (isShown ? 0 : MessageFlags.Ephemeral)
  return { ...message, flags, attachments, allowed_mentions: NO_MENTIONS }
}
