/**
 * The outbox: everything that the bot says by itself is claimed in the database, looked for when an earlier
 * try may have got through, drawn, posted and recorded. Anything may end at any line: the next process begins
 * again.
 */
import type { Deps } from '../deps.js'
import { ChannelGone, ChatBusy, ChatRefusal, type Person, type Place } from '../ports/chat.js'
import type { Delivery } from '../ports/store.js'
import type { Card } from '../ui/card.js'
import { drainQueue } from './drain-queue.js'

/** What there is to know of a kind of delivery. */
export interface Kind<D extends Delivery = Delivery> {
  readonly to: (delivery: D) => Place | Person
  /** May be repeated safely; a string says why it is not sent any more. */
  readonly draw: (delivery: D, deps: Deps) => Promise<Card | string>
  /** The message that it answers. */
  readonly replyTo?: (delivery: D) => string | undefined
  /** What has to be done before it is given up. */
  readonly settle?: (delivery: D, deps: Deps) => Promise<void>
  /** For the log. */
  readonly said: { readonly sent?: string; readonly dropped?: string; readonly failed: string }
}

export type Kinds = { readonly [K in Delivery['kind']]: Kind<Extract<Delivery, { kind: K }>> }

const LEASE_MS = 60_000
/**
 * Deliveries in hand at a time on one platform: at half a second a message more than Discord's fifty a
 * second.
 */
const WIDTH = 32
/** No wait is longer: a platform that wants more is asked again. */
const MAX_WAIT_MS = 10 * 60_000

/** All that is due on one platform. */
export function deliverDue(platform: string, kinds: Kinds, deps: Deps): Promise<void> {
  return drainQueue({
    // Of processes that share a limit each holds the less: what waits for its turn in one could have been
    // done by another.
    width: () => Math.ceil(WIDTH / (deps.chats.get(platform)?.sharedBy?.() ?? 1)),
    claim: (limit) => deps.store.claimDeliveries(deps.clock(), LEASE_MS, limit, [platform]),
    work: (delivery) => attempt(delivery, kinds, deps),
    stop: deps.stop,
  })
}

/** Just this one, unless somebody else is at it. */
export async function deliverOne(key: string, kinds: Kinds, deps: Deps): Promise<void> {
  const claimed = await deps.store.claimDeliveries(deps.clock(), LEASE_MS, 1, [...deps.chats.keys()], key)
  for (const delivery of claimed) await attempt(delivery, kinds, deps)
}

/**
 * The channel of a team was deleted: nothing is posted until it is set up elsewhere, and whoever set it up is
 * told once.
 */
export async function pauseGone(
  place: Place & { readonly platform: string },
  kinds: Kinds,
  deps: Deps,
): Promise<void> {
  const team = await deps.store.teamIn(place)
  if (!team || !(await deps.store.channelGone(team.id, deps.clock()))) return
  deps.log.warn({ team: team.id }, 'team paused, its channel is gone')
  const key = `gone-${team.id}-${place.channel}`
  await deps.store.enqueue({ key, kind: 'gone', team: team.id, dueAt: deps.clock() })
  await deliverOne(key, kinds, deps)
}

/**
 * A failure leaves it to be tried again, later each time; where a channel is gone nothing is tried again, and
 * the team is paused.
 */
async function attempt(delivery: Delivery, kinds: Kinds, deps: Deps): Promise<void> {
  const kind = kinds[delivery.kind] as Kind
  const { key, team, tries } = delivery
  try {
    await send(delivery, kind, deps)
  } catch (error) {
    const now = deps.clock()
    const until = retryAt(tries, error, now)
    if (error instanceof ChatBusy)
      return void (await deps.store.putOff(key, now, until, error.mayBeDone ? 'failed' : 'untried'))
    const to = kind.to(delivery)
    if (error instanceof ChatRefusal && 'user' in to) return drop(delivery, kind, error.message, deps)
    if (error instanceof ChannelGone && 'channel' in to) {
      await drop(delivery, kind, 'its channel was deleted', deps)
      return pauseGone({ ...to, platform: team.platform }, kinds, deps)
    }
    deps.log.error({ ...about(delivery), tries, error }, kind.said.failed)
    deps.metrics.delivery(team.platform, delivery.kind, 'failed')
    const why = error instanceof ChatRefusal ? { refused: error.message } : 'failed'
    if (await deps.store.putOff(key, now, until, why)) await deliverOne(`refused-${key}`, kinds, deps)
  }
}

async function send(delivery: Delivery, kind: Kind, deps: Deps): Promise<void> {
  const { key, team, tries } = delivery
  const chat = deps.chats.get(team.platform)
  if (!chat) throw new Error(`${team.platform} is not on in this process`)
  const to = kind.to(delivery)
  const earlier = tries > 0 ? await chat.find(to, key).catch(refusal) : undefined
  if (typeof earlier === 'string') return sent(delivery, kind, earlier, deps)
  const drawn = await kind.draw(delivery, deps)
  if (typeof drawn === 'string') return drop(delivery, kind, drawn, deps)
  // Where nobody may look, it might be there.
  if (earlier) throw earlier
  await sent(delivery, kind, await chat.post(to, drawn, key, kind.replyTo?.(delivery)), deps)
}

function refusal(error: unknown): ChatRefusal {
  if (error instanceof ChatRefusal && !(error instanceof ChannelGone)) return error
  throw error
}

async function sent(delivery: Delivery, kind: Kind, message: string, deps: Deps): Promise<void> {
  await deps.store.recordSent(delivery.key, message)
  const late = deps.clock() - delivery.dueAt
  deps.log.info({ ...about(delivery), late }, kind.said.sent ?? `${delivery.kind} posted`)
  deps.metrics.delivery(delivery.team.platform, delivery.kind, 'sent', late)
}

async function drop(delivery: Delivery, kind: Kind, reason: string, deps: Deps): Promise<void> {
  await kind.settle?.(delivery, deps)
  await deps.store.dropDelivery(delivery.key, reason)
  deps.log.warn({ ...about(delivery), reason }, kind.said.dropped ?? `${delivery.kind} dropped`)
  deps.metrics.delivery(delivery.team.platform, delivery.kind, 'dropped')
}

function about(delivery: Delivery) {
  return {
    delivery: delivery.key,
    team: delivery.team.id,
    ...('round' in delivery && { round: delivery.round.id }),
  }
}

/** When to try again: when the platform says so, else later each time. */
function retryAt(tries: number, error: unknown, now: number): number {
  const wait = error instanceof ChatBusy ? error.retryAfterMs : 10_000 * 2 ** Math.min(tries, 6)
  return now + Math.min(MAX_WAIT_MS, wait)
}
