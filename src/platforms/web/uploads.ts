/** Keeps files that members have sent and not used yet, in memory only, for some minutes. */
import { LRUCache } from 'lru-cache'
import type { FormValues, Uploads } from '../../bot/ports/chat.js'
import { MAX_UPLOAD_BYTES, type Upload } from '../../bot/ports/upload.js'
import type { Form } from '../../bot/ui/card.js'
import { MINUTE_MS } from '../../core/time.js'

export interface WebUploads {
  /** Returns the id that represents the file in a form. */
  keep(user: string, name: string, bytes: Uint8Array): string
  /** Undefined if it is no longer here, or belongs to another member. Each id works once. */
  take(id: string, user: string): Upload | undefined
  forget(user: string): void
}

interface Kept {
  readonly user: string
  readonly name: string
  readonly bytes: Uint8Array
}

/** The maximum for all members together. */
const MOST_BYTES = 8 * MAX_UPLOAD_BYTES
const KEPT_MS = 10 * MINUTE_MS

export function createUploads(): WebUploads {
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ bytes }) => bytes.byteLength + 1,
    ttl: KEPT_MS,
  })
  return {
    keep(user, name, bytes) {
      const id = crypto.randomUUID()
      kept.set(id, { user, name, bytes })
      return id
    },
    take(id, user) {
      const found = kept.get(id)
      if (found?.user !== user) return undefined
      kept.delete(id)
      return { name: found.name, read: async () => found.bytes }
    },
    forget(user) {
      for (const [id, one] of kept.entries()) if (one.user === user) kept.delete(id)
    },
  }
}

/**
 * Returns the values with the names of the files, and the files; or the field whose file is no longer here.
 */
export function takeUploads(
  form: Form,
  given: FormValues,
  take: (id: string) => Upload | undefined,
): { readonly values: FormValues; readonly uploads: Uploads } | { readonly missing: string } {
  const values: Record<string, FormValues[string]> = { ...given }
  const uploads: Record<string, Upload> = {}
  for (const { kind, name } of form.fields) {
    if (kind !== 'file') continue
    const upload = take(String(given[name] ?? ''))
    if (!upload) return { missing: name }
    uploads[name] = upload
    values[name] = upload.name
  }
  return { values, uploads }
}
