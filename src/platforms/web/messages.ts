/** The storage that the web chat needs. Bodies are plain JSON, of the type `Body` in `wire.ts`. */
export interface MessageLog {
  /**
   * Adds a message. If the channel already has one under the same key, nothing is added, and the id of the
   * first is returned with `fresh: false`.
   */
  add(message: NewMessage): Promise<{ id: number; fresh: boolean }>
  byKey(workspace: string, channel: string, key: string): Promise<number | undefined>
  /** Does nothing if the message is gone. */
  update(id: number, body: unknown): Promise<void>
  /**
   * Returns the last `limit` of the public messages and those private to `user`, oldest first; only those
   * before one message, if it is given.
   */
  list(
    workspace: string,
    channel: string,
    user: string,
    limit: number,
    before?: number,
  ): Promise<MessageRow[]>
  get(id: number): Promise<MessageRow | undefined>
  /**
   * Deletes every message that is private to the member or written by them; `unnamed` removes their name from
   * the others.
   */
  forget(
    workspace: string,
    who: { readonly id: string; readonly name: string },
    unnamed: (body: unknown) => unknown,
  ): Promise<void>
}

export interface NewMessage {
  readonly workspace: string
  readonly channel: string
  /** The one member who may see it; undefined for everybody. */
  readonly user?: string
  /** A member's id, or `cohort`. */
  readonly author: string
  readonly key?: string
  readonly body: unknown
  /** Epoch milliseconds. */
  readonly at: number
}

export interface MessageRow extends NewMessage {
  readonly id: number
}
