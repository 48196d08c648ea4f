/** What people do in Discord, as requests to the bot. */
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
import type { App } from '../../bot/app.js'
import { nothingToLookUp } from '../../bot/cards/wording.js'
import type { Log } from '../../bot/deps.js'
import type { Answered, Caller, Reply, Request } from '../../bot/ports/chat.js'
import { readRest } from '../../bot/ui/action.js'
import { filled, valuesOf } from '../../bot/ui/form.js'
import { formIds } from '../../bot/ui/ids.js'
import { short } from '../../core/text.js'
import type { AckTimer } from '../ack-timer.js'
import { createDedupe } from '../dedupe.js'
import type { InFlight } from '../in-flight.js'
import { withTimeout } from '../timeout.js'
import { PLATFORM } from './chat.js'
import type { CommandRights } from './command-rights.js'
import type { DmGuilds } from './dm-guild.js'
import { isLast, readForm, readStep, readStepOf, type Sent } from './form.js'
import { CHOICE_TEXT, CHOICES } from './limits.js'
import type { Answerable, Outbound, References } from './outbound.js'
import { isOver } from './refusals.js'
import { serverOf } from './where.js'
import { wordsOf } from './words.js'

export interface InboundDeps {
  readonly app: () => App
  readonly out: Outbound
  readonly dmGuilds: DmGuilds
  readonly mayUse: CommandRights
  /** The channel that a thread hangs on, or the channel itself. */
  readonly baseOf: (channel: string) => Promise<string>
  readonly acknowledgements: AckTimer
  readonly references: References
  readonly log: Log
  readonly inFlight: InFlight
  /** Once, whoever set Cohort up in a server, when it has not given all permissions. */
  readonly tellLacking: (guild: string) => Promise<void>
}

/** Discord waits three seconds for a form. */
const FORM_MS = 2300

export function handleInbound(client: Client, deps: InboundDeps): void {
  const once = createDedupe()
  client.on(Events.InteractionCreate, async (interaction) => {
    // A session that is resumed may be told again what was told before.
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
  if (interaction.isMessageContextMenuCommand()) return onExplainThis(interaction, deps)
  if (interaction.isButton()) return onButton(interaction, deps)
  if (interaction.isStringSelectMenu()) return onSelect(interaction, deps)
  if (interaction.isModalSubmit()) return onSubmit(interaction, deps)
}

/** The bot's answer; what goes wrong after it is logged under the same reference. */
async function run(
  request: Request,
  interaction: Interaction,
  { app, references }: InboundDeps,
): Promise<Answered> {
  const reply = await app().run(request)
  references.set(interaction, reply.reference)
  return reply
}

async function complete(interaction: AutocompleteInteraction, deps: InboundDeps): Promise<void> {
  const { name, value } = interaction.options.getFocused(true)
  const caller = await located(interaction, undefined, deps)
  const found = await deps.app().suggest(caller, commandName(interaction), name, value)
  const fitting = found.filter((choice) => choice.value.length <= CHOICE_TEXT)
  await interaction.respond(
    fitting
      .slice(0, CHOICES)
      .map(({ value: is, label }) => ({ name: short(label, CHOICE_TEXT) || '–', value: is })),
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
    given.map((option) => [option.name, typeof option.value === 'boolean' ? undefined : option.value]),
  )
  const command = deps.app().commands.find((one) => one.name === name)
  const isPublic = command?.visibility === 'public'
  await perform(interaction, (caller) => ({ kind: 'command', caller, name, input }), isPublic, deps)
}

/** *Explain this*, from the menu of a message. */
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

/** Acknowledges first, unless the answer is a form: that has to be the first answer. */
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
  // Another page is turned to in place.
  else await deps.out.send(page === undefined ? reply : { ...reply, replace: true }, interaction, page)
}

// ---- forms in steps ---------------------------------------------------------------------

/** The form as it was filled, or why it cannot be opened any more. */
async function reopened(interaction: Answerable, draft: string, deps: InboundDeps): Promise<Reply> {
  const caller = await located(interaction, undefined, deps)
  return run({ kind: 'press', caller, id: formIds.reopen.id({ draft, field: '-' }) }, interaction, deps)
}

async function openStep(
  interaction: ButtonInteraction,
  draft: string,
  step: number,
  deps: InboundDeps,
): Promise<void> {
  const reply = await withTimeout(FORM_MS, reopened(interaction, draft, deps))
  if (!reply) return deps.out.tooLate(interaction)
  if (reply.kind === 'form') await deps.out.openForm(interaction, reply, step)
  else await deps.out.send(reply, interaction)
}

async function finish(interaction: ButtonInteraction, draft: string, deps: InboundDeps): Promise<void> {
  await deps.out.acknowledge(interaction, false)
  const reply = await reopened(interaction, draft, deps)
  if (reply.kind !== 'form') return deps.out.send(reply, interaction)
  await submit(interaction, { id: reply.form.id, values: valuesOf(reply.form), draft }, deps)
}

async function onSubmit(interaction: ModalSubmitInteraction, deps: InboundDeps): Promise<void> {
  await deps.out.acknowledge(interaction, false)
  const { customId: id } = interaction
  const sent = sentIn(interaction)
  const at = readStep(id)
  if (at?.step === undefined) return submit(interaction, { id, values: readForm(sent) }, deps)
  const { step, draft } = at
  const reply = await reopened(interaction, draft, deps)
  if (reply.kind !== 'form') return deps.out.send(reply, interaction)
  const given = readStepOf(reply.form, sent)
  const form = filled(reply.form, given)
  if (isLast(form, step))
    return submit(interaction, { id: form.id, values: { ...valuesOf(form), ...given }, draft }, deps)
  await submit(interaction, { id: form.id, values: given, draft, isStep: true }, deps, () =>
    deps.out.showSteps(interaction, form, draft, step),
  )
}

/** `goOn`: what follows a step in which nothing is wrong. */
async function submit(
  interaction: ButtonInteraction | ModalSubmitInteraction,
  sent: Omit<Request & { kind: 'submit' }, 'kind' | 'caller'>,
  deps: InboundDeps,
  goOn?: () => Promise<void>,
): Promise<void> {
  const asked = { kind: 'submit', caller: callerOf(interaction, '', deps), ...sent } as const
  const caller = await located(interaction, asked, deps)
  const reply = await run({ ...asked, caller }, interaction, deps)
  if (goOn && !reply.isTrouble) return goOn()
  // Over the message that led here, whose buttons have done their work; where something broke, they are
  // needed once more.
  const isDone =
    reply.kind === 'card' && reply.to === 'caller' && (!reply.isTrouble || reply.wrong !== undefined)
  const isOver = isDone && leadsToForm(interaction)
  await deps.out.send(isOver ? { ...reply, replace: true } : reply, interaction)
}

/** The message that was pressed is one between two steps, or names a mistake. */
function leadsToForm({ message }: ButtonInteraction | ModalSubmitInteraction): boolean {
  return /"custom_id":"(form|form\.reopen|reopen)~/.test(
    JSON.stringify(message?.components.map((component) => component.toJSON()) ?? []),
  )
}

