/**
 * Detects what the embedded Postgres does not report by itself: that it has ended, and that it has no room to
 * write.
 */
import { rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Answer, Engine, EngineError } from './engine.js'

/** Postgres' own code for a full disk. */
const DISK_FULL = '53100'
/**
 * A file that could not be made because the disk was full counts as existing, until a restart looks again.
 */
const FILE_EXISTS = '58P02'
/** Severities after which Postgres has ended: it would leave every later statement without an answer. */
const LAST_WORDS = ['PANIC', 'FATAL']
/** Room for a few pages of a table. */
const PROBE = new Uint8Array(64 * 1024)

export interface Watched extends Pick<Engine, 'reset'> {
  /** `last`: why there is no further answer after this one. */
  ask(...request: Parameters<Engine['ask']>): Promise<Answer & { readonly last?: Error | undefined }>
  /** Throws if it has ended, or if the disk was full and still is. */
  check(): void
}

/** Calls `onEnd` once. Later requests are refused at once. */
export function watch(engine: Engine, dataDir: string, onEnd?: (error: Error) => void): Watched {
  let ended: Error | undefined
  let isFull = false

  function end(error: Error): void {
    if (!ended) onEnd?.(error)
    ended ??= error
  }

  function note({ message, code, severity }: EngineError): void {
    if (code === DISK_FULL) isFull = true
    if (LAST_WORDS.includes(severity ?? '') || code === FILE_EXISTS) end(new Error(message))
  }

  async function unlessEnded<T>(act: () => Promise<T>): Promise<T> {
    if (ended) throw ended
    try {
      return await act()
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)))
      throw ended
    }
  }

  return {
    reset: () => unlessEnded(engine.reset),
    async ask(request) {
      const answer = await unlessEnded(() => engine.ask(request))
      answer.errors.forEach(note)
      return { ...answer, last: ended }
    },
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
