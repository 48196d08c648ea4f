/** The entries in the menu of a message, and the action of *Make a question of this*. */
import type { Caller, Request } from '../ports/chat.js'
import { authoringIds } from './ids.js'

/** Slack allows 24 characters. */
export const EXPLAIN_THIS = 'Explain this'
export const QUESTION_OF_THIS = 'Make a question of this'

export interface PointedAt {
  /** The platform's own ids of the message and of its author; no author if a program wrote it. */
  readonly message: string
  readonly author: string
  readonly text: string
}

export function questionOfMessage(caller: Caller, { message, author, text }: PointedAt): Request {
  return { kind: 'submit', caller, id: authoringIds.ofMessage.id({}), values: { message, author, text } }
}
