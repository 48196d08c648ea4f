/** What people do in Slack, as requests to the bot. */

import { setImmediate as turn } from 'node:timers/promises'
import type { BlockAction, BlockSuggestion, App as Bolt, SlashCommand, ViewSubmitAction } from '@slack/bolt'
import type { App } from '../../bot/app.js'
import { teamOfAnotherWorkspace } from '../../bot/cards/wording.js'
import type { Log } from '../../bot/deps.js'
import {
  type Answered,
  type Caller,
  ChatRefusal,
  type FormValues,
  type Request,
} from '../../bot/ports/chat.js'
import { readRest } from '../../bot/ui/action.js'
import { findCommand } from '../../bot/ui/parse.js'
import { short } from '../../core/text.js'
import { SECOND_MS } from '../../core/time.js'
import { createDedupe } from '../dedupe.js'
import type { InFlight } from '../in-flight.js'
import { withTimeout } from '../timeout.js'
import type { Access } from './access.js'
import { ASK, askView } from './ask.js'
import { isDirect } from './direct.js'
import type { Homes } from './homes.js'
import type { Installs } from './installs.js'
import { OPTION_TEXT, OPTION_VALUE, OPTIONS } from './limits.js'
import { slashName } from './manifest.js'
import { PLATFORM } from './name.js'
import { type Origin, readMetadata } from './origin.js'
import type { Outbound } from './outbound.js'
import type { People } from './people.js'
import type { Removals } from './removals.js'
import { INPUT, PICKED } from './render.js'
import { organizationOf, removedOf, type Sender, senderOf } from './sender.js'

export interface InboundDeps {
  readonly app: () => App
  readonly out: Outbound
  readonly people: People
  readonly homes: Homes
  readonly access: Pick<Access, 'access'>
  readonly installs: Installs
  readonly log: Log
  readonly removals: Removals
  readonly inFlight: InFlight
  /** True the first time only that any process asks for a delivery by this hash. */
  readonly isFirst: (id: string) => Promise<boolean>
  /** Milliseconds that never go back. */
  readonly clock: () => number
  /** Whether a user may have the Home tab drawn once more this minute. */
  readonly mayShowHome: (user: string) => boolean
  /** Tells somebody who can act, once, what the app lacks in a workspace. */
  readonly tellLacking: (workspace: string, app: string) => Promise<void>
}

/** A sent form stays open this long for its mistakes to be shown in it; Slack waits three seconds. */
const FORM_MS = 2000
/** A trigger lives for three seconds, of which some pass on the way. */
const TRIGGER_MS = 2800

export function handleInbound(bolt: Bolt, deps: InboundDeps): void {
  const first = createDedupe()
  const once = (...parts: readonly (string | undefined)[]) => first(JSON.stringify(parts))

  // Slack is told at once that the message came; whatever is slow happens after that.
  bolt.command(/.*/, async ({ ack, command }) => {
    const opensUntil = deps.clock() + TRIGGER_MS
    await ack()
    const { trigger_id, user_id, text, response_url } = command
    const id = once(trigger_id, user_id, command.command, text, response_url)
    if (id) await served(deps, senderOf(command), id, () => onCommand(command, opensUntil, deps))
  })
  bolt.action(/.*/, async ({ ack, body }) => {
    const opensUntil = deps.clock() + TRIGGER_MS
    await ack()
    if (body.type !== 'block_actions') return
    const press = body as BlockAction
    const [action] = press.actions
    // It is ticked or picked, and not submitted yet.
    if (action?.action_id === PICKED) return
    const id = once(press.trigger_id, press.user.id, action?.action_id, action?.action_ts)
    if (id) await served(deps, senderOf(press), id, () => onAction(press, opensUntil, deps))
  })
  bolt.view(/.*/, async ({ ack, body }) => {
    if (body.type !== 'view_submission') return void (await ack())
    const { trigger_id, view, user } = body
    const id = once(trigger_id, user.id, view.id, view.hash, JSON.stringify(view.state))
    if (!id) return void (await ack())
    const close = (wrong?: Record<string, string>) =>
      wrong ? ack({ response_action: 'errors', errors: wrong }) : ack()
    await guarded(deps, () => onSubmit(body, id, close, deps))
  })
  bolt.options(/.*/, async ({ ack, body }) => {
    await ack({ options: await completions(body as BlockSuggestion, deps) })
  })
  bolt.event('app_home_opened', async ({ event, body }) => {
    const sender = senderOf(body)
    const id = event.tab === 'home' ? once(body.event_id) : undefined
    if (id) await served(deps, sender, id, () => showHome(sender.workspace, event.user, deps))
  })
  bolt.event('app_uninstalled', async ({ body }) =>
    guarded(deps, () => deps.removals.uninstalled(removedOf(body), momentOf(body))),
  )
  // An organization that installed the app has opened it to more of its workspaces, or closed it to some.
  bolt.event('team_access_granted', async ({ event, body }) => {
    const organization = organizationOf(body)
    if (organization === undefined) return
    await guarded(deps, () => deps.app().presence.here(PLATFORM, event.team_ids))
    for (const workspace of event.team_ids)
      await guarded(deps, () => deps.installs.join(workspace, organization))
  })
  bolt.event('team_access_revoked', async ({ event, body }) => {
    for (const workspace of event.team_ids)
      await guarded(deps, () => deps.removals.uninstalled(workspace, momentOf(body)))
  })
  // Revoked it may be because it leaked: the workspace stays.
  bolt.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0)
      await guarded(deps, () => deps.removals.tryToken(removedOf(body)))
  })
  bolt.error(async (error) => deps.log.error({ error }, 'slack delivery failed'))
}

