/** The embedded Postgres as requests and answers in Postgres' protocol, whichever thread it runs in. */
import type { PGlite } from '@electric-sql/pglite'

export type Bytes = Uint8Array<ArrayBuffer>

export interface Answer {
  readonly data: Bytes
  /** The errors that `data` tells. */
  readonly errors: readonly EngineError[]
}

export interface EngineError {
  readonly message: string
  /** Five characters, as in appendix A of Postgres' manual. */
  readonly code: string | undefined
  readonly severity: string | undefined
}

/** All reject if the engine has ended. */
export interface Engine {
  /** Forgets what an earlier connection has left: its transaction and its prepared statements. */
  reset(): Promise<void>
  /** Answers in the order of the requests. `request`: whole messages, whose memory may be taken away. */
  ask(request: Bytes): Promise<Answer>
  close(): Promise<void>
}

/** Works in this thread, and holds it up. */
export function engineHere(lite: PGlite): Engine {
  return {
    async reset() {
      await lite.exec('rollback; deallocate all')
    },
    async ask(request) {
      const { messages, data } = await lite.execProtocol(request, { throwOnError: false })
      // Some answers are a part of PGlite's own memory.
      return { data: data.slice(), errors: messages.flatMap(errorIn) }
    },
    close: () => lite.close(),
  }
}

function errorIn(message: object): EngineError[] {
  if (!(message instanceof Error)) return []
  const { code, severity } = message as Partial<EngineError>
  return [{ message: message.message, code, severity }]
}
