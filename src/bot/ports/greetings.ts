/** The welcome where the bot was added, and what was shown to channels lately. */
import type { PlaceKey } from './keys.js'

export interface GreetingStore {
  /** A welcome is due in this channel, or where the platform says; does nothing if there was one before. */
  addGreeting(place: PlaceKey, now: number): Promise<void>
  /**
   * The same for workspaces that added the bot at some time. Does nothing for those from before welcomes
   * existed (`Platform.greetsFrom`). Returns how many are newly due.
   */
  addGreetings(platform: string, arrivals: readonly Arrival[], now: number): Promise<number>
  greetingsDue(platform: string, now: number): Promise<Greeting[]>
  /** False when another process has it. It is due again at `nextTryAt`, unless it has ended. */
  claimGreeting(greeting: Greeting, nextTryAt: number): Promise<boolean>
  /** It was sent, or given up. */
  endGreeting(place: PlaceKey): Promise<void>

  /**
   * Undefined: show it now. Otherwise when it was shown, within an hour: somebody who was told so and presses
   * again a while later has looked for it in vain, and gets it again.
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
