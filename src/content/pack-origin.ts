/**
 * Where an added pack comes from, in a hidden file of its folder: it comes and goes with the folder, and is
 * no part of what the folder's hash is made of.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { z } from 'zod'

const FILE = '.origin.yaml'

const schema = z.object({
  /** A folder, a zip file, or `https://…#ref`. */
  from: z.string(),
  /** Of the pack in it. */
  folder: z.string().optional(),
  /** What was read of a repository. */
  commit: z.string().optional(),
  /** Of the files as they were taken: with another hash, somebody has changed them here. */
  hash: z.string(),
  at: z.string(),
  /** Questions whose key changed: what was posted of them follows with the next start. */
  regrade: z.object({ why: z.string(), questions: z.array(z.string()) }).optional(),
})

export type PackOrigin = z.infer<typeof schema>

/** Undefined for a pack that was made here, and for a file that nobody can read. */
export async function readOrigin(pack: string): Promise<PackOrigin | undefined> {
  try {
    return schema.parse(parse(await readFile(path.join(pack, FILE), 'utf8'), { maxAliasCount: 0 }))
  } catch {
    return undefined
  }
}

/** The old one or the new one is there, whenever it ends. */
export async function writeOrigin(pack: string, origin: PackOrigin): Promise<void> {
  const making = path.join(pack, `${FILE}.making`)
  await writeFile(
    making,
    `# Written by "cohort pack add" and "cohort pack update", which read it again.\n${stringify(origin)}`,
  )
  await rename(making, path.join(pack, FILE))
}
