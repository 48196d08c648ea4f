/**
 * Fetches a file that a person sent, only from the platform's own hosts: a made-up address must not make
 * Cohort call a machine of its own network, nor hand a token to a stranger.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { Agent, type Dispatcher, request } from 'undici'
import { MAX_UPLOAD_BYTES } from '../bot/ports/upload.js'
import { UserError } from '../core/errors.js'

export interface UploadHosts {
  /** The platform's name as people know it. */
  readonly platform: string
  /** Whether the platform keeps files on this host; asked only for `https` at its usual port. */
  readonly isOwn: (host: string) => boolean
  /** The base URL of the API if a setting names one: a proxy, which may serve files too. */
  readonly base: string | undefined
  /** The timeout of a whole try, from the first byte to the last. */
  readonly timeoutMs?: number
}

/**
 * Returns the file. Throws a `UserError` that says what to do. `headers` go to the platform's own hosts only.
 */
export type FetchUpload = (url: string, headers?: Readonly<Record<string, string>>) => Promise<Uint8Array>

const TIMEOUT_MS = 15_000
const TRIES = 3
/** A person waits for the answer: after a longer wait they can try again themselves. */
const LONGEST_WAIT_MS = 5000
const PAUSE_MS = 200

export function createFetchUpload(hosts: UploadHosts): FetchUpload {
  const dispatcher = new Agent({ connections: 8, keepAliveTimeout: 1000 })
  return async (url, headers = {}) => {
    const address = checkedAddress(url, hosts)
    for (let tries = 1; ; tries++) {
      const found = await tryOnce(address, headers, dispatcher, hosts)
      if ('bytes' in found) return found.bytes
      if (tries === TRIES || found.waitMs > LONGEST_WAIT_MS) throw new UserError(found.message)
      await wait(found.waitMs || PAUSE_MS * tries)
    }
  }
}

function checkedAddress(url: string, { platform, isOwn, base }: UploadHosts): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined
  const isTheirs =
    address?.protocol === 'https:' && address.port === '' && address.username === '' && isOwn(address.host)
  const isOfBase = address && base !== undefined && address.origin === new URL(base).origin
  if (address && (isTheirs || isOfBase)) return address
  throw new UserError(
    `${platform} keeps this file at another place, which Cohort does not fetch from. Download it, and send the file itself.`,
  )
}

type Tried = { readonly bytes: Uint8Array } | { readonly message: string; readonly waitMs: number }

async function tryOnce(
  address: URL,
  headers: Readonly<Record<string, string>>,
  dispatcher: Dispatcher,
  { platform, timeoutMs = TIMEOUT_MS }: UploadHosts,
): Promise<Tried> {
  const signal = AbortSignal.timeout(timeoutMs)
  const silent = `${platform} did not hand out the file in time. Please send it again.`
  try {
    // This request follows no redirect and unpacks nothing: the bytes that are counted are the bytes that are
    // kept.
    const answer = await request(address, {
      ...{ dispatcher, signal },
      headers: { ...headers, 'Accept-Encoding': 'identity' },
    })
    // An abandoned stream emits an error once more, with no other listener.
    answer.body.on('error', () => {})
    const status = answer.statusCode
    if (status === 200) return { bytes: await counted(answer.body, Number(answer.headers['content-length'])) }
    answer.body.destroy()
    if (status === 429)
      return {
        message: `${platform} asks to wait a moment. Please send the file again in a minute.`,
        waitMs: secondsIn(answer.headers['retry-after']) * 1000,
      }
    if (status >= 500) return { message: silent, waitMs: 0 }
    throw new UserError(
      `${platform} does not hand out this file: it may be deleted, or its link is over. Please send the file again.`,
    )
  } catch (error) {
    if (error instanceof UserError) throw error
    return { message: silent, waitMs: 0 }
  }
}

function secondsIn(header: string | string[] | undefined): number {
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 1
}

/** Counts bytes as they arrive, whatever the headers say about the length. */
async function counted(
  body: AsyncIterable<Buffer> & { destroy(): unknown },
  said: number,
): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let size = 0
  if (said > MAX_UPLOAD_BYTES) size = said
  else
    for await (const part of body) {
      size += part.length
      if (size > MAX_UPLOAD_BYTES) break
      parts.push(part)
    }
  if (size <= MAX_UPLOAD_BYTES) return Buffer.concat(parts)
  body.destroy()
  throw tooLarge()
}

export function tooLarge(): UserError {
  return new UserError(
    `That file is larger than ${MAX_UPLOAD_BYTES / 1_000_000} MB. Split it, and send the parts one by one.`,
  )
}
