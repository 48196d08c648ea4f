/**
 * Handles everything in Slack other than commands, presses and forms: mentions, direct messages, *Explain
 * this*, channels that go away.
 */
import type { App as Bolt, MessageShortcut } from '@slack/bolt'
import { nothingToLookUp } from '../../bot/cards/wording.js'
import type { Answered } from '../../bot/ports/chat.js'
import { questionOfMessage } from '../../bot/ui/message.js'
import { findCommand, helpAsked, parseArgs } from '../../bot/ui/parse.js'
import { UserError } from '../../core/errors.js'
import type { Text } from '../../core/text.js'
import { createDedupe } from '../dedupe.js'
import { withTimeout } from '../timeout.js'
import { commandName } from './inbound.js'
import { type BotEvent, EXPLAIN, OF_MESSAGE, slashName } from './manifest.js'
import { PLATFORM } from './name.js'
import type { Origin } from './origin.js'
import { callerOf, type InboundDeps, run, sayReading, served, shown, TRIGGER_MS } from './request.js'
import { type Sender, senderOf } from './sender.js'
import { isFile } from './uploads.js'
import { wordsOf } from './words.js'

/** Events that `inbound.ts` handles. */
type Elsewhere =
  | 'app_home_opened'
  | 'app_uninstalled'
  | 'tokens_revoked'
  | 'team_access_granted'
  | 'team_access_revoked'

/** The properties of an event that are used; Slack sends others, too. */
interface Happening {
  readonly channel?: string
  readonly user?: string
  readonly text?: string
  readonly ts?: string
  readonly thread_ts?: string
  readonly channel_type?: string
  readonly subtype?: string
  readonly bot_id?: string
  readonly edited?: object
  readonly hidden?: boolean
  readonly files?: readonly unknown[]
}

type Handle = (happening: Happening, sender: Sender, deps: InboundDeps) => Promise<void>

const HANDLES: Readonly<Record<Exclude<BotEvent, Elsewhere>, Handle>> = {
  app_mention: onMention,
  'message.im': onDirectMessage,
  channel_archive: onGone,
  channel_deleted: onGone,
  group_archive: onGone,
  group_deleted: onGone,
  member_joined_channel: onJoin,
  member_left_channel: onMove,
}

export function handleEvents(bolt: Bolt, deps: InboundDeps): void {
  const once = createDedupe()
  for (const [name, handle] of Object.entries(HANDLES)) {
    const [type = name] = name.split('.')
    bolt.event(type, async ({ event, body }) => {
      const id = once(body.event_id)
      if (id) await served(deps, senderOf(body), id, () => handle(event as Happening, senderOf(body), deps))
    })
  }
  bolt.shortcut({ callback_id: EXPLAIN, type: 'message_action' }, async ({ ack, shortcut }) => {
    await ack()
    const id = once(shortcut.trigger_id)
    if (id) await served(deps, senderOf(shortcut), id, () => onExplainThis(shortcut as MessageShortcut, deps))
  })
  bolt.shortcut({ callback_id: OF_MESSAGE, type: 'message_action' }, async ({ ack, shortcut }) => {
    const opensUntil = deps.clock() + TRIGGER_MS
    await ack()
    const id = once(shortcut.trigger_id)
    const work = () => onQuestionOfThis(shortcut as MessageShortcut, opensUntil, deps)
    if (id) await served(deps, senderOf(shortcut), id, work)
  })
}

// ---- what people write ----------------------------------------------------------------------

/** Slack's own account, which notifies people about channels in direct messages. */
const SLACKBOT = 'USLACKBOT'

/**
 * Whether a person wrote it just now: not a bot, not Cohort itself, not a notice of Slack, not a changed
 * message.
 */
