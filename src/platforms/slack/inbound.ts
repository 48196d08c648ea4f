/** What people do in Slack, as requests to the bot; and the bot's replies, as Slack shows them. */
import type { BlockAction, BlockSuggestion, App as Bolt, SlashCommand, ViewSubmitAction } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import type { App, Log } from '../../bot/app.js'
import type { Card, Form } from '../../bot/card.js'
import { type Caller, ChatRefusal, type FormValues, type Reply, type Request } from '../../bot/chat.js'
import { findCommand } from '../../bot/parse.js'
import { type Api, SlackError } from './api.js'
import { isNotReady, PLATFORM } from './chat.js'
import { OPTION_TEXT, OPTIONS } from './limits.js'
import { slashName } from './manifest.js'
import type { People } from './people.js'
import { type Pictures, withPictures } from './pictures.js'
import { INPUT, renderBlocks, renderForm, renderMessage } from './render.js'

export interface InboundDeps {
  readonly app: () => App
  readonly api: Api
  readonly people: People
  readonly pictures: Pictures
  readonly log: Log
  /** The workspace is left: everything of it goes. */
  readonly purge: (workspace: string) => Promise<void>
}

/** Where a reply goes. */
interface Origin {
  readonly workspace: string
  /** Empty on the Home tab. */
  readonly channel: string
  readonly user: string
  /** Takes five messages within half an hour, also where Cohort is no member. */
  readonly respond: string | undefined
  /** Opens one form, within three seconds. */
  readonly trigger: string | undefined
  /** The press was on a message that only this user sees, so it can be drawn over. */
  readonly own: boolean
}

/** The form that asks what to explain, with completion. */
const ASK = 'ask-what'
const EXPIRED = ['expired_trigger_id', 'exchanged_trigger_id', 'trigger_expired', 'trigger_exchanged', 'invalid_trigger_id']
const TOO_LATE: Card = {
  title: 'That took too long',
  blocks: [{ kind: 'text', text: ['Slack waits three seconds for a form, and it came later. Please press again.'] }],
}

export function handleInbound(bolt: Bolt, deps: InboundDeps): void {
  const once = createOnce()

  // Slack is told at once that the message came; whatever is slow happens after that.
  bolt.command(/.*/, async ({ ack, command }) => {
    await ack()
    if (once(command.trigger_id)) await guarded(deps, () => onCommand(command, deps))
  })
  bolt.action(/.*/, async ({ ack, body, action }) => {
    await ack()
    if (body.type !== 'block_actions' || !once(`${body.trigger_id} ${action.type}`)) return
    await guarded(deps, () => onAction(body as BlockAction, deps))
  })
  bolt.view(/.*/, async ({ ack, body }) => {
    await ack()
    if (body.type === 'view_submission' && once(body.trigger_id ?? body.view.hash))
      await guarded(deps, () => onSubmit(body as ViewSubmitAction, deps))
  })
  bolt.options(/.*/, async ({ ack, body }) => {
    await ack({ options: await completions(body as BlockSuggestion, deps) })
  })
  bolt.event('app_home_opened', async ({ event, body }) => {
    if (event.tab === 'home') await guarded(deps, () => showHome(body.team_id, event.user, deps))
  })
  bolt.event('app_uninstalled', async ({ body }) => guarded(deps, () => deps.purge(body.team_id)))
  bolt.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0) await guarded(deps, () => deps.purge(body.team_id))
  })
  bolt.error(async (error) => deps.log.error({ error }, 'slack delivery failed'))
}

/** Nothing that goes wrong after the acknowledgement reaches Bolt, which would only print it. */
async function guarded(deps: InboundDeps, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    deps.log.error({ error }, 'slack request failed')
  }
}

/** True the first time only: Slack may deliver one thing twice. */
function createOnce(): (key: string | undefined) => boolean {
  const seen = new Set<string>()
  return (key) => {
    if (key === undefined) return true
    if (seen.has(key)) return false
    if (seen.size >= 10_000) seen.delete(seen.values().next().value ?? '')
    seen.add(key)
    return true
  }
}

// ---- in ---------------------------------------------------------------------------------

async function onCommand(command: SlashCommand, deps: InboundDeps): Promise<void> {
  const origin: Origin = {
    workspace: command.team_id,
    channel: command.channel_id,
    user: command.user_id,
    respond: command.response_url,
    trigger: command.trigger_id,
    own: false,
  }
  const line = `${commandName(command.command, deps)} ${command.text}`.trim()
  const found = findCommand(deps.app().commands, line)
  const asked = found && Object.entries(found.command.options).find(([, o]) => o.type === 'text' && o.required && o.suggest)
  if (found && asked && found.rest.trim() === '')
    return openView(askView(found.command.name, asked[0], asked[1].description, origin), origin, deps)
  const [name = '', ...rest] = line.split(/\s+/)
  await run({ kind: 'command', caller: await callerOf(origin, command.user_name, deps), name, input: rest.join(' ') }, origin, deps)
}