/** The fields of a modal, each in its label. */
function sentIn({ components }: ModalSubmitInteraction): Sent[] {
  return components.flatMap((one): Sent[] => {
    if (!('component' in one) || !('customId' in one.component)) return []
    const { component } = one
    if ('values' in component) return [{ customId: component.customId, value: component.values }]
    return 'value' in component
      ? [{ customId: component.customId, value: String(component.value ?? '') }]
      : []
  })
}

// ---- who and where ------------------------------------------------------------------------

function callerOf(interaction: Interaction, workspace: string, deps: InboundDeps): Caller {
  const { user, member } = interaction
  const isOnServer = serverOf(interaction) !== undefined
  const nick =
    member && 'nick' in member ? member.nick : member && 'nickname' in member ? member.nickname : undefined
  return {
    platform: PLATFORM,
    workspace,
    channel: (isOnServer && interaction.channelId) || '',
    user: user.id,
    name: nick ?? user.globalName ?? user.username,
    isAdmin: () => isAdmin(interaction, deps),
  }
}

/** What is the team's is for whoever the server lets use this command. */
const TEAM = 'team'

/** A command that Discord has delivered is allowed there; a press or a form is held to the same rules. */
async function isAdmin(interaction: Interaction, { mayUse, baseOf }: InboundDeps): Promise<boolean> {
  const { channelId, member, memberPermissions, user } = interaction
  const server = serverOf(interaction)
  if (!server || !member || !memberPermissions) return false
  if (interaction.isChatInputCommand() && interaction.commandName === TEAM) return true
  return mayUse(TEAM, {
    server,
    channel: channelId === null ? '' : await baseOf(channelId).catch(() => channelId),
    user: user.id,
    roles: Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()],
    permissions: memberPermissions.bitfield,
  })
}

/**
 * In a direct message, and on a server without Cohort, there is no server: then it is the one where the
 * person answered last. What is alike for anybody need not know.
 */
async function located(
  interaction: Interaction,
  request: Request | undefined,
  deps: InboundDeps,
): Promise<Caller> {
  const { app, dmGuilds } = deps
  const { user } = interaction
  const command =
    request?.kind === 'command' ? app().commands.find(({ name }) => name === request.name) : undefined
  const server = serverOf(interaction)
  if (server !== undefined || command?.forAnybody) return callerOf(interaction, server ?? '', deps)
  // A question that came directly is of the server of its team, whichever the person answered in last.
  const own = request && request.kind !== 'command' ? await app().workspaceAsked(request) : undefined
  return callerOf(interaction, own ?? (await dmGuilds.of(user.id)), deps)
}
