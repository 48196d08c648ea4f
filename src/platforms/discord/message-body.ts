/** Makes the body of a message from a card: its components, its files, and the people it may ping. */
import { type APIGuild, type Channel as DiscordChannel, type RawFile, type REST, Routes } from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { Place } from '../../bot/ports/chat.js'
import type { Card, Picture } from '../../bot/ui/card.js'
import { mentionsOf, withoutGroups } from '../../bot/ui/mentions.js'
import { SNOWFLAKE } from './access.js'
import type { Calls } from './chat-calls.js'
import { attachmentsOf } from './pictures.js'
import { renderMessage } from './render.js'

/** Pings nobody, whatever the text says. */
export const NO_MENTIONS = { parse: [] }

export interface BodyDeps {
  readonly rest: REST
  readonly call: Calls['call']
  /** Returns a channel of a server whose shard is in this process. */
  readonly channel: (id: string) => DiscordChannel | undefined
  /** Sets the ids of the commands in a card, so that they can be pressed. */
  readonly withIds: (card: Card) => Card
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  readonly log: Log
}

/** `pings`: true for a new message; when a message changes, its mentions have already notified people. */
export type BodyOf = (
  place: Pick<Place, 'workspace'> & Partial<Place>,
  card: Card,
  mark: number | undefined,
  pings: boolean,
) => Promise<{ body: object; files: RawFile[] }>

export function createBodyOf({ rest, call, channel: known, withIds, draw, log }: BodyDeps): BodyOf {
  /** Returns the current roles of a server; undefined if Discord does not answer. */
  async function rolesOf(
    server: string,
    channel: string | undefined,
  ): Promise<ReadonlySet<string> | undefined> {
    const ours = channel === undefined ? undefined : known(channel)
    if (ours && !ours.isDMBased()) return new Set(ours.guild.roles.cache.keys())
    try {
      const guild = await call<APIGuild>(() => rest.get(Routes.guild(server)))
      return new Set(guild.roles.map(({ id }) => id))
    } catch (error) {
      log.warn({ workspace: server, error }, 'roles of a server not known')
      return undefined
    }
  }

  return async ({ workspace, channel }, drawn, mark, pings) => {
    const { groups } = mentionsOf(drawn)
    const roles = groups.length > 0 ? await rolesOf(workspace, channel) : undefined
    const card = roles ? withoutGroups(drawn, (role) => roles.has(role)) : drawn
    const { names, files, attachments } = await attachmentsOf(card, draw, log)
    const allowed_mentions = pings ? allowedIn(card) : NO_MENTIONS
    return { body: { ...renderMessage(withIds(card), names, mark), attachments, allowed_mentions }, files }
  }
}

/** Allows only mentions of the card itself, from a setting or with the person's consent. */
function allowedIn(card: Card): { parse: []; roles?: string[]; users?: string[] } {
  const { groups, members } = mentionsOf(card)
  const roles = groups.filter((id) => SNOWFLAKE.test(id))
  const users = members.filter((id) => SNOWFLAKE.test(id))
  return { parse: [], ...(roles.length > 0 && { roles }), ...(users.length > 0 && { users }) }
}
