/**
 * Detects what the embedded Postgres does not report by itself: that it has ended, and that it has no room to
 * write.
 */
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { PGlite } from '@electric-sql/pglite'

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number]

/** Postgres' own code for a full disk. */
const DISK_FULL = '53100'
/**
 * A file that could not be made because the disk was full counts as existing, until a restart looks again.
 */
const FILE_EXISTS = '58P02'
/** Severities after which Postgres has ended: it would leave every later statement without an answer. */
const LAST_WORDS = ['PANIC', 'FATAL']
/** The first byte of a message that ends an extended query, and of one that is a simple query. */
const [SYNC, QUERY] = [0x53, 0x51]
/** Room for a few pages of a table. */
const PROBE = new Uint8Array(64 * 1024)

export interface Watched {
  /** Pass this to the driver in place of the real one. */
  readonly lite: Pick<PGlite, 'waitReady' | 'execProtocolStream'>
  /** Throws if it has ended, or if the disk was full and still is. */
  check(): void
}

/** Calls `onEnd` once. Later statements are refused at once. */
export function watch(lite: PGlite, dataDir: string, onEnd: ((error: Error) => void) | undefined): Watched {
  let ended: Error | undefined
  let isFull = false
  /** Set after an error: like Postgres, the rest of that statement is not answered. */
  let isSkipping = false

  function end(error: Error): void {
    if (!ended) onEnd?.(error)
    ended ??= error
  }

  function note(messages: readonly Message[]): void {
    for (const message of messages) {
      if (!(message instanceof Error) || message.name !== 'error') continue
      const { code, severity } = message as Error & { code?: string; severity?: string }
      isSkipping = true
      if (code === DISK_FULL) isFull = true
      if (LAST_WORDS.includes(severity ?? '') || code === FILE_EXISTS) end(message)
    }
  }

  function refuse(error: Error, kind: number | undefined): Message[] {
    const told =
      isSkipping || kind === SYNC ? [] : [Object.assign(new Error(error.message), { name: 'error' })]
    isSkipping = kind !== SYNC && kind !== QUERY
    return [...told, ...(isSkipping ? [] : [{ name: 'readyForQuery' }])] as Message[]
  }

  const execProtocolStream: PGlite['execProtocolStream'] = async (message, options) => {
    if (message[0] === SYNC && !ended) isSkipping = false
    if (ended) return refuse(ended, message[0])
    try {
      const messages = await lite.execProtocolStream(message, options)
      note(messages)
      return ended ? [...messages, ...refuse(ended, message[0])] : messages
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)))
      return refuse(new Error('the embedded database has ended'), message[0])
    }
  }

  return {
    lite: { waitReady: lite.waitReady, execProtocolStream },
    check() {
      if (ended) throw ended
      if (isFull) writeProbe(dataDir)
      isFull = false
    },
  }
}

function writeProbe(dataDir: string): void {
  const file = path.join(dataDir, 'probe')
  try {
    writeFileSync(file, PROBE, { mode: 0o600 })
  } finally {
    rmSync(file, { force: true })
  }
}
