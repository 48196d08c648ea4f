/**
 * Tracks the servers that the bot is on, as one shard reports them: all when it connects, then each that adds
 * or removes the bot. A server that is away for a while still counts.
 */
import type { Client, Events } from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { Arrival } from '../../bot/ports/greetings.js'
import type { PlaceKey } from '../../bot/ports/keys.js'
import type { Presence } from '../../bot/workspace/presence.js'
import type { InFlight } from '../in-flight.js'
import { PLATFORM } from './chat.js'
import type { Place } from './patrol.js'

export interface Servers {
  readonly has: (guild: string) => boolean
  /** Resolves when the servers of the first connection are stored. */
  ready(): Promise<void>
  /** Stores again what could not be stored. */
  retry(): Promise<void>
}

export interface ServersDeps {
  readonly presence: () => Presence
  /** Called when the bot was added to this server. */
  readonly greet: (place: PlaceKey) => Promise<void>
  /**
   * Called with the servers that the bot is on, each since some time: those who added it while no process was
   * listening are greeted.
   */
  readonly greetNew: (arrivals: readonly Arrival[]) => Promise<void>
  readonly log: Log
  readonly inFlight: InFlight
}

interface Packet {
  readonly t?: string | null
  readonly d?: {
    readonly id?: string
    readonly unavailable?: boolean
    /** When the bot was added. */
    readonly joined_at?: string
    readonly guilds?: readonly { readonly id: string }[]
  } | null
}

/** Reads the packets themselves: discord.js keeps servers that were left while a connection was down. */
export function watchServers(
  client: Client,
  { presence, greet, greetNew, log, inFlight }: ServersDeps,
): Servers {
  const here = new Set<string>()
  /**
   * Times when the bot was added to the servers of a new connection, which come one by one and are handled
   * together.
   */
  const joined = new Map<string, number>()
  let isNoted = true
  let last: Promise<void> = Promise.resolve()

  /** Runs the work in the order of the reports. */
  function then(what: string, work: () => Promise<void>): void {
    last = last.then(work).catch((error) => log.error({ error, what }, 'discord servers not noted'))
    void inFlight.track(last)
  }
  const note = (guilds: readonly string[]) =>
    then('here', async () => {
      isNoted = false
      await presence().here(PLATFORM, guilds)
      isNoted = true
    })

  async function greetJoined(): Promise<void> {
    if (!isNoted || joined.size === 0) return
    const all = [...joined].map(([workspace, at]) => ({ workspace, at }))
    await greetNew(all)
    for (const { workspace } of all) joined.delete(workspace)
  }

  client.on('raw' as Events.Debug, (told: unknown) => {
    const { t, d } = (told ?? {}) as Packet
    if (t === 'READY' && Array.isArray(d?.guilds)) {
      here.clear()
      joined.clear()
      for (const one of d.guilds) if (typeof one?.id === 'string') here.add(one.id)
      note([...here])
    } else if (t === 'GUILD_CREATE' && typeof d?.id === 'string') {
      const workspace = d.id
      if (here.has(workspace)) {
        const at = Date.parse(d.joined_at ?? '')
        if (!Number.isNaN(at)) joined.set(workspace, at)
        return then('greeted', greetJoined)
      }
      here.add(workspace)
      note([workspace])
      then('greeted', () => greet({ platform: PLATFORM, workspace, channel: '' }))
    } else if (t === 'GUILD_DELETE' && typeof d?.id === 'string' && d.unavailable !== true) {
      const workspace = d.id
      here.delete(workspace)
      joined.delete(workspace)
      then('left', () => presence().left({ platform: PLATFORM, workspace }))
    }
  })
  return {
    has: (guild) => here.has(guild),
    ready: () => last,
    async retry() {
      if (!isNoted) note([...here])
      if (joined.size > 0) then('greeted', greetJoined)
      await last
    },
  }
}

/** A shard, and the servers that it reports. */
export interface Connected {
  readonly told: Servers
  readonly shard: number
  readonly total: number
}

export const placeIn =
  ({ told, shard, total }: Connected): Place =>
  (guild) =>
    shardOf(guild, total) !== shard ? 'elsewhere' : told.has(guild) ? 'here' : 'missing'

/** "Sharding" in Discord's documentation of the gateway. */
const shardOf = (guild: string, total: number) => Number((BigInt(guild) >> 22n) % BigInt(total))
