/** Which content of each pack holds, where several processes share a database. */

/** A pack as a process has it in memory. */
export interface Edition {
  readonly id: string
  /** SHA-256 of its files. */
  readonly hash: string
}

export interface EditionStore {
  /**
   * Says which content this process has, at its start and then every minute. One that the database has not seen
   * holds from the start of the first process that has it; one of before comes back when no process has said
   * for three minutes that it has the one that holds. Returns what `otherEditions` does.
   */
  holdEditions(editions: readonly Edition[], isStart: boolean): Promise<string[]>
  /** The ids of packs of which another content holds, those among them that only others have. */
  otherEditions(editions: readonly Edition[]): Promise<string[]>
  /** At a clean stop: whoever comes next need not wait. */
  releaseEditions(editions: readonly Edition[]): Promise<void>
  /** The teams whose pack it is, of workspaces that have not removed the bot, by name. */
  teamsOfPack(pack: string): Promise<PackTeam[]>
}

export interface PackTeam {
  readonly id: number
  readonly name: string
  readonly platform: string
  readonly workspace: string
}
