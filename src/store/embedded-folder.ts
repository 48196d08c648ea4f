/** The folder of the embedded Postgres: made if it is missing, and opened. */
import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { closeTree, copyPrivately, MAKING, pgFolder, withoutOthers } from './private-folder.js'

export interface Place {
  readonly dataDir: string
  /** The folder of a new database, which is copied if there is none yet. */
  readonly from: string | undefined
}

/**
 * A new folder is made under another name first, so that a half-made one is never mistaken for a complete
 * one.
 */
export async function openFolder({ dataDir, from }: Place): Promise<PGlite> {
  const folder = pgFolder(dataDir)
  if (!existsSync(folder)) {
    const making = path.join(dataDir, MAKING)
    rmSync(making, { recursive: true, force: true })
    if (from === undefined) await (await openPrivate(making)).close()
    else copyPrivately(from, making)
    renameSync(making, folder)
  }
  closeTree(folder)
  return openPrivate(folder)
}

const SETTINGS = [
  // Nothing gathers statistics here: the planner would read and sort all of a long history to read its end.
  'enable_bitmapscan=off',
  // PGlite touches all of it at once, and has 128 MB if nobody says otherwise; the system caches the files too.
  'shared_buffers=32MB',
]

function openPrivate(folder: string): Promise<PGlite> {
  const startParams = [...PGlite.defaultStartParams, ...SETTINGS.flatMap((one) => ['-c', one])]
  return PGlite.create({ fs: new PrivateFS(folder), startParams })
}

class PrivateFS extends NodeFS {
  override async init(...[lite, given]: Parameters<InstanceType<typeof NodeFS>['init']>) {
    const close = ({ NODEFS }: { NODEFS: unknown }) =>
      withoutOthers(NODEFS as Parameters<typeof withoutOthers>[0])
    return super.init(lite, { ...given, preRun: [...(given.preRun ?? []), close] })
  }
}
