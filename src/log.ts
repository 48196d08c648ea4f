/** One JSON line an event: a static message, the variables as fields, never a token. */
import { pino } from 'pino'
import type { Log } from './bot/app.js'

const SECRET_FIELDS = ['token', 'secret', 'password', 'authorization', 'url', 'connectionString']

export function createLog(level: string): Log {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`])
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[hidden]' },
    serializers: { error: brief },
  }
  // Standard output is for the few lines that people read at the start.
  return pino(options, pino.destination(2))
}

/** Message, code and the first lines of the stack: some database errors carry kilobytes of source. */
function brief(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? error.code : undefined
  const stack = error.stack
    ?.split('\n')
    .slice(0, 6)
    .map((line) => line.slice(0, 200))
    .join('\n')
  return { name: error.name, message: error.message.slice(0, 500), code, stack }
}
