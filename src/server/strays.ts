/**
 * Logs everything that no handler of ours catches: uncaught errors, warnings of Node, and output of
 * libraries.
 */
import type { Log } from '../bot/deps.js'

/**
 * The process continues after an uncaught error: the database holds the truth, each claim there expires, and
 * ending would stop everybody because of one fault. Everything that comes from outside has handlers of its
 * own, so each such line is a bug.
 */
export function logStrays(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => log.error({ error, origin: event }, 'an error that nobody caught'))
  // Node's own listener prints warnings as plain text.
  process.removeAllListeners('warning')
  process.on('warning', (error) => log.warn({ error }, 'a warning of Node'))
  const printed = ([first, ...rest]: unknown[]) => {
    const error = [first, ...rest].find((one) => one instanceof Error)
    log.warn(error ? { error } : { text: String(first).slice(0, MAX_TEXT) }, 'a library printed')
  }
  console.warn = (...parts: unknown[]) => printed(parts)
  console.error = (...parts: unknown[]) => printed(parts)
}

const MAX_TEXT = 200
