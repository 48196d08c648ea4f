/** `pack new`: makes a pack from a folder of notes and question files, or from one file. */
import { existsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config.js'
import { openAnySource } from '../content/any-source.js'
import { comingFolder, packIds, packsFolder, takePack } from '../content/data-packs.js'
import { draftPack } from '../content/drafts/update-drafts.js'
import { existingPack } from '../content/made/existing.js'
import { makePack } from '../content/made/make-pack.js'
import { readSource } from '../content/made/read-source.js'
import { slugOf } from '../content/made/slugs.js'
import { humanised } from '../content/made/titles.js'
import { writePack } from '../content/made/write-pack.js'
import { makeFolder } from '../content/make-folder.js'
import type { Source } from '../content/source.js'
import { UserError } from '../core/errors.js'
import { type Io, pathIn } from '../io.js'
import { type Place, reportLines } from './pack-new-report.js'

export interface NewPackOptions {
  readonly title?: string
  readonly id?: string
  readonly out?: string
  readonly dryRun?: boolean
}

/** Returns exit code 1 if nothing could be imported. */
export async function newPack(
  spec: string,
  options: NewPackOptions,
  config: Config,
  io: Io,
): Promise<number> {
  const source = await openAnySource(existsSync(pathIn(io, spec)) ? pathIn(io, spec) : spec, io.env)
  try {
    return await fromSource(source, options, config, io)
  } finally {
    await source.close()
  }
}

async function fromSource(source: Source, options: NewPackOptions, config: Config, io: Io): Promise<number> {
  const place = await placeOf(source, options, config, io)
  const title = (options.title ?? humanised(source.name)).slice(0, 160)
  const existing = await existingPack(place.dir)
  const read = await readSource(source, progress(source.paths.length, io))
  const made = makePack(read, title, existing)
  if (made.files.length === 0) {
    for (const line of reportLines({ read, made, place, written: undefined, drafts: undefined, isDry: true }))
      io.out(line)
    io.err('cohort: nothing of it could be taken, so no pack is made')
    return 1
  }
  const facts = { title, licence: read.licence, attribution: read.attribution }
  const coming = options.dryRun ? undefined : place.coming
  if (coming !== undefined) {
    await rm(coming, { recursive: true, force: true })
    makeFolder(coming)
  }
  const written = await writePack(made, facts, existing, place.dir, coming)
  const drafted = coming === undefined ? undefined : await draftPack(coming, place.dir)
  if (coming !== undefined) await place.take()
  const all = { ...written, told: [...written.told, ...(drafted?.told ?? [])] }
  const [drafts, isDry] = [drafted?.waiting, coming === undefined]
  for (const line of reportLines({ read, made, place, written: all, drafts, isDry })) io.out(line)
  return 0
}

interface NewPlace extends Place {
  /** The folder in which the pack is written before it takes its place. */
  readonly coming: string
  take(): Promise<void>
}

async function placeOf(
  source: Source,
  { id: given, out }: NewPackOptions,
  config: Config,
  io: Io,
): Promise<NewPlace> {
  const id = given ?? slugOf(source.name, 40)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || id.length > 60)
    throw new UserError(
      `--id should be lower-case words joined by hyphens, at most 60 characters, not "${id}"`,
    )
  if (out !== undefined) return outside(pathIn(io, out), id)
  const packs = packsFolder(config.COHORT_DATA_DIR)
  // This call undoes an interrupted exchange.
  await packIds(packs)
  if (existsSync(path.join(config.CONTENT_DIR, id)))
    throw new UserError(`${path.join(config.CONTENT_DIR, id)} is a pack already; choose another id with --id`)
  return {
    id,
    dir: path.join(packs, id),
    coming: comingFolder(packs, id),
    isInPacks: true,
    take: () => takePack(packs, id),
  }
}

/** Places the pack in a folder of the person's own, by the same exchange. */
function outside(dir: string, id: string): NewPlace {
  if (existsSync(dir) && !statSync(dir).isDirectory())
    throw new UserError(`${dir} is a file; name a folder with --out, which is made where there is none`)
  const [parent, name] = [path.dirname(dir), path.basename(dir)]
  return {
    id: name || id,
    dir,
    coming: comingFolder(parent, name),
    isInPacks: false,
    take: () => takePack(parent, name),
  }
}

const EVERY_MS = 3000

/** Prints a line now and then, so that a large folder does not look like a hang. */
function progress(all: number, io: Io): (files: number) => void {
  let told = io.now()
  return (files) => {
    if (io.now() - told < EVERY_MS) return
    told = io.now()
    io.err(`read ${files} of ${all} files`)
  }
}