/** `/study` is one command at Slack, its subcommands are text; some names are Slack's own. */
function commandName(typed: string, deps: InboundDeps): string {
  const name = typed.replace(/^\//, '')
  return (
    deps
      .app()
      .commands.find((c) => slashName(c.name) === name)
      ?.name.split(' ')[0] ?? name
  )
}

async function onAction(body: BlockAction, deps: InboundDeps): Promise<void> {
  const [action] = body.actions
  if (!action) return
  const origin: Origin = {
    workspace: body.team?.id ?? body.user.team_id ?? '',
    channel: body.channel?.id ?? '',
    user: body.user.id,
    respond: body.response_url || undefined,
    trigger: body.trigger_id,
    own: body.container?.is_ephemeral === true,
  }
  const caller = await callerOf(origin, body.user.username ?? body.user.name ?? '', deps)
  const id = action.action_id
  switch (action.type) {
    case 'button':
      return run({ kind: 'press', caller, id }, origin, deps)
    case 'static_select':
      return run({ kind: 'select', caller, id, values: [action.selected_option.value] }, origin, deps)
    case 'multi_static_select':
      return run({ kind: 'select', caller, id, values: action.selected_options.map((o) => o.value) }, origin, deps)
  }
}

/** What a modal has to know when it comes back. */
interface Metadata {
  readonly channel: string
  readonly respond?: string | undefined
  /** For the form that asks what a command shall be given. */
  readonly command?: string
}

function readMetadata(text: string): Metadata {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'channel' in value) return value as Metadata
  } catch {
    // A form of an earlier version, or of nobody: the reply goes to the user alone.
  }
  return { channel: '' }
}

async function onSubmit(body: ViewSubmitAction, deps: InboundDeps): Promise<void> {
  const { channel, respond, command } = readMetadata(body.view.private_metadata)
  const origin: Origin = {
    workspace: body.team?.id ?? body.user.team_id ?? '',
    channel,
    user: body.user.id,
    respond,
    trigger: undefined,
    own: false,
  }
  const caller = await callerOf(origin, body.user.name, deps)
  const values = readValues(body.view.state.values)
  if (body.view.callback_id === ASK && command) {
    const [first = ''] = Object.values(values).flat()
    return run({ kind: 'command', caller, name: command, input: first }, origin, deps)
  }
  await run({ kind: 'submit', caller, id: body.view.callback_id, values }, origin, deps)
}

type State = ViewSubmitAction['view']['state']['values']

function readValues(state: State): FormValues {
  return Object.fromEntries(
    Object.entries(state).map(([name, inputs]) => {
      const input = inputs[INPUT]
      const many = input?.selected_options?.map((o) => o.value)
      return [name, many ?? input?.selected_option?.value ?? input?.selected_conversation ?? input?.value ?? '']
    }),
  )
}

async function completions(body: BlockSuggestion, deps: InboundDeps) {
  const { command } = readMetadata(body.view?.private_metadata ?? '')
  if (!command) return []
  const caller: Caller = {
    platform: PLATFORM,
    workspace: body.team?.id ?? '',
    channel: '',
    user: body.user.id,
    name: '',
    isAdmin: async () => false,
  }
  const found = await deps.app().suggest(caller, command, body.block_id, body.value)
  return found.slice(0, OPTIONS).map(({ value, label }) => ({
    text: { type: 'plain_text' as const, text: label.slice(0, OPTION_TEXT) || '–', emoji: false },
    value: value.slice(0, 150),
  }))
}

async function callerOf({ workspace, channel, user }: Origin, fallback: string, { people }: InboundDeps): Promise<Caller> {
  const name = await people.name(workspace, user, fallback)
  return { platform: PLATFORM, workspace, channel, user, name, isAdmin: () => people.isAdmin(workspace, user) }
}

// ---- out ----------------------------------------------------------------------------------

async function run(request: Request, origin: Origin, deps: InboundDeps): Promise<void> {
  await send(await deps.app().run(request), origin, deps)
}

async function send(reply: Reply, origin: Origin, deps: InboundDeps): Promise<void> {
  if (reply.kind === 'form') return openForm(reply.form, origin, deps)
  if (origin.channel === '' && origin.trigger) {
    await openView(cardView(reply.card), origin, deps)
    await sendFiles(reply.card, origin, deps)
    return showHome(origin.workspace, origin.user, deps)
  }
  await sendCard(reply, origin, deps)
}

