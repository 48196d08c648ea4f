/**
 * Shared by `pack add` and `pack update`: reads a pack from its source into a folder next to its final place.
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { openAnySource } from '../content/any-source.js'
import type { Bank } from '../content/bank.js'
import { comingFolder } from '../content/data-packs.js'
import { gitAddress } from '../content/git-address.js'
import { loadContent } from '../content/load.js'
import { makeFolder } from '../content/make-folder.js'
import { idOf, packRoot, writePack } from '../content/pack-folder.js'
import { type PackOrigin, writeOrigin } from '../content/pack-origin.js'
import { errorsOf, type Problem } from '../content/problem.js'
import { UserError } from '../core/errors.js'
import { type Io, pathIn } from '../io.js'

/** The maximum number of problems listed; the author finds them all with `content check`. */
const NAMED = 20

export interface Wanted {
  readonly from: string
  /** The folder of the pack in its source. */
  readonly folder?: string | undefined
}

export interface Taken {
  readonly id: string
  readonly bank: Bank
  readonly origin: PackOrigin
}

/**
 * Leaves the checked pack in `comingFolder`, ready to be put in its place. `idFor` chooses its id here, given
 * the id in its source. Throws a `UserError`, and leaves nothing behind, if the pack cannot be fetched or has
 * problems.
 */
export async function takePackFrom(
  { from, folder }: Wanted,
  dir: string,
  idFor: (given: string | undefined) => string,
  io: Io,
): Promise<Taken> {
  const source = await openAnySource(from, io.env)
  try {
    const root = packRoot(source, folder)
    const id = idFor(idOf(source, root))
    const place = comingFolder(dir, id)
    await rm(path.dirname(place), { recursive: true, force: true })
    makeFolder(path.dirname(place), 0o700)
    try {
      await writePack(source, root, place)
      const bank = await checkedPack(path.dirname(place), id, from)
      const origin: PackOrigin = {
        from,
        ...(root !== '' && { folder: root.slice(0, -1) }),
        ...(source.commit !== undefined && { commit: source.commit }),
        hash: bank.hash ?? '',
        at: new Date(io.now()).toISOString().slice(0, 10),
      }
      await writeOrigin(place, origin)
      return { id, bank, origin }
    } catch (error) {
      await giveUp(dir, id)
      throw error
    }
  } finally {
    await source.close()
  }
}

/** Removes a pack that was written but is not wanted. */
export const giveUp = (dir: string, id: string): Promise<void> =>
  rm(path.dirname(comingFolder(dir, id)), { recursive: true, force: true })

async function checkedPack(dir: string, id: string, from: string): Promise<Bank> {
  const { banks, problems: all } = await loadContent(dir, id)
  const [bank] = banks
  const problems = errorsOf(all)
  if (bank && problems.length === 0) return bank
  throw new UserError(
    [
      `the pack in ${from} is not taken: ${problems.length} problem(s), which its author has to put right`,
      ...problems.slice(0, NAMED).map(inWords),
      ...(problems.length > NAMED ? [`and ${problems.length - NAMED} more`] : []),
    ].join('\n'),
  )
}

const inWords = ({ file, line, message }: Problem) => `${file}:${line}: ${message}`

/** A path is relative to where the command is typed, not to where the bot is started. */
export function absolute(from: string, io: Io): string {
  const place = path.resolve(pathIn(io, from))
  return existsSync(place) || gitAddress(from) === undefined ? place : from
}
