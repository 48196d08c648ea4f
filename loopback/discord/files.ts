/** Attachments of people: signed links that expire after a day, like those of Discord's CDN. */
import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** An attachment in an interaction, shortened to the fields that are always there. */
export interface Attachment {
  readonly id: string
  readonly filename: string
  readonly size: number
  readonly content_type: string
  readonly url: string
  readonly proxy_url: string
  readonly ephemeral: boolean
}

const DAY_MS = 86_400_000
const SECRET = 'loopback-cdn'

interface FilesOf {
  readonly address: () => string
  readonly now: () => number
  readonly snowflake: () => string
}

export function createFiles({ address, now, snowflake }: FilesOf) {
  const all = new Map<string, { readonly bytes: Uint8Array; readonly shown: Attachment }>()
  const signature = (path: string, ends: string) =>
    createHmac('sha256', SECRET).update(`${path} ${ends}`).digest('hex')
  return {
    /** Uploads a file; `more` overrides what Discord says about it. */
    keep(filename: string, bytes: Uint8Array, more: Partial<Attachment> = {}): Attachment {
      const id = snowflake()
      const path = `/ephemeral-attachments/${id}/${encodeURIComponent(filename)}`
      const ends = Math.floor((now() + DAY_MS) / 1000).toString(16)
      const url = `${address()}${path}?ex=${ends}&is=0&hm=${signature(path, ends)}&`
      const shown = {
        ...{ id, filename, size: bytes.length, content_type: 'text/plain; charset=utf-8' },
        ...{ url, proxy_url: url, ephemeral: true, ...more },
      }
      all.set(id, { bytes, shown })
      return shown
    },
    /** Files need no token, and a request with one is refused. */
    serve({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
      const { pathname, searchParams } = new URL(url, 'http://x')
      const ends = searchParams.get('ex') ?? ''
      const isGood =
        searchParams.get('hm') === signature(pathname, ends) && Number.parseInt(ends, 16) * 1000 > now()
      const kept = all.get(pathname.split('/')[2] ?? '')
      const isTold = headers.authorization !== undefined
      if (isTold || !isGood || !kept)
        return void response
          .writeHead(isTold ? 400 : 404, { 'Content-Type': 'text/plain' })
          .end('This content is no longer available.')
      response.writeHead(200, { 'Content-Type': kept.shown.content_type }).end(kept.bytes)
    },
  }
}

/** Returns what an interaction contains besides the ids of its files. */
export function resolvedFiles(files: readonly Attachment[]) {
  return files.length === 0
    ? {}
    : { resolved: { attachments: Object.fromEntries(files.map((one) => [one.id, one])) } }
}
