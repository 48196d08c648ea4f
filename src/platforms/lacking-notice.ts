/**
 * Tells whoever set Cohort up in a workspace, once, which of the later permissions it has not given, and what
 * is off without them.
 */

import type { Log } from '../bot/deps.js'
import { type Chat, ChatBusy } from '../bot/ports/chat.js'
import { bold, bullets, type Card, text } from '../bot/ui/card.js'
import { createBoundedCache } from '../core/bounded-cache.js'

/** What of it is kept in the database; `store/lacking-notes.ts` is one. */
export interface LackingNotes {
  /**
   * Whom to tell that a workspace lacks these permissions, in order of preference; empty when somebody was
   * told of exactly these, by any process. From then on they count as told.
   */
  claim(workspace: string, missing: readonly string[]): Promise<readonly string[]>
  /** It was not told after all. */
  release(workspace: string): Promise<void>
}

export interface LackingDeps {
  readonly notes: LackingNotes
  /** What the workspace has not given; undefined while that is not known. */
  readonly missing: (workspace: string) => Promise<readonly string[] | undefined>
  /** Each permission with what is off without it. */
  readonly off: Readonly<Record<string, string>>
  readonly chat: Pick<Chat, 'post'>
  readonly clock: () => number
  readonly log: Log
}

/** A team may be set up, or the permissions given, a moment later. */
const AGAIN_MS = 10 * 60_000
const MAX_KNOWN = 50_000

/**
 * Returns a function that checks, now and then, whether somebody of a workspace has to be told; `link`: where
 * to install the app again.
 */
export function createLackingNotice({ notes, missing, off, chat, clock, log }: LackingDeps) {
  const looked = createBoundedCache<number>(MAX_KNOWN)

  async function tellFirst(
    workspace: string,
    users: readonly string[],
    names: readonly string[],
    link: string | undefined,
  ): Promise<void> {
    for (const user of users) {
      try {
        return void (await chat.post(
          { workspace, user },
          lackingCard(names, off, link),
          `lacking-${workspace}-${names.join('-')}`,
        ))
      } catch (error) {
        if (error instanceof ChatBusy) return notes.release(workspace)
        log.warn({ workspace, error }, 'admin could not be told of missing permissions')
      }
    }
  }

  return async (workspace: string, link: string | undefined): Promise<void> => {
    if ((looked.get(workspace) ?? 0) > clock()) return
    looked.set(workspace, clock() + AGAIN_MS)
    const names = await missing(workspace)
    if (names) await tellFirst(workspace, await notes.claim(workspace, names), names, link)
  }
}

function lackingCard(missing: readonly string[], off: LackingDeps['off'], link: string | undefined): Card {
  const where = link === undefined ? 'the page where you installed it' : { link, text: [link] }
  return {
    title: 'Cohort can do more once it is installed again',
    blocks: [
      text(
        'Everything you had goes on. These permissions are new, and until Cohort has them it does without:',
      ),
      bullets(...missing.map((name) => [bold(name), `: ${off[name]}`])),
      text('Install it again from ', where, '. Nothing is lost by that, and you are told this once.'),
    ],
  }
}
