/** The files of a message: drawn pictures, and files in the card. */
import type { RawFile } from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { Card, Picture } from '../../bot/ui/card.js'
import { short } from '../../core/text.js'
import { ALT_TEXT } from './limits.js'

/**
 * The file names of the pictures. A picture that is absent could not be drawn, and only its alt text is
 * shown.
 */
export type Files = ReadonlyMap<Picture, string>

export interface Attachments {
  readonly names: Files
  readonly files: RawFile[]
  /** Descriptions of the files for the body of the message, in the same order. */
  readonly attachments: readonly {
    readonly id: string
    readonly filename: string
    readonly description?: string
  }[]
}

/** A message without files. */
export const NO_FILES: Attachments = { names: new Map(), files: [], attachments: [] }

/**
 * Draws the pictures of a card; one that cannot be drawn is left out, and its alt text is shown. `reference`:
 * the reference of the request that the card answers, for the log.
 */
export async function attachmentsOf(
  card: Card,
  draw: (picture: Picture) => Promise<Uint8Array>,
  log: Log,
  reference?: string,
): Promise<Attachments> {
  const names = new Map<Picture, string>()
  const files: RawFile[] = []
  const words = new Map<string, string>()
  for (const block of card.blocks) {
    if (block.kind === 'file' && block.content.byteLength > 0)
      files.push({ name: fileName(block.name), data: block.content, contentType: block.mime })
    if (block.kind !== 'image' || names.has(block.picture)) continue
    try {
      const name = `${block.picture.kind}-${files.length + 1}.png`
      files.push({ name, data: Buffer.from(await draw(block.picture)), contentType: 'image/png' })
      names.set(block.picture, name)
      if (block.alt.trim() !== '') words.set(name, short(block.alt.trim(), ALT_TEXT))
    } catch (error) {
      log.error({ reference, error, kind: block.picture.kind }, 'picture not drawn')
    }
  }
  const attachments = files.map(({ name: filename }, i) => {
    const description = words.get(filename)
    return { id: String(i), filename, ...(description !== undefined && { description }) }
  })
  return { names, files, attachments }
}

/** Returns a file name that Discord does not change. */
export function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._]+/, '') || 'file'
}
