/**
 * Posts one welcome where the bot was added. It is not in the outbox, which holds only messages for teams and
 * members: at this point there is no team yet.
 */
import { DAY_MS, HOUR_MS } from '../../core/time.js'
import { arrivalCard } from '../cards/arrival.js'
import type { Deps } from '../deps.js'
import { ChannelGone, type Chat, ChatBusy, ChatRefusal, type Person, type Place } from '../ports/chat.js'
import type { Arrival, Greeting } from '../ports/greetings.js'
import type { PlaceKey } from '../ports/keys.js'

/** After this time another process tries, in case the one that claimed it has died. */
const LEASE_MS = 60_000

/** Posts a welcome in the channel where the bot was added or, if the channel is empty, in the workspace. */
export async function greet(place: PlaceKey, deps: Deps): Promise<void> {
  await deps.store.addGreeting(place, deps.clock())
  await greetDue(place.platform, deps)
}

/**
 * Posts a welcome in workspaces that added the bot while no process was listening. Most of those given have
 * had one, or were there before welcomes existed.
 */
export async function greetNew(platform: string, arrivals: readonly Arrival[], deps: Deps): Promise<void> {
  const due = await deps.store.addGreetings(platform, arrivals, deps.clock())
  if (due > 0) await greetDue(platform, deps)
}

/** Tries what is due on one platform. */
export async function greetDue(platform: string, deps: Deps): Promise<void> {
  const chat = deps.chats.get(platform)
  if (!chat) return
  for (const greeting of await deps.store.greetingsDue(platform, deps.clock())) {
    if (deps.stop?.aborted) return
    await attempt(greeting, chat, deps)
  }
}

async function attempt(greeting: Greeting, chat: Chat, deps: Deps): Promise<void> {
  const { store, clock, log } = deps
  const { platform, workspace, channel, tries } = greeting
  if (await isOver(greeting, deps)) return store.endGreeting(greeting)
  try {
    const to = channel === '' ? await chat.capabilities.frontDoor?.(workspace) : { workspace, channel }
    if (!to || !(await store.claimGreeting(greeting, clock() + LEASE_MS))) return
    await post(to, greeting, chat, clock())
    await store.endGreeting(greeting)
    log.info({ platform, workspace }, 'welcome posted')
  } catch (error) {
    if (error instanceof ChannelGone) return store.endGreeting(greeting)
    const wait = error instanceof ChatBusy ? error.retryAfterMs : LEASE_MS * 2 ** Math.min(tries, 6)
    // A refusal needs a person to act, and is not a bug.
    if (!(error instanceof ChatRefusal || error instanceof ChatBusy))
      log.warn({ platform, workspace, error }, 'welcome not posted')
    // Whether or not it was claimed meanwhile, it is due again at that time.
    if (!(await store.claimGreeting({ ...greeting, tries: tries + 1 }, clock() + wait)))
      await store.claimGreeting(greeting, clock() + wait)
  }
}

async function post(to: Place | Person, greeting: Greeting, chat: Chat, now: number): Promise<void> {
  const { workspace, channel, tries, at } = greeting
  const key = `hello-${workspace}-${channel}`
  // An earlier try may have got through. After an hour without an answer a second welcome is better than none.
  const unlessLate = (error: unknown) => {
    if (now - at < HOUR_MS) throw error
  }
  const earlier = tries > 0 ? await chat.find(to, key, { ageMs: now - at }).catch(unlessLate) : undefined
  if (earlier === undefined) await chat.post(to, arrivalCard(), key)
}

/** Whether it is too late, or there is a team by now, which has had a welcome of its own. */
async function isOver(greeting: Greeting, { store, clock }: Deps): Promise<boolean> {
  if (clock() - greeting.at > DAY_MS) return true
  if (greeting.channel !== '') return (await store.teamIn(greeting)) !== undefined
  return (await store.teamsOf(greeting, 1)).length > 0
}
