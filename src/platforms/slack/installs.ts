/** Where the bot is installed, and with which token. */

export interface Install {
  /** Team id, `T…`. */
  readonly workspace: string
  readonly token: string
  /** User id of the one who installed it, who may set teams up; empty when not known. */
  readonly installer: string
}

export interface Installs {
  find(workspace: string): Promise<Install | undefined>
  save(install: Install): Promise<void>
  remove(workspace: string): Promise<void>
}

/** One workspace, by the bot token of the environment. */
export function oneInstall(workspace: string, token: string): Installs {
  return {
    find: async (asked) => (asked === workspace ? { workspace, token, installer: '' } : undefined),
    save: () => Promise.reject(new Error('one workspace by token has no installs to save')),
    remove: async () => {},
  }
}
