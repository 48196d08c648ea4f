/**
 * Looks for changes that Discord does not report: that it refuses the token, and that it no longer knows a
 * server.
 */
import { RESTJSONErrorCodes as Code, DiscordAPIError, type REST, Routes } from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { Presence } from '../../bot/workspace/presence.js'
import { PLATFORM } from './chat.js'
import { codeOf, isRefused } from './refusals.js'

export interface PatrolDeps {
  readonly rest: REST
  readonly presence: () => Presence
  readonly log: Log
}

/** Returns whether a server belongs to a shard of this process, and if so whether the bot is on it. */
export type Place = (guild: string) => 'here' | 'missing' | 'elsewhere'

export async function patrol(place: Place, deps: PatrolDeps): Promise<void> {
  const { rest, presence } = deps
  try {
    await rest.get(Routes.user())
  } catch (error) {
    if (isRefused(error)) return presence().refused(PLATFORM)
    throw error
  }
  await presence().accepted(PLATFORM)
  await lookForMissing(place, deps)
  for (const workspace of (await presence().marked(PLATFORM)).filter(isGuild))
    if (await answers(workspace, rest)) await presence().here(PLATFORM, [workspace])
}

/**
 * Looks once more before anything is deleted: the bot may have been added again while no process was
 * listening.
 */
async function answers(guild: string, rest: REST): Promise<boolean> {
  try {
    await rest.get(Routes.guild(guild))
    return true
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status !== 401) return false
    throw error
  }
}

export async function lookForMissing(place: Place, { rest, presence, log }: PatrolDeps): Promise<void> {
  for (const workspace of await presence().stored(PLATFORM)) {
    if (!isGuild(workspace) || place(workspace) !== 'missing') continue
    const code = await rest.get(Routes.guild(workspace)).then(() => undefined, codeOrThrow)
    // Missing access, errors or an outage do not mean a removal.
    if (code === Code.UnknownGuild) await presence().missing({ platform: PLATFORM, workspace })
    else log.info({ guild: workspace, code }, 'discord server not seen, and not unknown')
  }
}

/** Throws if the token is refused, since it would fail for every server. */
function codeOrThrow(error: unknown): number | undefined {
  if (isRefused(error)) throw error
  return codeOf(error)
}

/** Other ids are not servers: they represent people who write direct messages. */
const isGuild = (workspace: string) => /^\d+$/.test(workspace)

/** The maximum number that Discord returns in one answer. */
const PAGE = 200

/** Whether the bot is on one of these servers. */
export async function isOnOneOf(guilds: readonly string[], rest: REST): Promise<boolean> {
  const stored = new Set(guilds.filter(isGuild))
  if (stored.size === 0) return true
  for (let after = '0'; ; ) {
    const query = new URLSearchParams({ limit: String(PAGE), after })
    const page = (await rest.get(Routes.userGuilds(), { query })) as readonly { readonly id: string }[]
    if (page.some(({ id }) => stored.has(id))) return true
    const last = page.at(-1)
    if (!last || page.length < PAGE) return false
    after = last.id
  }
}
