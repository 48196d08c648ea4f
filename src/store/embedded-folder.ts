/** The folder of the embedded Postgres: made if it is missing, and opened. */
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { closeTree, MAKING, pgFolder, withoutOthers } from './private-folder.js'

/**
 * A new folder is made under another name first, so that a half-made one is never mistaken for a complete
 * one. `fresh`: returns the folder of a new database to copy.
 */
export async function openFolder(dataDir: string, fresh: () => Promise<string | undefined>): Promise<PGlite> {
  const folder = pgFolder(dataDir)
  if (!existsSync(folder)) {
    const making = path.join(dataDir, MAKING)
    rmSync(making, { recursive: true, force: true })
    const from = await fresh()
    if (from === undefined) await (await openPrivate(making)).close()
    else cpSync(from, making, { recursive: true })
    renameSync(making, folder)
  }
  closeTree(folder)
  return openPrivate(folder)
}

function openPrivate(folder: string): Promise<PGlite> {
  return PGlite.create({ fs: new PrivateFS(folder) })
}

class PrivateFS extends NodeFS {
  override async init(...[lite, given]: Parameters<InstanceType<typeof NodeFS>['init']>) {
    const close = ({ NODEFS }: { NODEFS: unknown }) =>
      withoutOthers(NODEFS as Parameters<typeof withoutOthers>[0])
    return super.init(lite, { ...given, preRun: [...(given.preRun ?? []), close] })
  }
}
