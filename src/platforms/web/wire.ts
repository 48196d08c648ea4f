/** The JSON between server and page. Types only: the page imports this file too. */
import type { Card, Choosable, Form } from '../../bot/ui/card.js'

export interface LocalMember {
  readonly id: string
  readonly name: string
  readonly admin: boolean
}

/** A member's own line, the echo of a command, or a card of the bot. */
export type Body =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'card'; readonly card: Card }

export interface Shown {
  readonly id: number
  /** A member's id, or `cohort`. */
  readonly author: string
  /** Whether only the member who gets it can see it. */
  readonly hidden: boolean
  /** Epoch milliseconds. */
  readonly at: number
  readonly body: Body
}

/**
 * One event of the stream: all messages on connect and after a deletion, then each message as it comes or
 * changes.
 */
export type StreamEvent =
  /** `isWhole`: whether messages before these may be gone too. */
  | { readonly kind: 'all'; readonly messages: readonly Shown[]; readonly isWhole?: true }
  | { readonly kind: 'put'; readonly message: Shown }

/** An event and its member, whom a stream for one member alone does not name. */
export type StreamedEvent = StreamEvent & { readonly as: string }

/** Messages before a given one; empty if there are no more. */
export interface Earlier {
  readonly messages: readonly Shown[]
}

export interface RoomState {
  readonly channel: string
  readonly members: readonly LocalMember[]
  /** Lines that are worth trying first. */
  readonly examples: readonly string[]
}

/** A form that was opened for one member; `token` comes back with what they filled in. */
export interface OpenForm {
  readonly token: string
  readonly form: Form
  /** The field that gets the focus. */
  readonly field?: string
}

/** The answer to every successful POST; cards come over the stream. */
export interface Done {
  readonly form?: OpenForm
}

/** `field`: the form field at which to show it. */
export interface Problem {
  readonly error: string
  readonly field?: string | undefined
}

/** A sent file; `file` represents it as the value of a field. */
export interface Uploaded {
  readonly file: string
}

export interface Completions {
  readonly choices: readonly Choosable[]
}
