/** Turns what people do in Discord into requests to the bot. */
import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import { nothingToLookUp } from '../../bot/cards/wording.js'
import type { Caller, Request } from '../../bot/ports/chat.js'
import { readRest } from '../../bot/ui/action.js'
import { QUESTION_OF_THIS, questionOfMessage } from '../../bot/ui/message.js'
import { short } from '../../core/text.js'
import { createDedupe } from '../dedupe.js'
import { withTimeout } from '../timeout.js'
import { readStep } from './form-steps.js'
import { CHOICE_TEXT, CHOICES } from './limits.js'
import type { Answerable } from './outbound.js'
import { isOver } from './refusals.js'
import { callerOf, type InboundDeps, located, run } from './request.js'
import { FORM_MS, finish, onSubmit, openStep } from './submission.js'
import { serverOf } from './where.js'
import { wordsOf } from './words.js'

export function handleInbound(client: Client, deps: InboundDeps): void {
  const once = createDedupe()
  client.on(Events.InteractionCreate, async (interaction) => {
    // A resumed session may repeat what it sent before.
    if (!once(interaction.id)) return
    deps.acknowledgements.arrived(interaction.id)
    try {
      await deps.inFlight.track(served(interaction, deps))
    } catch (error) {
      const about = { reference: deps.references.get(interaction), kind: interaction.type }
      if (isOver(error)) deps.log.warn(about, 'discord interaction came too late')
      else deps.log.error({ ...about, error }, 'discord interaction failed')
    }
  })
}

async function served(interaction: Interaction, deps: InboundDeps): Promise<void> {
  await dispatch(interaction, deps)
  const server = serverOf(interaction)
  if (server !== undefined) await deps.tellLacking(server)
}

async function dispatch(interaction: Interaction, deps: InboundDeps): Promise<void> {
  if (interaction.isAutocomplete()) return complete(interaction, deps)
  if (interaction.isChatInputCommand()) return onCommand(interaction, deps)
  if (interaction.isMessageContextMenuCommand())
    return interaction.commandName === QUESTION_OF_THIS
      ? onQuestionOfThis(interaction, deps)
      : onExplainThis(interaction, deps)
  if (interaction.isButton()) return onButton(interaction, deps)
  if (interaction.isStringSelectMenu()) return onSelect(interaction, deps)
  if (interaction.isModalSubmit()) return onSubmit(interaction, deps)
}

async function complete(interaction: AutocompleteInteraction, deps: InboundDeps): Promise<void> {
  const { name, value } = interaction.options.getFocused(true)
  const caller = await located(interaction, undefined, deps)
  const found = await deps.app().suggest(caller, commandName(interaction), name, value)
  const fitting = found.filter((choice) => choice.value.length <= CHOICE_TEXT)
  await interaction.respond(
    fitting.slice(0, CHOICES).map(({ value: is, label, group }) => ({
      name: short(group === undefined ? label : `${label} · ${group}`, CHOICE_TEXT) || '–',
      value: is,
    })),
  )
}

function commandName({
  commandName: name,
  options,
}: ChatInputCommandInteraction | AutocompleteInteraction): string {
  const sub = options.getSubcommand(false)
  return sub ? `${name} ${sub}` : name
}

async function onCommand(interaction: ChatInputCommandInteraction, deps: InboundDeps): Promise<void> {
  const name = commandName(interaction)
  const given = interaction.options.data.flatMap((option) => option.options ?? [option])
  const input = Object.fromEntries(
    given.map(({ name: option, value, attachment }) => {
      if (attachment) return [option, deps.uploadOf(attachment)]
      return [option, typeof value === 'boolean' ? undefined : value]
    }),
  )
  const command = deps.app().commands.find((one) => one.name === name)
  const isPublic = command?.visibility === 'public'
  await perform(interaction, (caller) => ({ kind: 'command', caller, name, input }), isPublic, deps)
}

/** Handles *Explain this*, from the menu of a message. */
async function onExplainThis(
  interaction: MessageContextMenuCommandInteraction,
  deps: InboundDeps,
): Promise<void> {
  const words = wordsOf(interaction.targetMessage.content)
  if (words !== '') {
    const asked = deps.app().readWords(words)
    return perform(interaction, (caller) => ({ kind: 'command', caller, ...asked }), false, deps)
  }
  await deps.out.acknowledge(interaction, false)
  await deps.out.send({ kind: 'card', card: nothingToLookUp(), to: 'caller', replace: false }, interaction)
}

/** Handles *Make a question of this*, from the same menu. Messages of programs have no author. */
async function onQuestionOfThis(
  interaction: MessageContextMenuCommandInteraction,
  deps: InboundDeps,
): Promise<void> {
  const { id: message, author: by, content } = interaction.targetMessage
  const pointedAt = { message, author: by.bot ? '' : by.id, text: wordsOf(content) }
  await perform(interaction, (caller) => questionOfMessage(caller, pointedAt), false, deps)
}

async function onButton(interaction: ButtonInteraction, deps: InboundDeps): Promise<void> {
  const id = interaction.customId
  const step = readStep(id)
  if (step?.step !== undefined) return openStep(interaction, step.draft, step.step, deps)
  if (step) return finish(interaction, step.draft, deps)
  const rest = readRest(id)
  const ask = (caller: Caller) => ({ kind: 'press', caller, id: rest?.again ?? id }) as const
  await perform(interaction, ask, false, deps, rest?.page)
}

async function onSelect(interaction: StringSelectMenuInteraction, deps: InboundDeps): Promise<void> {
  const { customId: id, values } = interaction
  await perform(interaction, (caller) => ({ kind: 'select', caller, id, values }), false, deps)
}

/** Acknowledges first, unless the reply is a form, which must be the first response. */
async function perform(
  interaction: Exclude<Answerable, ModalSubmitInteraction>,
  ask: (caller: Caller) => Request,
  isPublic: boolean,
  deps: InboundDeps,
  page?: number,
): Promise<void> {
  const nowhere = ask(callerOf(interaction, '', deps))
  const opens = deps.app().opensForm(nowhere)
  if (!opens) await deps.out.acknowledge(interaction, isPublic)
  const working = located(interaction, nowhere, deps).then((caller) => run(ask(caller), interaction, deps))
  const reply = opens ? await withTimeout(FORM_MS, working) : await working
  if (!reply) return deps.out.tooLate(interaction)
  if (reply.kind === 'form') await deps.out.openForm(interaction, reply)
  // Another page replaces the one that is shown.
  else await deps.out.send(page === undefined ? reply : { ...reply, replace: true }, interaction, page)
}
