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
  /** Only the member who gets it can see it. */
  readonly hidden: boolean
  /** Epoch milliseconds. */
  readonly at: number
  readonly body: Body
}

/**
 * One event of the stream: everything on connect and after a deletion, then each message as it comes or
 * changes.
 */
export type StreamEvent =
  /** `isWhole`: messages before these may be gone too. */
  | { readonly kind: 'all'; readonly messages: readonly Shown[]; readonly isWhole?: true }
  | { readonly kind: 'put'; readonly message: Shown }

/** An event and whom it is for. A stream for one member alone does not say it. */
export type StreamedEvent = StreamEvent & { readonly as: string }

/** Messages before a given one; none are left where it is empty. */
export interface Earlier {
  readonly messages: readonly Shown[]
}

export interface RoomState {
  readonly channel: string
  readonly members: readonly LocalMember[]
  /** Lines worth trying first. */
  readonly examples: readonly string[]
}

/** A form that was opened for one member; `token` comes back with what they filled in. */
export interface OpenForm {
  readonly token: string
  readonly form: Form
  /** The field to begin with. */
  readonly field?: string
}

/** The answer to every POST that went well; cards come over the stream. */
export interface Done {
  readonly form?: OpenForm
}

/** `field`: the field of the form at which to show it. */
export interface Problem {
  readonly error: string
  readonly field?: string | undefined
}

/** A file that was sent; `file` stands for it as the value of a field. */
export interface Uploaded {
  readonly file: string
}

export interface Completions {
  readonly choices: readonly Choosable[]
}
