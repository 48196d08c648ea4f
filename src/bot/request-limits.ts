/**
 * How often a member, and a whole workspace, may make requests. The limits are far above what a person does
 * by hand; answers to a question of the day have none. The state is in the memory of each process, so that it
 * costs nothing: several processes allow several times as much.
 */
import { createBoundedCache } from '../core/bounded-cache.js'
import type { Caller } from './ports/chat.js'

/** The kinds of requests; each is counted by itself. */
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
  /** The name in the message to the person. */
  readonly what: string
  /** Requests allowed at once; after that, one per `everyMs`. */
  readonly burst: number
  readonly everyMs: number
}

const [SECOND, MINUTE] = [1000, 60_000]

const LIMITS: Readonly<Record<LimitKind, Limit>> = {
  request: { what: 'requests', burst: 120, everyMs: SECOND },
  practice: { what: 'practice', burst: 120, everyMs: SECOND },
  /** Steps towards an answer: the next question of a round, or its form. */
  answering: { what: 'requests for a question', burst: 120, everyMs: SECOND },
  form: { what: 'forms', burst: 30, everyMs: 10 * SECOND },
  report: { what: 'reports', burst: 10, everyMs: 6 * MINUTE },
  /** Each import fetches and reads a file. */
  import: { what: 'files', burst: 20, everyMs: MINUTE },
  export: { what: 'exports', burst: 5, everyMs: 12 * MINUTE },
  deletion: { what: 'deletions', burst: 10, everyMs: 6 * MINUTE },
  home: { what: 'visits to this page', burst: 120, everyMs: SECOND },
  completion: { what: 'completions', burst: 300, everyMs: SECOND / 10 },
}

/** A workspace may make as many requests as this number of members together. */
const MEMBERS = 300
/**
 * The number of members and workspaces remembered. The least recently active one is dropped and starts again.
 */
const KEPT = 50_000

export interface Refusal {
  readonly what: string
  /** True if the limit of the workspace was reached, and not that of this member. */
  readonly isShared: boolean
  /** Time until the next request is allowed. */
  readonly seconds: number
}

export interface RequestLimits {
  /** Counts the request and returns undefined if it is allowed; a refused one does not count. */
  take(caller: Pick<Caller, 'platform' | 'workspace' | 'user'>, kind: LimitKind): Refusal | undefined
}

export function createRequestLimits(clock: () => number): RequestLimits {
  /**
   * When the requests counted so far are paid for, for each kind and member or workspace: the "theoretical
   * arrival time" of the generic cell rate algorithm.
   */
  const usedUp = createBoundedCache<number>(KEPT)
  return {
    take({ platform, workspace, user }, kind) {
      const { what, burst, everyMs } = LIMITS[kind]
      const now = clock()
      const bucket = (name: readonly string[], share: number) => {
        const [key, step] = [JSON.stringify([kind, ...name]), everyMs / share]
        const most = burst * everyMs
        // After the clock was wrong for a while, nobody is locked out for longer than a burst lasts.
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

/** Allows every request, for places without limits. */
export const noLimits: RequestLimits = { take: () => undefined }
