/** Notes in memory, read and made to a pack, without a disk. */
import { existingPack } from '../../../src/content/made/existing.js'
import { type Made, makePack } from '../../../src/content/made/make-pack.js'
import { type Read, readSource } from '../../../src/content/made/read-source.js'
import { comparePaths, type Source } from '../../../src/content/source.js'

export type Notes = Readonly<Record<string, string | Uint8Array>>

function sourceOf(notes: Notes): Source {
  const paths = Object.keys(notes).sort(comparePaths)
  return {
    name: 'notes',
    paths,
    leftOut: [],
    close: async () => {},
    async *files(wanted = () => true) {
      for (const path of paths) {
        const content = notes[path] ?? ''
        if (wanted(path)) yield { path, bytes: typeof content === 'string' ? Buffer.from(content) : content }
      }
    },
  }
}

export async function madeOf(notes: Notes): Promise<{ read: Read; made: Made; files: Map<string, string> }> {
  const read = await readSource(sourceOf(notes), () => {})
  const made = makePack(read, 'Notes', await existingPack('/nowhere'))
  return { read, made, files: new Map(made.files.map((file) => [file.path, file.text()])) }
}

/** What the front matter says of a topic. */
export const titleIn = (text: string | undefined): string | undefined =>
  /^title: "?(.*?)"?$/m.exec(text ?? '')?.[1]
