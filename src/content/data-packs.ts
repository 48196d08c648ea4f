/**
 * Packs that an operator has put into the data folder, beside those that are shipped. A folder that is being
 * exchanged has two names for a moment: whoever falls between them leaves a pack that the next reader finds.
 */
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { entries } from './files.js'

/**
 * Hidden, so that nothing reads them as packs: one being written, one being exchanged, one that is given up.
 */
const [COMING, GOING, GONE] = ['.coming-', '.going-', '.gone-']

/** In the data folder. */
export const PACKS = 'packs'
export const packsFolder = (dataDir: string): string => path.join(dataDir, PACKS)

/** The ids of the packs that are there, in the order of the alphabet; none where there is no folder. */
export async function packIds(dir: string): Promise<string[]> {
  await restore(dir)
  const found = (await entries(dir)) ?? []
  return found.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

/** Where a new one of that id is written, until `takePack` takes it. */
export const comingFolder = (dir: string, id: string): string => path.join(dir, `${COMING}${id}`, id)

/**
 * Puts what was written to `comingFolder` in the place of the pack, whether or not there was one. Whenever it
 * ends, the old one or the new one is there.
 */
export async function takePack(dir: string, id: string): Promise<void> {
  const [place, old] = [path.join(dir, id), path.join(dir, GOING + id)]
  await rm(old, { recursive: true, force: true })
  if (existsSync(place)) await rename(place, old)
  await rename(comingFolder(dir, id), place)
  await rm(old, { recursive: true, force: true })
  await rm(path.dirname(comingFolder(dir, id)), { recursive: true, force: true })
}

/** Whenever it ends, the pack is there whole or not at all. */
export async function dropPack(dir: string, id: string): Promise<void> {
  const gone = path.join(dir, GONE + id)
  await rm(gone, { recursive: true, force: true })
  await rename(path.join(dir, id), gone)
  await rm(gone, { recursive: true, force: true })
}

/** An exchange that was cut off after its first step is undone, and what others have left behind goes. */
async function restore(dir: string): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    const [left, place] = [path.join(dir, name), path.join(dir, name.slice(GOING.length))]
    // Whoever may not write here reads without it.
    if (name.startsWith(GOING) && !existsSync(place)) await rename(left, place).catch(() => {})
    else if (name.startsWith(GOING) || name.startsWith(GONE))
      await rm(left, { recursive: true, force: true }).catch(() => {})
  }
}
