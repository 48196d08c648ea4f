/** Keeps other web sites out of a chat that listens on this computer. */
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { MAX_UPLOAD_BYTES } from '../../bot/ports/upload.js'
import { strictHeaders } from '../strict-headers.js'

const MAX_BODY = 64 * 1024
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/** A foreign page can point its own name at 127.0.0.1 (DNS rebinding), but cannot send our name as Host. */
export const localHostOnly: MiddlewareHandler = async (c, next) => {
  if (LOCAL_HOST.test(hostOf(c.req.header('host'), c.req.url))) return next()
  return c.json({ error: 'This chat answers at localhost or 127.0.0.1 only.' }, 403)
}

/** The path for files, which are sent as bytes and are larger than anything else that the page sends. */
export const UPLOAD_PATH = '/api/upload'

/**
 * A page of another site can send a POST here, but not with our Origin, nor JSON or raw bytes without a
 * preflight.
 */
export const ownPageOnly: MiddlewareHandler = async (c, next) => {
  if (c.req.method !== 'POST') return next()
  if (
    c.req.header('origin')?.toLowerCase() !==
    `http://${hostOf(c.req.header('host'), c.req.url).toLowerCase()}`
  ) {
    return c.json(
      { error: 'This request did not come from the chat page. Reload the page and try again.' },
      403,
    )
  }
  const wanted = c.req.path === UPLOAD_PATH ? 'octet-stream' : 'json'
  const [type = ''] = (c.req.header('content-type') ?? '').toLowerCase().split(';')
  if (type.trim() !== `application/${wanted}`)
    return c.json({ error: wanted === 'json' ? 'Send JSON.' : 'Send the bytes of a file.' }, 415)
  return next()
}

const smallBodies = bodyLimit({
  maxSize: MAX_BODY,
  onError: (c) => c.json({ error: 'That is too long: at most 64 KB.' }, 413),
})
const uploadBodies = bodyLimit({
  maxSize: MAX_UPLOAD_BYTES,
  onError: (c) =>
    c.json({ error: `That file is larger than ${MAX_UPLOAD_BYTES / 1_000_000} MB. Split it.` }, 413),
})

/** Counts the bytes as they arrive. */
export const boundedBodies: MiddlewareHandler = (c, next) =>
  c.req.path === UPLOAD_PATH ? uploadBodies(c, next) : smallBodies(c, next)

const HEADERS = strictHeaders(
  "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'",
)

export const safeHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
}

/**
 * Whether the client has hung up before its whole request arrived: that is not an error of ours, and nobody
 * is there to be told.
 */
export function isCutOff(c: Context): boolean {
  const incoming = (c.env as Partial<HttpBindings> | undefined)?.incoming
  return incoming?.destroyed === true && !incoming.complete
}

function hostOf(header: string | undefined, url: string): string {
  return header ?? new URL(url).host
}
