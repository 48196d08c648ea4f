import type { Text } from './text.js'

/** A person's mistake. The message says what is wrong and what to do; it is shown to them unchanged. */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** The field of the form that is wrong, so that a platform can show the message there. */
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
 * What was pressed or sent will never work again: the message is shown in its place, where only its owner
 * sees it.
 */
export class Over extends UserError {}

/** Turns any mistake that `work` rejects with into an `Over`. */
export async function orOver<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof UserError && error.field === undefined ? new Over(error.message) : error
  }
}

/** Calls `read`, and adds the name of the form's field to a mistake. */
export function inField<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof UserError && error.field === undefined
      ? new UserError(error.message, field)
      : error
  }
}
