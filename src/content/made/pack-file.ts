/** A file of a pack that is made, before it is written. */
export interface PackFile {
  /** In the folder of the pack. */
  readonly path: string
  readonly from: string
  /** Of what the notes said. */
  readonly source: string
  text(): string
}