function isWritten(
  event: Happening,
): event is Happening & { readonly channel: string; readonly user: string; readonly ts: string } {
  const { channel, user, ts, subtype, bot_id, edited, hidden } = event
  const isOther =
    [subtype, bot_id, edited].some((part) => part !== undefined && part !== null) || hidden === true
  return !isOther && user !== SLACKBOT && [channel, user, ts].every((part) => typeof part === 'string')
}

/** Answers `@Cohort what is canary?` in the thread where it was asked. */
async function onMention(event: Happening, { workspace }: Sender, deps: InboundDeps): Promise<void> {
  if (!isWritten(event)) return
  const origin = originOf(workspace, event.channel, event.user)
  const caller = await callerOf(origin, '', deps)
  const words = wordsOf(event.text ?? '')
  const asked = deps.app().readWords(words)
  const reply = await deps.app().run({ kind: 'command', caller, ...asked })
  const isLookUp = deps.app().commands.some((one) => one.name === asked.name && one.isLookUp)
  // Errors and what Cohort can do are shown to the asker alone.
  await shown(
    reply,
    deps.out.sendInThread(reply, origin, event.thread_ts ?? event.ts, isLookUp && !reply.isTrouble),
    deps,
  )
}

/** Takes a command with or without its slash, or files of questions; looks anything else up. */
async function onDirectMessage(
  happening: Happening,
  { workspace }: Sender,
  deps: InboundDeps,
): Promise<void> {
  const { subtype, ...rest } = happening
  const event: Happening = subtype === 'file_share' ? rest : happening
  if (!isWritten(event) || event.channel_type !== 'im') return
  if (subtype === 'file_share' && (await areQuestions(event, workspace, deps)))
    return onFiles(event, workspace, deps)
  const line = wordsOf(event.text ?? '')
  // An origin without a channel makes the reply a direct message.
  const origin = originOf(workspace, '', event.user)
  const typed = commandIn(line, deps)
  const caller = await callerOf(origin, '', deps)
  const request = { kind: 'command', caller, ...(typed ?? deps.app().readWords(line)) } as const
  if (typed && deps.app().opensForm(request))
    return shown(formReply(typed), deps.out.send(formReply(typed), origin), deps)
  if (event.thread_ts === undefined) return run(request, origin, deps)
  const there = { ...origin, channel: event.channel }
  const reply = await deps.app().run(request)
  await shown(reply, deps.out.sendInThread(reply, there, event.thread_ts, true), deps)
}

/** A person who may not import, and writes something with a file, gets an answer to the text. */
async function areQuestions(
  { user, text = '' }: Happening & { readonly user: string },
  workspace: string,
  deps: InboundDeps,
): Promise<boolean> {
  if (wordsOf(text) === '') return true
  const caller = await callerOf(originOf(workspace, '', user), '', deps)
  return caller.isAdmin().catch(() => false)
}

/** The maximum number of files read from one message, one after the other. */
const FILES = 5

async function onFiles(
  { user, files = [] }: Happening & { readonly user: string },
  workspace: string,
  deps: InboundDeps,
): Promise<void> {
  const origin = originOf(workspace, '', user)
  const caller = await callerOf(origin, '', deps)
  for (const sent of files.filter(isFile).slice(0, FILES)) {
    const file = deps.uploadOf(workspace, sent)
    const reading = run({ kind: 'command', caller, ...deps.app().readFile(file) }, origin, deps)
    const soon = await withTimeout(
      SOON_MS,
      reading.then(() => true),
    )
    if (!soon) await sayReading(file.name, origin, deps)
    await reading
  }
}

/** A person who waits longer is told that the file is being read. */
const SOON_MS = 2000

/**
 * Finds the command that a line names. "help me with canary" is a question, though it begins with the name of
 * a command: without a slash the rest must fit the command, too.
 */
