/** Turns what people do in Slack into requests to the bot. */
import type { BlockAction, BlockSuggestion, App as Bolt, SlashCommand } from '@slack/bolt'
import type { Caller } from '../../bot/ports/chat.js'
import { readRest } from '../../bot/ui/action.js'
import { findCommand } from '../../bot/ui/parse.js'
import { SECOND_MS } from '../../core/time.js'
import { createDedupe } from '../dedupe.js'
import { askView } from './ask.js'
import { PICKED } from './controls.js'
import { isDirect } from './direct.js'
import { completionMenu } from './form.js'
import { OPTION_VALUE, OPTIONS } from './limits.js'
import { slashName } from './manifest.js'
import { PLATFORM } from './name.js'
import { type Origin, readMetadata } from './origin.js'
import { callerOf, guarded, type InboundDeps, run, served, showHome, TRIGGER_MS } from './request.js'
import { organizationOf, removedOf, senderOf } from './sender.js'
import { onSubmit } from './submission.js'

export function handleInbound(bolt: Bolt, deps: InboundDeps): void {
  const first = createDedupe()
  const once = (...parts: readonly (string | undefined)[]) => first(JSON.stringify(parts))

  // Slack gets its acknowledgement at once; anything slow happens after that.
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
    // This only ticks or picks something; it is not submitted yet.
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
    await ack(await completions(body as BlockSuggestion, deps))
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
  // The token may have been revoked because it leaked: the workspace stays.
  bolt.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0)
      await guarded(deps, () => deps.removals.tryToken(removedOf(body)))
  })
  bolt.error(async (error) => deps.log.error({ error }, 'slack delivery failed'))
}

/** Returns the end of the second that Slack states. */
function momentOf({ event_time }: { event_time?: number }): number | undefined {
  return event_time === undefined ? undefined : (event_time + 1) * SECOND_MS - 1
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

/**
 * Returns a command by its first word: `/study` is one command in Slack, with subcommands as text; Slack
 * reserves some names for itself.
 */
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
    // Such menus are in messages that an earlier version has drawn.
    case 'multi_static_select':
      return run(
        { kind: 'select', caller, id, values: action.selected_options.map((o) => o.value) },
        origin,
        deps,
      )
  }
}

/** A direct message belongs to no particular workspace if several share a channel, so its round decides. */
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

/** Returns the ticked or picked values, if *Submit* has that id; undefined if it is another button. */
function pickedIn({ state, view }: BlockAction, id: string): string[] | undefined {
  const picked: unknown = (state ?? view?.state)?.values?.[id]?.[PICKED]?.selected_options
  if (!Array.isArray(picked)) return undefined
  return picked.flatMap((option) => (typeof option?.value === 'string' ? [option.value] : []))
}

/** Handles a press, or a request for another page of a card. */
async function press(id: string, caller: Caller, origin: Origin, deps: InboundDeps): Promise<void> {
  const rest = readRest(id)
  await run({ kind: 'press', caller, id: rest?.again ?? id }, origin, deps, rest?.page)
}

/** Returns the bot's suggestions, best first, and the typed text: a question need not be in the list. */
async function completions(body: BlockSuggestion, deps: InboundDeps) {
  const { channel: at, command } = readMetadata(body.view?.private_metadata ?? '')
  if (!command) return { options: [] }
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
  const all = [...found.slice(0, OPTIONS - 1), ...own]
  return completionMenu(all.map((one) => ({ ...one, value: one.value.slice(0, OPTION_VALUE) })))
}
