/** Files that people send with a command or in a form. */
import { type Attachment, ComponentType, type ModalSubmitInteraction } from 'discord.js'
import type { Uploads } from '../../bot/ports/chat.js'
import { MAX_UPLOAD_BYTES, type Upload } from '../../bot/ports/upload.js'
import { createFetchUpload, tooLarge } from '../fetch-upload.js'

/** The hosts where Discord keeps attachments ("Uploading Files", "Signed Attachment CDN URLs"). */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net']

export type UploadOf = (attachment: Pick<Attachment, 'name' | 'url' | 'size'>) => Upload

/** `base`: base URL of the REST API, if it is set. */
export function createUploads(base: string | undefined, timeoutMs?: number): UploadOf {
  const fetch = createFetchUpload({
    ...{ platform: 'Discord', base, isOwn: (host: string) => HOSTS.includes(host) },
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  return ({ name, url, size }) => ({
    name,
    async read() {
      // The bytes are counted in any case, since the stated size may be wrong.
      if (size > MAX_UPLOAD_BYTES) throw tooLarge()
      return fetch(url)
    },
  })
}

/** Returns the files of a form, by field. */
export function uploadsIn({ components }: ModalSubmitInteraction, uploadOf: UploadOf): Uploads {
  return Object.fromEntries(
    components.flatMap((one) => {
      if (!('component' in one) || one.component.type !== ComponentType.FileUpload) return []
      const file = one.component.attachments.first()
      return file ? [[one.component.customId, uploadOf(file)]] : []
    }),
  )
}
