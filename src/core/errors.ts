import type { Text } from './text.js'

/** A person's mistake. The message says what is wrong and what to do; it is shown to them unchanged. */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** The form field that is wrong, so that a platform can show the message there. */
  readonly field: string | undefined
  /** Text after the message where there is room for it, with links and names of channels. */
  readonly more: Text
  constructor(message: string, field?: string, more: Text = []) {
    super(message)
    this.field = field
    this.more = more
  }
}

/**
 * The button or form will never work again: the message replaces it, and only the person who used it sees the
 * message.
 */
export class Over extends UserError {}

/** Turns any `UserError` that `work` rejects with into an `Over`. */
export async function orOver<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof UserError && error.field === undefined ? new Over(error.message) : error
  }
}

/** Calls `read` and adds the name of the form field to a `UserError`. */
export function inField<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof UserError && error.field === undefined
      ? new UserError(error.message, field)
      : error
  }
}