function openForm(form: Form, origin: Origin, deps: InboundDeps): Promise<void> {
  return openView(renderForm(form, metadata(origin)), origin, deps)
}

function metadata({ channel, respond }: Origin, command?: string): string {
  return JSON.stringify({ channel, ...(respond && { respond }), ...(command && { command }) } satisfies Metadata)
}

async function openView(view: ModalView, origin: Origin, deps: InboundDeps): Promise<void> {
  try {
    await deps.api.call(origin.workspace, 'views.open', { trigger_id: origin.trigger, view })
  } catch (error) {
    if (!(error instanceof SlackError && EXPIRED.includes(error.code))) throw error
    await sendCard({ kind: 'card', card: TOO_LATE, to: 'caller', replace: false }, origin, deps)
  }
}

function cardView(card: Card): ModalView {
  const title = { type: 'plain_text' as const, text: 'Cohort', emoji: false }
  return { type: 'modal', title, close: { ...title, text: 'Close' }, blocks: renderBlocks(card, new Map()) }
}

function askView(command: string, option: string, description: string, origin: Origin): ModalView {
  const plain = (text: string) => ({ type: 'plain_text' as const, text, emoji: false })
  return {
    type: 'modal',
    callback_id: ASK,
    title: plain(`/${command}`),
    submit: plain('Show'),
    close: plain('Cancel'),
    private_metadata: metadata(origin, command),
    blocks: [
      {
        type: 'input',
        block_id: option,
        label: plain(description),
        element: { type: 'external_select', action_id: INPUT, placeholder: plain('Type to search'), min_query_length: 0 },
      },
    ],
  }
}

/** By the address that came with the press, else in the channel, else in a direct message: a reply always arrives. */
async function sendCard(reply: Extract<Reply, { kind: 'card' }>, origin: Origin, deps: InboundDeps): Promise<void> {
  const { workspace, channel, user } = origin
  const files = await deps.pictures.upload(workspace, reply.card)
  await withPictures(
    files,
    async (ready) => {
      const message = renderMessage(reply.card, ready)
      if (origin.respond && (await respond(origin.respond, { ...message, ...aim(reply, origin) }))) return
      if (channel !== '' && reply.to === 'channel')
        return void (await deps.api.insist(workspace, 'chat.postMessage', { channel, ...message }))
      await tellPrivately(workspace, channel, user, message, deps)
    },
    isNotReady,
  )
  await sendFiles(reply.card, origin, deps)
}

function aim(reply: Extract<Reply, { kind: 'card' }>, origin: Origin) {
  if (reply.replace && origin.own) return { replace_original: true }
  return { response_type: reply.to === 'channel' ? 'in_channel' : 'ephemeral', replace_original: false }
}

/** False when the address is used up or gone. */
async function respond(url: string, message: object): Promise<boolean> {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(message) })
  if (answer.ok) return true
  const body = await answer.text()
  if (body.includes('invalid_blocks')) throw new SlackError('response_url', 'invalid_blocks', [body.slice(0, 300)])
  return false
}

async function tellPrivately(workspace: string, channel: string, user: string, message: object, { api }: InboundDeps): Promise<void> {
  if (channel !== '') {
    try {
      await api.insist(workspace, 'chat.postEphemeral', { channel, user, ...message })
      return
    } catch (error) {
      if (!(error instanceof ChatRefusal || error instanceof SlackError)) throw error
      if (isNotReady(error)) throw error
    }
  }
  await api.insist(workspace, 'chat.postMessage', { channel: user, ...message })
}

/** Files cannot be private in a channel: they come in a direct message. */
async function sendFiles(card: Card, { workspace, user }: Origin, { api }: InboundDeps): Promise<void> {
  for (const block of card.blocks) {
    if (block.kind !== 'file') continue
    const opened = await api.insist<{ channel: { id: string } }>(workspace, 'conversations.open', { users: user })
    const client = await api.client(workspace)
    await client.filesUploadV2({ channel_id: opened.channel.id, filename: block.name, file: Buffer.from(block.content), title: block.name })
  }
}

async function showHome(workspace: string, user: string, deps: InboundDeps): Promise<void> {
  const origin: Origin = { workspace, channel: '', user, respond: undefined, trigger: undefined, own: false }
  const card = await deps.app().home(await callerOf(origin, '', deps))
  const files = await deps.pictures.upload(workspace, card)
  await withPictures(
    files,
    async (ready) => {
      await deps.api.insist(workspace, 'views.publish', { user_id: user, view: { type: 'home', blocks: renderBlocks(card, ready) } })
    },
    isNotReady,
  )
}
