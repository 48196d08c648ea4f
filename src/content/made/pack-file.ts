/** A file of a pack before it is written. */
export interface PackFile {
  /** The path in the folder of the pack. */
  readonly path: string
  readonly from: string
  /** The hash of what the notes said. */
  readonly source: string
  text(): string
}
