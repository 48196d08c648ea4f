/** Makes the app's manifest from the list of commands. */
import type { Command } from '../../bot/ui/command.js'
import { EXPLAIN_THIS, QUESTION_OF_THIS } from '../../bot/ui/message.js'
import { BOT_SCOPES } from './scopes.js'

/** Names that Slack reserves, and the replacements for commands with these names. */
export const RESERVED: Readonly<Record<string, string>> = { help: 'cohort' }

/** Returns the word after the slash: the first word of the command's name. */
export function slashName(name: string): string {
  const [first = name] = name.split(' ')
  return RESERVED[first] ?? first
}

/** Returns the whole command as typed: `/study status`, `/cohort`. */
export function slashLine(name: string): string {
  const [, ...sub] = name.split(' ')
  return `/${[slashName(name), ...sub].join(' ')}`
}

/** Every one has a handler, in `inbound.ts` or `events.ts`. */
const BOT_EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'channel_deleted',
  'group_archive',
  'group_deleted',
  'member_joined_channel',
  'member_left_channel',
  'message.im',
  'team_access_granted',
  'team_access_revoked',
  'tokens_revoked',
] as const
export type BotEvent = (typeof BOT_EVENTS)[number]

/** The callback ids of the shortcuts of a message. */
export const EXPLAIN = 'explain-this'
export const OF_MESSAGE = 'question-of-this'

export const EVENTS_PATH = '/slack/events'
export const INSTALL_PATH = '/slack/install'
export const REDIRECT_PATH = '/slack/oauth_redirect'

/** Returns a manifest for Socket Mode; with the public address of the bot, for HTTP and OAuth. */
export function manifest(commands: readonly Command[], address?: string) {
  const url = address && `${address.replace(/\/+$/, '')}${EVENTS_PATH}`
  return {
    _metadata: { major_version: 1, minor_version: 1 },
    display_information: {
      name: 'Cohort',
      description: 'A question a day for teams that prepare for a certification together',
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Cohort', always_online: true },
      shortcuts: [
        {
          name: EXPLAIN_THIS,
          type: 'message',
          callback_id: EXPLAIN,
          description: 'Look up what a message is about',
        },
        {
          name: QUESTION_OF_THIS,
          type: 'message',
          callback_id: OF_MESSAGE,
          description: 'Write a question for your team from a message',
        },
      ],
      slash_commands: slashCommands(commands).map((command) => ({ ...command, ...(url && { url }) })),
    },
    oauth_config: {
      ...(address && { redirect_urls: [`${address.replace(/\/+$/, '')}${REDIRECT_PATH}`] }),
      scopes: { bot: BOT_SCOPES },
    },
    settings: {
      event_subscriptions: { ...(url && { request_url: url }), bot_events: BOT_EVENTS },
      interactivity: { is_enabled: true, ...(url && { request_url: url, message_menu_options_url: url }) },
      org_deploy_enabled: true,
      socket_mode_enabled: url === undefined,
      // Token rotation cannot be turned off once it is on, and every stored token would have to be exchanged
      // twice a day.
      token_rotation_enabled: false,
    },
  }
}

/** Makes one command for each first word; the subcommands of a group are its hint. */
function slashCommands(commands: readonly Command[]) {
  const names = [...new Set(commands.map((c) => slashName(c.name)))]
  return names.map((name) => {
    const group = commands.filter((c) => slashName(c.name) === name)
    const subs = group.flatMap((c) =>
      !c.isMoved && c.name.includes(' ') ? [c.name.split(' ').slice(1).join(' ')] : [],
    )
    const hint = subs.length > 0 ? subs.join(' | ') : (group[0]?.usage ?? '')
    const description = (subs.length > 0 ? group[0]?.group : group[0]?.summary) ?? ''
    return { command: `/${name}`, description, ...(hint && { usage_hint: hint }), should_escape: false }
  })
}
