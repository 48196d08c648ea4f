/**
 * The outbox: every message that the bot sends by itself is claimed in the database, searched for if an
 * earlier try may have got through, drawn, posted and recorded. The process may end at any line: the next one
 * starts again.
 */

import type { Team } from '../../core/model.js'
import { HOUR_MS } from '../../core/time.js'
import type { Deps } from '../deps.js'
import {
  ChannelGone,
  type Chat,
  ChatBusy,
  ChatRefusal,
  LookUnfinished,
  type Person,
  type Place,
} from '../ports/chat.js'
import type { Delivery, WordForDropped } from '../ports/deliveries.js'
import type { Card } from '../ui/card.js'
import { drainQueue } from './drain-queue.js'

/** How deliveries of a kind are handled. */
export interface Kind<D extends Delivery = Delivery> {
  readonly to: (delivery: D) => Place | Person
  /**
   * Draws the card; it is safe to repeat. A string says why it is no longer sent, and `Dropped` also who is
   * notified.
   */
  readonly draw: (delivery: D, deps: Deps) => Promise<Card | string | Dropped>
  /** `draw` does all the work, and nothing is posted. */
  readonly isErrand?: true
  /** A refusal notifies nobody. */
  readonly isQuiet?: true
  /**
   * The time from which on it is posted even if nobody can tell whether an earlier try got through: a second
   * message can be deleted, and a lost day cannot be made up for. The default is an hour after it was due.
   */
  readonly postAnyway?: (delivery: D) => number
  /** The message that it answers. */
  readonly replyTo?: (delivery: D) => string | undefined
  /** Runs before it is given up. */
  readonly settle?: (delivery: D, deps: Deps) => Promise<void>
  /** Replaces posting a new message, for example by changing an existing one. */
  readonly send?: (delivery: D, chat: Chat, card: Card) => Promise<string>
  /** A refusal ends it, and nobody is notified. */
  readonly isMinor?: true
  /** Called when the platform refuses it until a person acts, before it is dropped. */
  readonly refused?: (delivery: D, reason: string, deps: Deps) => Promise<void>
  /**
   * A message to one person: if that person cannot be reached it goes to the next, and then to the channel.
   */
  readonly isWord?: true
  /** Runs after it was posted; skipped if the process ends before. */
  readonly after?: (delivery: D, deps: Deps) => Promise<void>
  /** Messages for the log. */
  readonly said: { readonly sent?: string; readonly dropped?: string; readonly failed: string }
}

export interface Dropped {
  readonly reason: string
  readonly word: WordForDropped | undefined
}

export type Kinds = { readonly [K in Delivery['kind']]: Kind<Extract<Delivery, { kind: K }>> }

const LEASE_MS = 60_000
/**
 * The most deliveries in progress at a time on one platform: at half a second a message, more than Discord's
 * fifty a second.
 */
const CONCURRENCY = 32
/** The longest wait: a platform that asks for a longer one is asked again. */
const MAX_WAIT_MS = 10 * 60_000

/** Sends everything that is due on one platform. */
export function deliverDue(platform: string, kinds: Kinds, deps: Deps): Promise<void> {
  return drainQueue({
    // Processes that share a rate limit claim fewer deliveries each, because a delivery that waits here for
    // the limit could be sent by another process.
    concurrency: () => Math.ceil(CONCURRENCY / (deps.chats.get(platform)?.sharedBy?.() ?? 1)),
    claim: (limit) =>
      deps.store.claimDeliveries(deps.clock(), LEASE_MS, limit, [platform], undefined, deps.packs.editions),
    work: async (delivery) => void (await attempt(delivery, kinds, deps)),
    stop: deps.stop,
  })
}

/**
 * Sends only this one, unless another process is sending it. Returns why the platform refused it, if it did.
 */
export async function deliverOne(key: string, kinds: Kinds, deps: Deps): Promise<string | undefined> {
  const [delivery] = await deps.store.claimDeliveries(
    deps.clock(),
    LEASE_MS,
    1,
    [...deps.chats.keys()],
    key,
    deps.packs.editions,
  )
  return delivery && attempt(delivery, kinds, deps)
}

