/** A person's mistake. The message says what is wrong and what to do, and is shown to them as it is. */
export class UserError extends Error {
  override readonly name = 'UserError'
}