function commandIn(line: string, deps: InboundDeps): { name: string; input: string } | undefined {
  const [first = '', ...others] = line.split(' ')
  const typed = { name: commandName(first, deps), input: others.join(' ') }
  if (first.startsWith('/')) return typed
  const { commands } = deps.app()
  const whole = `${typed.name} ${typed.input}`.trim()
  if (helpAsked(commands, whole)) return typed
  const found = findCommand(commands, whole)
  try {
    if (found) parseArgs(found.command, found.rest)
    return found && typed
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function formReply({ name, input }: { name: string; input: string }): Answered {
  const typed = `/${[slashName(name), input].join(' ').trim()}`
  return reply('This one has a form', [
    'Slack opens a form for its own commands only. Type ',
    { bold: [typed] },
    ' in the channel of your team.',
  ])
}

/** Makes a reply without a reference, since no request to the bot caused it. */
function reply(title: string, words: Text): Answered {
  return {
    kind: 'card',
    card: { title, blocks: [{ kind: 'text', text: words }] },
    to: 'caller',
    replace: false,
    reference: '',
  }
}

const NO_WORDS: Answered = {
  kind: 'card',
  card: nothingToLookUp(),
  to: 'caller',
  replace: false,
  reference: '',
}

/** Handles *Explain this*, from the menu of a message. */
async function onExplainThis(shortcut: MessageShortcut, deps: InboundDeps): Promise<void> {
  const { channel, user, response_url: respond, message } = shortcut
  const { workspace } = senderOf(shortcut)
  const origin: Origin = { ...originOf(workspace, channel.id, user.id), respond }
  const words = wordsOf(message.text ?? '')
  if (words === '') return shown(NO_WORDS, deps.out.send(NO_WORDS, origin), deps)
  await run(
    { kind: 'command', caller: await callerOf(origin, user.name, deps), ...deps.app().readWords(words) },
    origin,
    deps,
  )
}

/** Handles *Make a question of this*, from the same menu. Messages of programs have no author. */
async function onQuestionOfThis(
  shortcut: MessageShortcut,
  opensUntil: number,
  deps: InboundDeps,
): Promise<void> {
  const { channel, user, response_url: respond, message, trigger_id: trigger } = shortcut
  const { workspace } = senderOf(shortcut)
  const origin: Origin = { ...originOf(workspace, channel.id, user.id), respond, trigger, opensUntil }
  const author = message.bot_id === undefined ? (message.user ?? '') : ''
  const pointedAt = { message: `${channel.id} ${message.ts}`, author, text: wordsOf(message.text ?? '') }
  await run(questionOfMessage(await callerOf(origin, user.name, deps), pointedAt), origin, deps)
}

function originOf(workspace: string, channel: string, user: string): Origin {
  return { workspace, channel, user, respond: undefined, trigger: undefined, own: false, view: undefined }
}

// ---- channels ----------------------------------------------------------------

/** Handles a channel in which nothing can be posted any more. */
async function onGone({ channel }: Happening, { workspace }: Sender, deps: InboundDeps): Promise<void> {
  if (channel === undefined) return
  const home = await deps.homes.of(workspace, channel)
  const installs = await Promise.all([workspace, home].map((one) => deps.installs.find(one)))
  // One company may close a shared channel for itself alone; the other finds out when it posts.
  if (installs[0]?.workspace === installs[1]?.workspace)
    await deps.app().channelGone({ platform: PLATFORM, workspace: home, channel })
}

/** When the bot itself is invited, it introduces itself unless there is already a team. */
async function onJoin(event: Happening, sender: Sender, deps: InboundDeps): Promise<void> {
  const { user, channel } = event
  if (user === undefined || user !== sender.bot) return onMove(event, sender, deps)
  if (channel === undefined) return
  const workspace = await deps.homes.of(sender.workspace, channel)
  await deps.app().greet({ platform: PLATFORM, workspace, channel })
}

/** A person who joins or leaves may have a new role: a guest, or deactivated. */
async function onMove({ user }: Happening, { workspace }: Sender, deps: InboundDeps): Promise<void> {
  if (user !== undefined) deps.people.forget(workspace, user)
}