/**
 * Pauses a team whose channel was deleted: nothing is posted until it is set up elsewhere, and the admin who
 * set it up is notified once.
 */
export async function pauseGone(
  place: Place & { readonly platform: string },
  kinds: Kinds,
  deps: Deps,
): Promise<void> {
  const team = await deps.store.teamIn(place)
  if (!team || team.paused) return
  // The next slot distinguishes this deletion from an earlier one, and is the same for every process that is
  // notified of it.
  const key = `gone-${team.id}-${place.channel}-${team.nextPostAt ?? 0}`
  await deps.store.enqueue({ key, kind: 'gone', team: team.id, dueAt: deps.clock() })
  await deps.store.channelGone(team.id, deps.clock())
  deps.log.warn({ team: team.id }, 'team paused, its channel is gone')
  await deliverOne(key, kinds, deps)
}

/**
 * Tries one delivery. After a failure it is tried again, later each time; if the channel is gone, it is not,
 * and the team is paused. Returns why the platform refused it, if it did.
 */
async function attempt(delivery: Delivery, kinds: Kinds, deps: Deps): Promise<string | undefined> {
  const kind = kinds[delivery.kind] as Kind
  const { key, platform, tries } = delivery
  try {
    await send(delivery, kind, kinds, deps)
  } catch (error) {
    const now = deps.clock()
    const until = retryAt(tries, error, now)
    if (error instanceof ChatBusy) {
      const page = error instanceof LookUnfinished ? error.page : undefined
      await deps.store.putOff(key, now, until, error.mayBeDone ? 'failed' : 'untried', page)
      return undefined
    }
    const to = kind.to(delivery)
    const refusal = error instanceof ChatRefusal ? error.message : undefined
    if (refusal !== undefined && 'user' in to && kind.isWord) {
      deps.log.warn({ ...about(delivery), error }, 'admin could not be told')
      await deps.store.passOver(key)
      return deliverOne(key, kinds, deps)
    }
    if (refusal !== undefined && ('user' in to || kind.isWord || kind.isMinor)) {
      await kind.refused?.(delivery, refusal, deps)
      await drop(delivery, kind, kinds, refusal, deps)
      return refusal
    }
    if (refusal !== undefined && isElsewhere(delivery, to)) {
      const word = kind.isQuiet ? undefined : 'refusal'
      await drop(delivery, kind, kinds, { reason: refusal, word }, deps)
      return refusal
    }
    if (error instanceof ChannelGone && 'channel' in to) {
      if (await hasMoved(delivery, to, deps)) {
        await deps.store.putOff(key, now, now, 'untried')
        return undefined
      }
      await drop(delivery, kind, kinds, 'its channel was deleted', deps)
      await pauseGone({ ...to, platform }, kinds, deps)
      return refusal
    }
    deps.log.error({ ...about(delivery), tries, error }, kind.said.failed)
    deps.metrics.delivery(platform, delivery.kind, 'failed')
    const why = refusal !== undefined && !kind.isQuiet ? { refused: refusal } : 'failed'
    if (await deps.store.putOff(key, now, until, why)) await deliverOne(`refused-${key}`, kinds, deps)
    return refusal
  }
  return undefined
}

/**
 * True for a channel that is not the team's: nothing else is posted there, so a refused delivery is dropped.
 */
function isElsewhere(delivery: Delivery, to: Place | Person): boolean {
  return 'team' in delivery && 'channel' in to && to.channel !== delivery.team.channel
}

/** Whether the team has moved to another channel since the delivery was claimed. */
async function hasMoved(delivery: Delivery, to: Place, { store }: Deps): Promise<boolean> {
  return (
    'team' in delivery &&
    (await store.teamIn({ ...to, platform: delivery.platform }))?.id !== delivery.team.id
  )
}

