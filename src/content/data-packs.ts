/**
 * Packs that an operator has put into the data folder, besides the shipped ones. A folder that is being
 * exchanged has two names for a moment: a process that stops between them leaves a pack that the next reader
 * restores.
 */
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { entries } from './files.js'

/**
 * Hidden prefixes, so that nothing reads these folders as packs: being written, being exchanged, being
 * deleted.
 */
const [COMING, GOING, GONE] = ['.coming-', '.going-', '.gone-']

/** The name of the folder inside the data folder. */
export const PACKS = 'packs'
export const packsFolder = (dataDir: string): string => path.join(dataDir, PACKS)

/** Returns the ids of the packs in alphabetical order; none if there is no folder. */
export async function packIds(dir: string): Promise<string[]> {
  await restore(dir)
  const found = (await entries(dir)) ?? []
  return found.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

/** Returns the folder where a new pack of that id is written, until `takePack` takes it. */
export const comingFolder = (dir: string, id: string): string => path.join(dir, `${COMING}${id}`, id)

/**
 * Replaces the pack with the content of `comingFolder`, whether or not there was one. If it is interrupted at
 * any point, the old pack or the new one is there.
 */
export async function takePack(dir: string, id: string): Promise<void> {
  const [place, old] = [path.join(dir, id), path.join(dir, GOING + id)]
  await rm(old, { recursive: true, force: true })
  if (existsSync(place)) await rename(place, old)
  await rename(comingFolder(dir, id), place)
  await rm(old, { recursive: true, force: true })
  await rm(path.dirname(comingFolder(dir, id)), { recursive: true, force: true })
}

/** Deletes a pack. If it is interrupted at any point, the pack is there as a whole or not at all. */
export async function dropPack(dir: string, id: string): Promise<void> {
  const gone = path.join(dir, GONE + id)
  await rm(gone, { recursive: true, force: true })
  await rename(path.join(dir, id), gone)
  await rm(gone, { recursive: true, force: true })
}

/**
 * Undoes an exchange that was interrupted after its first step, and deletes what other processes left behind.
 */
async function restore(dir: string): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    const [left, place] = [path.join(dir, name), path.join(dir, name.slice(GOING.length))]
    // A process that may not write here reads without the restored pack.
    if (name.startsWith(GOING) && !existsSync(place)) await rename(left, place).catch(() => {})
    else if (name.startsWith(GOING) || name.startsWith(GONE))
      await rm(left, { recursive: true, force: true }).catch(() => {})
  }
}
