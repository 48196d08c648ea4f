/**
 * How often a member, and a whole workspace, may ask for things. Far more than anybody does by hand; answers
 * to a question of the day have no limit. Kept in the memory of each process, so that it costs nothing:
 * several processes allow several times as much.
 */
import { createBoundedCache } from '../core/bounded-cache.js'
import type { Caller } from './ports/chat.js'

/** What is counted together. */
export type LimitKind =
  | 'request'
  | 'practice'
  | 'answering'
  | 'form'
  | 'report'
  | 'import'
  | 'export'
  | 'deletion'
  | 'home'
  | 'completion'

interface Limit {
  /** How the message to the person calls it. */
  readonly what: string
  /** So many at once, and then one per `everyMs`. */
  readonly burst: number
  readonly everyMs: number
}

const [SECOND, MINUTE] = [1000, 60_000]

const LIMITS: Readonly<Record<LimitKind, Limit>> = {
  request: { what: 'requests', burst: 120, everyMs: SECOND },
  practice: { what: 'practice', burst: 120, everyMs: SECOND },
  /** Steps towards an answer: the next question of a round, the form of one. */
  answering: { what: 'requests for a question', burst: 120, everyMs: SECOND },
  form: { what: 'forms', burst: 30, everyMs: 10 * SECOND },
  report: { what: 'reports', burst: 10, everyMs: 6 * MINUTE },
  /** A file is fetched and read for it. */
  import: { what: 'files', burst: 20, everyMs: MINUTE },
  export: { what: 'exports', burst: 5, everyMs: 12 * MINUTE },
  deletion: { what: 'deletions', burst: 10, everyMs: 6 * MINUTE },
  home: { what: 'visits to this page', burst: 120, everyMs: SECOND },
  completion: { what: 'completions', burst: 300, everyMs: SECOND / 10 },
}

/** A workspace may do as much as this many of its members. */
const MEMBERS = 300
/** Whoever has not asked for longest is forgotten, and starts again. */
const KEPT = 50_000

export interface Refusal {
  readonly what: string
  /** The limit of the whole workspace was reached, not that of this member alone. */
  readonly isShared: boolean
  /** Until the next request may go. */
  readonly seconds: number
}

export interface RequestLimits {
  /** Counts one more; undefined if it may go. */
  take(caller: Pick<Caller, 'platform' | 'workspace' | 'user'>, kind: LimitKind): Refusal | undefined
}

export function createRequestLimits(clock: () => number): RequestLimits {
  /**
   * When everything taken so far is used up, by who and what: the "theoretical arrival time" of the generic
   * cell rate algorithm.
   */
  const usedUp = createBoundedCache<number>(KEPT)
  return {
    take({ platform, workspace, user }, kind) {
      const { what, burst, everyMs } = LIMITS[kind]
      const now = clock()
      const bucket = (name: readonly string[], share: number) => {
        const [key, step] = [JSON.stringify([kind, ...name]), everyMs / share]
        const most = burst * everyMs
        // A clock that was wrong for a while locks nobody out for longer than a burst lasts.
        const at = Math.min(Math.max(usedUp.get(key) ?? now, now), now + most)
        usedUp.set(key, at)
        return { waitMs: at + step - now - most, use: () => usedUp.set(key, at + step) }
      }
      const [own, shared] = [bucket([platform, workspace, user], 1), bucket([platform, workspace], MEMBERS)]
      const waitMs = Math.max(own.waitMs, shared.waitMs)
      if (waitMs > 0) return { what, isShared: own.waitMs <= 0, seconds: Math.ceil(waitMs / SECOND) }
      own.use()
      shared.use()
      return undefined
    },
  }
}

/** For places without limits. */
export const noLimits: RequestLimits = { take: () => undefined }
