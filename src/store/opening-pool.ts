import type { Pool } from 'pg'

/** A pool whose database may not be open yet. */
export interface OpeningPool {
  readonly pool: Pool
  /** Resolves once the database answers; rejects with a `UserError`. */
  readonly opened: Promise<unknown>
  /** Rejects if the database does not answer, or has no room to write. */
  ping(): Promise<void>
  stop(): Promise<void>
}
