import type { Text } from './text.js'

/** A person's mistake. The message says what is wrong and what to do, and is shown to them as it is. */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** The field of the form that it is about, so that a platform can say it there. */
  readonly field: string | undefined
  /** What follows the message where there is room for it, with links and names of channels. */
  readonly more: Text
  constructor(message: string, field?: string, more: Text = []) {
    super(message)
    this.field = field
    this.more = more
  }
}

/** What was pressed or sent will not work again: this is shown in its place, where only its owner sees it. */
export class Over extends UserError {}

/** As `Over`, whatever mistake `work` rejects with. */
export async function orOver<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof UserError && error.field === undefined ? new Over(error.message) : error
  }
}

/** Does `read`, and says of which field of a form a mistake is. */
export function inField<T>(field: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof UserError && error.field === undefined
      ? new UserError(error.message, field)
      : error
  }
}
