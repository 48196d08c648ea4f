/**
 * Records what a pack was made from, in a hidden file of its folder, so that making it again keeps slugs,
 * ids, and changes by hand.
 */
import { createHash } from 'node:crypto'
import * as z from 'zod'

export const MANIFEST = '.made.json'

const entry = z.object({
  /** The place in the notes: the path, and for a topic the headings after `#`. */
  from: z.string(),
  /** The hash of what the notes said. */
  source: z.string(),
  /** The hash of the file as it was written; a different hash now shows a change by hand. */
  made: z.string(),
})
const schema = z.object({
  version: z.literal(1),
  /** Entries by the paths of files in the pack. */
  files: z.record(z.string(), entry),
  /** Section ids by the paths of folders in the notes. */
  sections: z.record(z.string(), z.string()),
  /** Ids of questions, by the file and the hashes of the stem and of the answers: `known-questions.ts`. */
  questions: z.record(z.string(), z.string()),
})

export type Manifest = z.infer<typeof schema>
export type MadeFile = z.infer<typeof entry>

export const NO_MANIFEST: Manifest = { version: 1, files: {}, sections: {}, questions: {} }

/** Returns undefined if it is damaged, or of another version. */
export function readManifest(text: string): Manifest | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export const hashOf = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16)
