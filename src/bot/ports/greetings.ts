/** The welcome where the bot was added, and which cards channels were shown lately. */
import type { PlaceKey } from './keys.js'

export interface GreetingStore {
  /**
   * Makes a welcome due in this channel, or where the platform says. Does nothing if there was one before.
   */
  addGreeting(place: PlaceKey, now: number): Promise<void>
  /**
   * Like `addGreeting`, for workspaces that added the bot at some time. Does nothing for those from before
   * welcomes existed (`Platform.greetsFrom`). Returns how many are newly due.
   */
  addGreetings(platform: string, arrivals: readonly Arrival[], now: number): Promise<number>
  greetingsDue(platform: string, now: number): Promise<Greeting[]>
  /**
   * Claims a welcome; false when another process has it. It is due again at `nextTryAt`, unless it has ended.
   */
  claimGreeting(greeting: Greeting, nextTryAt: number): Promise<boolean>
  /** Ends a welcome that was sent or given up. */
  endGreeting(place: PlaceKey): Promise<void>

  /**
   * Returns undefined if it may be shown now; otherwise when it was shown, within an hour. A person who
   * presses again some time after that reply has not found the card, so it is shown again.
   */
  claimShown(place: PlaceKey, what: string, now: number): Promise<number | undefined>
}

/** A workspace that the bot is in, and since when. */
export interface Arrival {
  readonly workspace: string
  readonly at: number
}

export interface Greeting extends PlaceKey {
  /** When the bot was added. */
  readonly at: number
  readonly tries: number
}