async function send(delivery: Delivery, kind: Kind, kinds: Kinds, deps: Deps): Promise<void> {
  const { key, platform, tries } = delivery
  const chat = deps.chats.get(platform)
  if (!chat) throw new Error(`${platform} is not on in this process`)
  const to = kind.to(delivery)
  const isLooked = tries > 0 && !kind.isErrand && !kind.send
  const earlier: Earlier = isLooked ? await lookFor(delivery, kind, chat, deps) : {}
  if (earlier.message !== undefined) return sent(delivery, kind, earlier.message, deps)
  const drawn = await kind.draw(delivery, deps)
  if (typeof drawn === 'string' || 'word' in drawn) return drop(delivery, kind, kinds, drawn, deps)
  // The earlier post may exist if Cohort is not allowed to search for it.
  if (earlier.refusal) throw earlier.refusal
  const message = kind.send
    ? await kind.send(delivery, chat, drawn)
    : await chat.post(to, drawn, key, kind.replyTo?.(delivery))
  if (earlier.isUnknown && 'channel' in to && 'team' in delivery && chat.capabilities.remove)
    await lookForTwin(delivery, to.channel, message, deps)
  await sent(delivery, kind, message, deps)
}

/** The result of an earlier try; all undefined if there is none. */
interface Earlier {
  readonly message?: string | undefined
  /** Why Cohort is not allowed to search for it. */
  readonly refusal?: ChatRefusal
  /** The result cannot be determined, and it is time to post anyway. */
  readonly isUnknown?: true
}

async function lookFor(delivery: Delivery, kind: Kind, chat: Chat, { clock, log }: Deps): Promise<Earlier> {
  const { key, dueAt, page } = delivery
  try {
    return { message: await chat.find(kind.to(delivery), key, { ageMs: clock() - dueAt, page }) }
  } catch (error) {
    if (error instanceof ChannelGone) throw error
    if (clock() < (kind.postAnyway?.(delivery) ?? dueAt + HOUR_MS)) {
      if (error instanceof ChatRefusal) return { refusal: error }
      throw error
    }
    log.warn({ ...about(delivery), error }, 'posted although an earlier try may have got through')
    return { isUnknown: true }
  }
}

async function lookForTwin(
  { key, team, dueAt }: Extract<Delivery, { team: Team }>,
  channel: string,
  message: string,
  { store, clock }: Deps,
): Promise<void> {
  const twin = { of: key, channel, message, since: dueAt }
  await store.enqueue({ key: `twin-${key}`, kind: 'twin', team: team.id, dueAt: clock(), ...twin })
}

async function sent(delivery: Delivery, kind: Kind, message: string, deps: Deps): Promise<void> {
  const now = deps.clock()
  const to = kind.to(delivery)
  await deps.store.recordSent(delivery.key, message, now, 'channel' in to ? to.channel : undefined)
  const late = now - delivery.dueAt
  deps.log.info({ ...about(delivery), late }, kind.said.sent ?? `${delivery.kind} posted`)
  deps.metrics.delivery(delivery.platform, delivery.kind, 'sent', late)
  await kind.after?.(delivery, deps)
}

async function drop(
  delivery: Delivery,
  kind: Kind,
  kinds: Kinds,
  why: string | Dropped,
  deps: Deps,
): Promise<void> {
  const { key, platform } = delivery
  const { reason, word } = typeof why === 'string' ? { reason: why, word: undefined } : why
  await kind.settle?.(delivery, deps)
  const isSaid = await deps.store.dropDelivery(key, reason, word, deps.clock())
  deps.log.warn({ ...about(delivery), reason }, kind.said.dropped ?? `${delivery.kind} dropped`)
  deps.metrics.delivery(platform, delivery.kind, 'dropped')
  if (isSaid) await deliverOne(`${word}-${key}`, kinds, deps)
}

function about(delivery: Delivery) {
  return {
    delivery: delivery.key,
    ...('team' in delivery && { team: delivery.team.id }),
    ...('round' in delivery && { round: delivery.round.id }),
  }
}

/** When to try again: the time that the platform names, else later each time. */
function retryAt(tries: number, error: unknown, now: number): number {
  const wait = error instanceof ChatBusy ? error.retryAfterMs : 10_000 * 2 ** Math.min(tries, 6)
  return now + Math.min(MAX_WAIT_MS, wait)
}
