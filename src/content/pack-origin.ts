/**
 * Records where an added pack comes from, in a hidden file of its folder: it is moved and deleted with the
 * folder, and does not count in the folder's hash.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import * as z from 'zod'

const FILE = '.origin.yaml'

const schema = z.object({
  /** A folder, a zip file, or `https://…#ref`. */
  from: z.string(),
  /** The folder of the pack in the source. */
  folder: z.string().optional(),
  /** The commit that was read of a repository. */
  commit: z.string().optional(),
  /** The hash of the files as they were taken: if it differs now, somebody has changed them here. */
  hash: z.string(),
  at: z.string(),
  /** Questions whose key changed: what was posted of them is corrected at the next start. */
  regrade: z.object({ why: z.string(), questions: z.array(z.string()) }).optional(),
})

export type PackOrigin = z.infer<typeof schema>

/** Returns undefined for a pack that was made here, and for an unreadable file. */
export async function readOrigin(pack: string): Promise<PackOrigin | undefined> {
  try {
    return schema.parse(parse(await readFile(path.join(pack, FILE), 'utf8'), { maxAliasCount: 0 }))
  } catch {
    return undefined
  }
}

/** If it is interrupted at any point, the old file or the new one is there. */
export async function writeOrigin(pack: string, origin: PackOrigin): Promise<void> {
  const making = path.join(pack, `${FILE}.making`)
  await writeFile(
    making,
    `# Written by "cohort pack add" and "cohort pack update", which read it again.\n${stringify(origin)}`,
  )
  await rename(making, path.join(pack, FILE))
}