/** The end of the second that Slack tells. */
function momentOf({ event_time }: { event_time?: number }): number | undefined {
  return event_time === undefined ? undefined : (event_time + 1) * SECOND_MS - 1
}

/** Nothing that goes wrong after the acknowledgement reaches Bolt, which would only print it. */
async function guarded(deps: InboundDeps, work: () => Promise<void>): Promise<void> {
  try {
    await deps.inFlight.track(work())
  } catch (error) {
    deps.log.error({ error }, 'slack request failed')
  }
}

/** As `guarded`, and nothing is done for a workspace that was left a moment ago. */
export function served(
  deps: InboundDeps,
  sender: Sender,
  id: string,
  work: () => Promise<void>,
): Promise<void> {
  return guarded(deps, async () => {
    // What came in at the same moment is acknowledged first.
    await turn()
    const { workspace, app } = sender
    const [isThere, isNew] = await Promise.all([isInstalled(sender, deps.installs), isFirst(id, deps)])
    if (!isThere) return deps.log.warn({ workspace }, 'slack request of a workspace without an install')
    if (!isNew) return
    await work()
    await deps.tellLacking(workspace, app)
  })
}

/** Slack may deliver one thing twice, to two processes. While nobody can tell, it is done. */
async function isFirst(id: string, deps: InboundDeps): Promise<boolean> {
  try {
    return (await withTimeout(SECOND_MS, deps.isFirst(id))) ?? true
  } catch (error) {
    deps.log.warn({ error }, 'slack delivery may be done twice')
    return true
  }
}

async function isInstalled({ workspace, organization }: Sender, installs: Installs): Promise<boolean> {
  if (workspace === '') return false
  if (organization !== undefined) await installs.join(workspace, organization)
  return (await installs.find(workspace)) !== undefined
}

async function onCommand(command: SlashCommand, opensUntil: number, deps: InboundDeps): Promise<void> {
  const origin: Origin = {
    workspace: senderOf(command).workspace,
    channel: command.channel_id,
    user: command.user_id,
    respond: command.response_url,
    trigger: command.trigger_id,
    opensUntil,
    own: false,
    view: undefined,
  }
  const line = `${commandName(command.command, deps)} ${command.text}`.trim()
  const found = findCommand(deps.app().commands, line)
  const asked =
    found &&
    Object.entries(found.command.options).find(([, o]) => o.type === 'text' && o.required && o.suggest)
  if (found && asked && found.rest.trim() === '')
    return deps.out.open(askView(found.command.name, asked[0], asked[1].description, origin), origin)
  const [name = '', ...rest] = line.split(/\s+/)
  await run(
    { kind: 'command', caller: await callerOf(origin, command.user_name, deps), name, input: rest.join(' ') },
    origin,
    deps,
  )
}

