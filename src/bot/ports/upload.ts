/** A file that a person has sent. It is fetched only when its content is needed. */
export interface Upload {
  /** The name that the sender gave it. */
  readonly name: string
  /**
   * At most `MAX_UPLOAD_BYTES`. Throws a `UserError` that says what to do when the file is larger, gone, or
   * does not arrive.
   */
  read(): Promise<Uint8Array>
}

/**
 * The largest file that is accepted, as for readers of question files; claims about its size are not trusted.
 */
export const MAX_UPLOAD_BYTES = 5_000_000
