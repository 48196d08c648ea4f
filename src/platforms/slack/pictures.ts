/** Pictures at Slack: drawn, uploaded once a workspace, and named in image blocks by their file. */
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../bot/app.js'
import type { Card, Picture } from '../../bot/card.js'
import { short } from '../../core/text.js'
import type { Api } from './api.js'
import { ALT_TEXT } from './limits.js'
import type { Files } from './render.js'

export interface Pictures {
  /** Uploads what the card shows. A picture that cannot be had is left out, and its words stand alone. */
  upload(workspace: string, card: Card): Promise<Files>
}

/** Diagrams come again with every look-up of their topic; boards and reveals do not. */
const REMEMBERED = 5000

interface Ticket {
  readonly upload_url: string
  readonly file_id: string
}

export function createPictures(api: Api, draw: (picture: Picture) => Promise<Uint8Array>, log: Log): Pictures {
  const known = new Map<string, Promise<string | undefined>>()

  async function send(workspace: string, picture: Picture, alt: string): Promise<string> {
    const png = await draw(picture)
    const filename = `${picture.kind}.png`
    const ticket = await api.insist<Ticket>(workspace, 'files.getUploadURLExternal', {
      filename,
      length: png.byteLength,
      alt_txt: short(alt, ALT_TEXT),
    })
    const sent = await fetch(ticket.upload_url, { method: 'POST', body: new Uint8Array(png), headers: { 'Content-Type': 'image/png' } })
    if (!sent.ok) throw new Error(`the upload was answered with ${sent.status}`)
    await api.insist(workspace, 'files.completeUploadExternal', { files: [{ id: ticket.file_id, title: filename }] })
    return ticket.file_id
  }

  function once(workspace: string, picture: Picture, alt: string): Promise<string | undefined> {
    const key = createHash('sha256')
      .update(JSON.stringify([workspace, picture]))
      .digest('base64')
    const before = known.get(key)
    if (before) return before
    const sending = send(workspace, picture, alt).catch((error) => {
      known.delete(key)
      log.warn({ workspace, error }, 'slack picture not uploaded')
      return undefined
    })
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value ?? '')
    known.set(key, sending)
    return sending
  }

  return {
    async upload(workspace, card) {
      const shown = card.blocks.flatMap((block) => (block.kind === 'image' ? [block] : []))
      const ids = await Promise.all(shown.map(async ({ picture, alt }) => [picture, await once(workspace, picture, alt)] as const))
      return new Map(ids.filter((pair): pair is [Picture, string] => pair[1] !== undefined))
    },
  }
}

/** Slack takes a moment to make a file usable, and refuses the message until then. */
const NOT_READY_MS = [300, 600, 1200, 2400]

/** Sends with pictures; while Slack does not have them ready, again; then without them. */
export async function withPictures<T>(files: Files, send: (files: Files) => Promise<T>, notReady: (error: unknown) => boolean): Promise<T> {
  for (const ms of files.size > 0 ? NOT_READY_MS : []) {
    try {
      return await send(files)
    } catch (error) {
      if (!notReady(error)) throw error
      await wait(ms)
    }
  }
  return send(new Map())
}