/** `/study` is one command at Slack, its subcommands are text; some names are Slack's own. */
export function commandName(typed: string, deps: InboundDeps): string {
  const name = typed.replace(/^\//, '').toLowerCase()
  const known = deps.app().commands.find((c) => slashName(c.name) === name)
  return known?.name.split(' ')[0] ?? name
}

async function onAction(body: BlockAction, opensUntil: number, deps: InboundDeps): Promise<void> {
  const [action] = body.actions
  if (!action) return
  const [{ workspace }, channel, user] = [senderOf(body), body.channel?.id ?? '', body.user.id]
  const origin: Origin = {
    ...{ workspace, channel, user },
    respond: body.response_url || undefined,
    trigger: body.trigger_id,
    opensUntil,
    own:
      body.container?.is_ephemeral === true ||
      body.view?.type === 'modal' ||
      (await deps.out.isAlone(workspace, user, channel)),
    view: body.view?.type === 'modal' ? body.view.id : undefined,
  }
  const id = action.action_id
  const asked = isDirect(channel) ? await workspaceAsked(id, origin, deps) : workspace
  const caller = await callerOf(origin, body.user.username ?? body.user.name ?? '', deps, asked)
  switch (action.type) {
    case 'button': {
      const values = pickedIn(body, id)
      if (!values) return press(id, caller, origin, deps)
      return run({ kind: 'select', caller, id, values }, origin, deps)
    }
    case 'static_select':
      return run({ kind: 'select', caller, id, values: [action.selected_option.value] }, origin, deps)
    // Of messages that an earlier version has drawn.
    case 'multi_static_select':
      return run(
        { kind: 'select', caller, id, values: action.selected_options.map((o) => o.value) },
        origin,
        deps,
      )
  }
}

/** A direct message is of no workspace where several share a channel: then its round says of which. */
async function workspaceAsked(
  id: string,
  { workspace, user }: Origin,
  { app }: InboundDeps,
): Promise<string> {
  const isAdmin = async () => false
  const caller = { platform: PLATFORM, workspace, channel: '', user, name: '', isAdmin }
  return (
    (await app()
      .workspaceAsked({ kind: 'press', caller, id })
      .catch(() => undefined)) ?? workspace
  )
}

/** What is ticked or picked where *Submit* has that id; undefined where it is no *Submit*. */
function pickedIn({ state, view }: BlockAction, id: string): string[] | undefined {
  const picked: unknown = (state ?? view?.state)?.values?.[id]?.[PICKED]?.selected_options
  if (!Array.isArray(picked)) return undefined
  return picked.flatMap((option) => (typeof option?.value === 'string' ? [option.value] : []))
}

/** A press, or the wish to see a further part of a card. */
async function press(id: string, caller: Caller, origin: Origin, deps: InboundDeps): Promise<void> {
  const rest = readRest(id)
  await run({ kind: 'press', caller, id: rest?.again ?? id }, origin, deps, rest?.page)
}

/** `ack` closes the form, or leaves it open with what is wrong by field. */
async function onSubmit(
  body: ViewSubmitAction,
  id: string,
  ack: (wrong?: Record<string, string>) => Promise<void>,
  deps: InboundDeps,
): Promise<void> {
  const { channel, respond, view, own = false, command, draft } = readMetadata(body.view.private_metadata)
  const { workspace } = senderOf(body)
  const origin: Origin = {
    workspace,
    channel,
    user: body.user.id,
    respond,
    trigger: body.trigger_id,
    opensUntil: deps.clock() + TRIGGER_MS,
    own,
    view,
  }
  const values = readValues(body.view.state.values)
  const [first = ''] = Object.values(values).flat()
  const working = answered()
  const soon = await withTimeout(FORM_MS, working)
  const wrong = soon?.kind === 'card' ? soon.wrong : undefined
  if (wrong && wrong.field in values) return ack({ [wrong.field]: wrong.message })
  await ack()
  const reply = await working
  if (!reply) return
  await shown(reply, deps.out.send(reply, origin), deps)
  if (origin.channel === '') await showHome(workspace, origin.user, deps)

  async function answered(): Promise<Answered | undefined> {
    if (!(await isInstalled(senderOf(body), deps.installs)) || !(await isFirst(id, deps))) return undefined
    const caller = await formCaller(origin, body.user.name, deps)
    if (body.view.callback_id === ASK && command)
      return deps.app().run({ kind: 'command', caller, name: command, input: first })
    return deps.app().run({ kind: 'submit', caller, id: body.view.callback_id, values, draft })
  }
}

type State = ViewSubmitAction['view']['state']['values']

function readValues(state: State): FormValues {
  return Object.fromEntries(
    Object.entries(state).map(([name, inputs]) => {
      const input = inputs[INPUT]
      const many = input?.selected_options?.map((o) => o.value)
      return [
        name,
        many ?? input?.selected_option?.value ?? input?.selected_conversation ?? input?.value ?? '',
      ]
    }),
  )
}

/** What the bot offers, best first, and what was typed: a question need not be in the list. */
async function completions(body: BlockSuggestion, deps: InboundDeps) {
  const { channel: at, command } = readMetadata(body.view?.private_metadata ?? '')
  if (!command) return []
  const channel = isDirect(at) ? '' : at
  const workspace = await deps.homes.of(senderOf(body).workspace, channel)
  const caller: Caller = {
    platform: PLATFORM,
    workspace,
    channel,
    user: body.user.id,
    name: '',
    isAdmin: async () => false,
  }
  const found = await deps.app().suggest(caller, command, body.block_id, body.value)
  const typed = body.value.trim()
  const own =
    typed === '' || found.some((o) => o.value.toLowerCase() === typed.toLowerCase())
      ? []
      : [{ value: typed, label: `Look up “${typed}”` }]
  return [...found.slice(0, OPTIONS - 1), ...own].map(({ value, label }) => ({
    text: { type: 'plain_text' as const, text: short(label, OPTION_TEXT) || '–', emoji: false },
    value: value.slice(0, OPTION_VALUE),
  }))
}

/** A form says where it was opened; whoever has left that channel since is not there any more. */
async function formCaller(origin: Origin, fallback: string, deps: InboundDeps): Promise<Caller> {
  const caller = await callerOf(origin, fallback, deps)
  if (caller.channel === '') return caller
  const access = await withTimeout(SECOND_MS, deps.access.access(caller, caller.user))
  return access === 'no' ? { ...caller, channel: '' } : caller
}

/** In a channel that workspaces share, whoever is there belongs to the one whose team is. */
export async function callerOf(
  { workspace: from, channel: at, user }: Origin,
  fallback: string,
  { people, homes }: InboundDeps,
  asked = from,
): Promise<Caller> {
  const channel = isDirect(at) ? '' : at
  const workspace = channel === '' ? asked : await homes.of(from, channel)
  const profile = await people.profile(workspace, user, fallback)
  return {
    platform: PLATFORM,
    workspace,
    channel,
    user,
    ...profile,
    async isAdmin() {
      if (await people.isAdmin(workspace, user)) return true
      const there = workspace === from ? undefined : await homes.other(from, channel)
      if (there && (await people.isAdmin(from, user)))
        throw new ChatRefusal(teamOfAnotherWorkspace(there.name))
      return false
    },
  }
}

export async function run(request: Request, origin: Origin, deps: InboundDeps, page?: number): Promise<void> {
  const reply = await deps.app().run(request)
  // Another page is turned to in place.
  const answer = page === undefined || reply.kind === 'form' ? reply : { ...reply, replace: true }
  await shown(reply, deps.out.send(answer, origin, page), deps)
  // What is done on the Home tab may change what it shows.
  if (origin.channel === '' && request.kind !== 'command') await showHome(origin.workspace, origin.user, deps)
}

async function showHome(workspace: string, user: string, deps: InboundDeps): Promise<void> {
  if (!deps.mayShowHome(`${workspace} ${user}`)) return
  const origin: Origin = {
    workspace,
    channel: '',
    user,
    respond: undefined,
    trigger: undefined,
    own: false,
    view: undefined,
  }
  const page = await deps.app().home(await callerOf(origin, '', deps))
  await shown(page, deps.out.showHome(page, origin), deps)
}

/** What the bot has answered and Slack did not take is logged under the reference of the request. */
export async function shown(
  { reference }: Answered,
  sending: Promise<void>,
  { log }: InboundDeps,
): Promise<void> {
  await sending.catch((error) => log.error({ reference, error }, 'slack reply not shown'))
}
