/** One JSON line an event: a static message, the variables as fields, never a token. */
import { pino } from 'pino'
import type { Log } from './bot/deps.js'

/** Characters; what comes after these is lost. */
const MAX_UNWRITTEN = 1_000_000
const SECRET_FIELDS = ['token', 'secret', 'password', 'authorization', 'url', 'connectionString']

/** `write` is given each line; without it, standard error is. */
export function createLog(level: string, write?: (line: string) => void): Log {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`])
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[hidden]' },
    serializers: { error: brief },
  }
  return pino(options, write ? { write } : standardError())
}

function standardError() {
  // Standard output is for the few lines that people read at the start.
  const out = pino.destination({ dest: 2, sync: true, maxLength: MAX_UNWRITTEN })
  // A log that cannot be written, such as for want of room, is no reason to end; nor to wait at the end until
  // it can be.
  out.on('error', () => {})
  return out
}

const MAX_MESSAGE = 500

/**
 * Message, code and the first lines of the stack: some database errors carry kilobytes of source. Never
 * throws, since it is also there for what nobody caught.
 */
function brief(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error.slice(0, MAX_MESSAGE) : error
  const code = 'code' in error ? error.code : undefined
  const message = quotesItsInput(error)
    ? 'not told, since it quotes what was sent'
    : String(error.message).slice(0, MAX_MESSAGE)
  // The message stands in the first lines of a stack, too.
  const stack = String(error.stack)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6)
    .map((line) => line.slice(0, 200))
    .join('\n')
  return { name: error.name, message, code, stack }
}

/** As `JSON.parse` does with whatever somebody sent, and Postgres with a value that it cannot take. */
function quotesItsInput(error: Error): boolean {
  const isJson = error instanceof SyntaxError && /JSON/.test(String(error.message))
  return isJson || ('code' in error && /^22[0-9A-Z]{3}$/.test(String(error.code)))
}
