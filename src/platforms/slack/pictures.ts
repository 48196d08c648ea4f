/** Draws pictures, uploads each once per workspace, and refers to them by their file in image blocks. */
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../bot/deps.js'
import type { Card, Picture } from '../../bot/ui/card.js'
import { createBoundedCache } from '../../core/bounded-cache.js'
import { short } from '../../core/text.js'
import { withTimeout } from '../timeout.js'
import type { Api } from './api.js'
import type { Files } from './blocks.js'
import { FILE_ALT_TEXT } from './limits.js'
import { isNotReady, refusalIn } from './refusals.js'

export interface Pictures {
  /**
   * Uploads the pictures of a card, and sends it. Nobody waits long for a picture: if it is not ready soon,
   * the card is sent with its words, and `add` adds the picture later. A picture that fails is left out.
   */
  sendWith<T>(workspace: string, what: Shown, send: Send<T>, add: Add<T>, soonMs?: number): Promise<T>
}

type Send<T> = (files: Files) => Promise<T>
/** `sent`: the result of sending the card without its pictures. Not called if there are none. */
type Add<T> = (files: Files, sent: T) => Promise<unknown>

/** `reference`: the reference of the request that the card answers, for the log. */
interface Shown {
  readonly card: Card
  readonly reference?: string
}

/** How long a message waits for the upload of its pictures. */
const SOON_MS = 2000
/** Timeout of an upload. */
const PATIENCE_MS = 60_000
const UPLOAD_MS = 30_000
/** Pauses between tries: Slack takes a moment to scan a file, and refuses messages with it until then. */
const NOT_READY_MS = [300, 600, 1200]
/** Pauses between tries once the card has been sent. */
const LATER_MS = [600, 1200, 2400, 5000, 10_000, 20_000]
/**
 * The number of remembered pictures: diagrams come again with every look-up of their topic; boards and
 * reveals do not.
 */
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
  const known = createBoundedCache<Promise<string | undefined>>(REMEMBERED)

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
      signal: AbortSignal.timeout(UPLOAD_MS),
    })
    const refusal = refusalIn(await sent.text())
    if (!sent.ok || refusal) throw new Error(`the upload was answered with ${refusal ?? sent.status}`)
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

  async function addLater<T>(
    workspace: string,
    uploading: Promise<Files>,
    sent: T,
    add: Add<T>,
  ): Promise<void> {
    const files = await uploading
    if (files.size === 0) return
    if (await onceReady(LATER_MS, () => add(files, sent))) return
    // The files may be gone from Slack, so they are uploaded again next time.
    for (const picture of files.keys()) known.delete(keyOf(workspace, picture))
    throw new Error('Slack did not make the file ready')
  }

  return {
    async sendWith(workspace, what, send, add, soonMs = SOON_MS) {
      const uploading = filesOf(workspace, what)
      const files = await withTimeout(soonMs, uploading)
      if (files?.size === 0) return send(files)
      const whole = files && (await onceReady(NOT_READY_MS, () => send(files)))
      if (whole) return whole.result
      const sent = await send(new Map())
      addLater(workspace, uploading, sent, add).catch((error) =>
        log.warn({ workspace, reference: what.reference, error }, 'slack picture not shown'),
      )
      return sent
    },
  }
}

/** Retries after each pause while Slack scans the files; undefined if it still does after the last. */
async function onceReady<T>(
  pauses: readonly number[],
  send: () => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  for (const ms of pauses) {
    try {
      return { result: await send() }
    } catch (error) {
      if (!isNotReady(error)) throw error
      await wait(ms, undefined, { ref: false })
    }
  }
  return undefined
}

function keyOf(workspace: string, picture: Picture): string {
  return createHash('sha256')
    .update(JSON.stringify([workspace, picture]))
    .digest('base64')
}
