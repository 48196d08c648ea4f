/** Turns an interaction into a request with the person, the place and their rights, and runs it. */
import type { Interaction } from 'discord.js'
import type { App } from '../../bot/app.js'
import type { Log } from '../../bot/deps.js'
import type { Answered, Caller, Request } from '../../bot/ports/chat.js'
import { adminWords } from '../../bot/ui/command.js'
import type { AckTimer } from '../ack-timer.js'
import type { InFlight } from '../in-flight.js'
import { PLATFORM } from './chat.js'
import type { CommandRights } from './command-rights.js'
import type { DmGuilds } from './dm-guild.js'
import type { Outbound, References } from './outbound.js'
import type { UploadOf } from './uploads.js'
import { serverOf } from './where.js'

export interface InboundDeps {
  readonly app: () => App
  readonly out: Outbound
  readonly dmGuilds: DmGuilds
  readonly mayUse: CommandRights
  /** Returns the channel that a thread hangs on, or the channel itself. */
  readonly baseOf: (channel: string) => Promise<string>
  readonly acknowledgements: AckTimer
  readonly references: References
  readonly log: Log
  readonly inFlight: InFlight
  readonly uploadOf: UploadOf
  /** Notifies the person who set Cohort up in a server, once, if it has not granted all permissions. */
  readonly tellLacking: (guild: string) => Promise<void>
}

/** Returns the bot's answer; later errors are logged under the same reference. */
export async function run(
  request: Request,
  interaction: Interaction,
  { app, references }: InboundDeps,
): Promise<Answered> {
  const reply = await app().run(request)
  references.set(interaction, reply.reference)
  return reply
}

export function callerOf(interaction: Interaction, workspace: string, deps: InboundDeps): Caller {
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

/**
 * Members who may use a command for admins on the server are admins of its teams. Discord checks commands
 * itself; presses and forms are checked by the same rules.
 */
async function isAdmin(interaction: Interaction, { app, mayUse, baseOf }: InboundDeps): Promise<boolean> {
  const { channelId, member, memberPermissions, user } = interaction
  const server = serverOf(interaction)
  if (!server || !member || !memberPermissions) return false
  const forAdmins = adminWords(app().commands)
  if (interaction.isChatInputCommand() && forAdmins.includes(interaction.commandName)) return true
  const who = {
    server,
    channel: channelId === null ? '' : await baseOf(channelId).catch(() => channelId),
    user: user.id,
    roles: Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()],
    permissions: memberPermissions.bitfield,
  }
  const allowed = await Promise.all(forAdmins.map((word) => mayUse(word, who)))
  return allowed.includes(true)
}

/**
 * Takes the server where the person answered last for a direct message, or on a server without Cohort.
 * Requests that work alike for anybody do not need it.
 */
export async function located(
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
  // A question in a direct message belongs to the server of its team, whichever server the person answered in
  // last.
  const own = request && request.kind !== 'command' ? await app().workspaceAsked(request) : undefined
  return callerOf(interaction, own ?? (await dmGuilds.of(user.id)), deps)
}
