/** A file that somebody has sent. Nothing of it is fetched before somebody asks for it. */
export interface Upload {
  /** As whoever sent it called it. */
  readonly name: string
  /**
   * At most `MAX_UPLOAD_BYTES`. Throws `UserError` that says what to do when the file is larger, gone, or does
   * not come.
   */
  read(): Promise<Uint8Array>
}

/** The largest file that is taken, as readers of question files take it; what is said of its size is not believed. */
export const MAX_UPLOAD_BYTES = 5_000_000
