/**
 * What a pack was made of, in a hidden file of its folder: so that making it again keeps slugs and ids, and
 * what was changed by hand since.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'

export const MANIFEST = '.made.json'

const entry = z.object({
  /** Where in the notes it comes from: the path, and for a topic the headings behind `#`. */
  from: z.string(),
  /** Of what the notes said. */
  source: z.string(),
  /** Of the file as it was written; another hash shows a change by hand. */
  made: z.string(),
})
const schema = z.object({
  version: z.literal(1),
  /** By the paths of files in the pack. */
  files: z.record(z.string(), entry),
  /** By the paths of folders in the notes. */
  sections: z.record(z.string(), z.string()),
  /** Ids of questions, by the file and the hashes of the stem and of the answers: `known-questions.ts`. */
  questions: z.record(z.string(), z.string()),
})

export type Manifest = z.infer<typeof schema>
export type MadeFile = z.infer<typeof entry>

export const NO_MANIFEST: Manifest = { version: 1, files: {}, sections: {}, questions: {} }

/** Undefined when it is damaged, or of another version. */
export function readManifest(text: string): Manifest | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export const hashOf = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16)
