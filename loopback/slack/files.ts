/** Files that people share: what Slack reports about them, and the address where a token opens them. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** A file in payloads, shortened to their common fields. */
export interface SharedFile {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly mimetype: string
  readonly filetype: string
  readonly user: string
  readonly user_team: string
  readonly size: number
  readonly mode: string
  readonly is_external: boolean
  readonly url_private: string
  readonly url_private_download: string
}

interface Kept {
  readonly team: string
  readonly shown: SharedFile
  readonly bytes: Uint8Array
}

interface FilesOf {
  readonly address: () => string
  /** Whether a token opens files of a workspace. */
  readonly mayRead: (token: string, team: string) => boolean
}

export function createFiles({ address, mayRead }: FilesOf) {
  const all = new Map<string, Kept>()
  return {
    /** Uploads a file; `more` overrides what Slack says about it. */
    keep(
      team: string,
      user: string,
      name: string,
      bytes: Uint8Array,
      more: Partial<SharedFile> = {},
    ): SharedFile {
      const id = `F${randomBytes(5).toString('hex').toUpperCase()}`
      const url = `${address()}/files-pri/${team}-${id}/${encodeURIComponent(name)}`
      const shown = {
        ...{ id, name, title: name, mimetype: 'text/plain', filetype: 'text', user, user_team: team },
        ...{ size: bytes.length, mode: 'hosted', is_external: false },
        ...{ url_private: url, url_private_download: url, ...more },
      }
      all.set(id, { team, shown, bytes })
      return shown
    },
    find: (team: string, id: string) => {
      const kept = all.get(id)
      return kept?.team === team ? kept.shown : undefined
    },
    delete: (id: string) => all.delete(id),
    /** Without a valid token Slack redirects to its sign-in page, without an error. */
    serve(path: string, { headers }: IncomingMessage, response: ServerResponse): void {
      const [, team = '', id = ''] = /^\/files-pri\/([^-/]+)-([^/]+)\//.exec(path) ?? []
      const kept = all.get(id)
      const token = String(headers.authorization ?? '').replace('Bearer ', '')
      if (!mayRead(token, team))
        return void response.writeHead(302, { Location: `${address()}/signin` }).end()
      if (kept?.team !== team) return void response.writeHead(404).end()
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(kept.bytes)
    },
  }
}
