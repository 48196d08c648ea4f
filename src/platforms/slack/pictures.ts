/** Pictures at Slack: drawn, uploaded once a workspace, and named in image blocks by their file. */
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import type { Log } from '../../bot/deps.js'
import type { Card, Picture } from '../../bot/ui/card.js'
import { short } from '../../core/text.js'
import { withTimeout } from '../timeout.js'
import { type Api, SlackError } from './api.js'
import { FILE_ALT_TEXT } from './limits.js'
import type { Files } from './render.js'

export interface Pictures {
  /**
   * Uploads what the card shows, and sends. While Slack does not have the files ready it sends again, then
   * without them: a picture that cannot be had is left out, and its words stand alone.
   */
  sendWith<T>(workspace: string, what: Shown, send: (files: Files) => Promise<T>): Promise<T>
}

/** `reference`: of the request that the card answers, for the log. */
interface Shown {
  readonly card: Card
  readonly reference?: string
}

/**
 * A message waits no longer for its pictures: a round is leased to one process for a minute only
 * (`daily.ts`).
 */
const PATIENCE_MS = 15_000
/** Slack takes a moment to make a file usable, and refuses the message until then. */
const NOT_READY_MS = [300, 600, 1200, 2400]
/** Diagrams come again with every look-up of their topic; boards and reveals do not. */
const REMEMBERED = 5000

interface Ticket {
  readonly upload_url: string
  readonly file_id: string
}

export function createPictures(
  api: Api,
  draw: (picture: Picture) => Promise<Uint8Array>,
  log: Log,
): Pictures {
  const known = new LRUCache<string, Promise<string | undefined>>({ max: REMEMBERED })

  async function upload(workspace: string, picture: Picture, alt: string): Promise<string> {
    const png = await draw(picture)
    const filename = `${picture.kind}.png`
    const ticket = await api.callWithRetry<Ticket>(workspace, 'files.getUploadURLExternal', {
      filename,
      length: png.byteLength,
      alt_txt: short(alt, FILE_ALT_TEXT),
    })
    const sent = await fetch(ticket.upload_url, {
      method: 'POST',
      body: new Uint8Array(png),
      headers: { 'Content-Type': 'image/png' },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (!sent.ok) throw new Error(`the upload was answered with ${sent.status}`)
    await api.callWithRetry(workspace, 'files.completeUploadExternal', {
      files: [{ id: ticket.file_id, title: filename }],
    })
    return ticket.file_id
  }

  function once(
    workspace: string,
    picture: Picture,
    alt: string,
    reference?: string,
  ): Promise<string | undefined> {
    const key = keyOf(workspace, picture)
    const before = known.get(key)
    if (before) return before
    const sending = upload(workspace, picture, alt).catch((error) => {
      known.delete(key)
      log.warn({ workspace, reference, error }, 'slack picture not uploaded')
      return undefined
    })
    known.set(key, sending)
    return sending
  }

  async function filesOf(workspace: string, { card, reference }: Shown): Promise<Files> {
    const shown = card.blocks.flatMap((block) => (block.kind === 'image' ? [block] : []))
    const ids = shown.map(
      async ({ picture, alt }) =>
        [picture, await withTimeout(PATIENCE_MS, once(workspace, picture, alt, reference))] as const,
    )
    return new Map(
      (await Promise.all(ids)).filter((pair): pair is [Picture, string] => pair[1] !== undefined),
    )
  }

  return {
    async sendWith(workspace, what, send) {
      const files = await filesOf(workspace, what)
      for (const ms of files.size > 0 ? NOT_READY_MS : []) {
        try {
          return await send(files)
        } catch (error) {
          if (!isNotReady(error)) throw error
          await wait(ms)
        }
      }
      // The files may be gone from Slack: the next time they are uploaded anew.
      for (const picture of files.keys()) known.delete(keyOf(workspace, picture))
      return send(new Map())
    },
  }
}

function keyOf(workspace: string, picture: Picture): string {
  return createHash('sha256')
    .update(JSON.stringify([workspace, picture]))
    .digest('base64')
}

/** A file that is not ready is told as blocks that are wrong; nothing else can be wrong with them. */
function isNotReady(error: unknown): boolean {
  return (
    error instanceof SlackError &&
    ['invalid_blocks', 'invalid_arguments', 'slack_file_not_found', 'file_not_found'].includes(error.code)
  )
}
