/** Which content of each pack is current, if several processes share a database. */

/** A pack as a process has it in memory. */
export interface Edition {
  readonly id: string
  /** SHA-256 of its files. */
  readonly hash: string
}

export interface EditionStore {
  /**
   * Reports which content this process has, at its start and then every minute. Content that the database has
   * not seen becomes current at the start of the first process that has it. Earlier content becomes current
   * again when for three minutes no process has reported the current content. Returns the same as
   * `otherEditions`.
   */
  holdEditions(editions: readonly Edition[], isStart: boolean): Promise<string[]>
  /**
   * The ids of packs whose current content this process does not have, including packs that only other
   * processes have.
   */
  otherEditions(editions: readonly Edition[]): Promise<string[]>
  /** Call it at a clean stop, so that the next process need not wait. */
  releaseEditions(editions: readonly Edition[]): Promise<void>
  /** The teams that use the pack, in workspaces that have not removed the bot, by name. */
  teamsOfPack(pack: string): Promise<PackTeam[]>
}

export interface PackTeam {
  readonly id: number
  readonly name: string
  readonly platform: string
  readonly workspace: string
}
