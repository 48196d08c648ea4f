/** *Make a question of this*, as a platform hands on the message that somebody points at. */
import type { Caller, Request } from '../ports/chat.js'
import { authoringIds } from './ids.js'

/** In the menu of a message: 24 characters are what Slack takes. */
export const QUESTION_OF_THIS = 'Make a question of this'

export interface PointedAt {
  /** The platform's own ids of the message and of whoever wrote it; no author for what a program wrote. */
  readonly message: string
  readonly author: string
  readonly text: string
}

export function questionOfMessage(caller: Caller, { message, author, text }: PointedAt): Request {
  return { kind: 'submit', caller, id: authoringIds.ofMessage.id({}), values: { message, author, text } }
}
