/**
 * Notifies the person who set Cohort up in a workspace, once, of the later permissions that it has not
 * granted, and of the features that are off without them.
 */

import type { Log } from '../bot/deps.js'
import { type Chat, ChatBusy, ChatRefusal } from '../bot/ports/chat.js'
import { bold, bullets, type Card, text } from '../bot/ui/card.js'
import { createBoundedCache } from '../core/bounded-cache.js'

/** The part that is kept in the database; `store/lacking-notes.ts` implements it. */
export interface LackingNotes {
  /**
   * Returns the people to notify of these missing permissions, in order of preference; empty if any process
   * has already notified somebody of exactly these. They count as notified from then on.
   */
  claim(workspace: string, missing: readonly string[]): Promise<readonly string[]>
  /** Undoes `claim` if nobody was notified after all. */
  release(workspace: string): Promise<void>
}

export interface LackingDeps {
  readonly notes: LackingNotes
  /** Returns the permissions that the workspace has not granted; undefined while unknown. */
  readonly missing: (workspace: string) => Promise<readonly string[] | undefined>
  /** The feature that is off without each permission. */
  readonly off: Readonly<Record<string, string>>
  readonly chat: Pick<Chat, 'post' | 'find'>
  readonly clock: () => number
  readonly log: Log
}

/** Checks are repeated after this time, since a team may be set up, or the permissions granted, meanwhile. */
const AGAIN_MS = 10 * 60_000
const MAX_KNOWN = 50_000

/**
 * Returns a function that checks now and then whether somebody of a workspace has to be notified; `link`:
 * where to install the app again.
 */
export function createLackingNotice({ notes, missing, off, chat, clock, log }: LackingDeps) {
  const looked = createBoundedCache<number>(MAX_KNOWN)
  /** When the first try began whose outcome is not known, by workspace. */
  const doubtful = createBoundedCache<number>(MAX_KNOWN)

  async function tellFirst(
    workspace: string,
    users: readonly string[],
    names: readonly string[],
    link: string | undefined,
  ): Promise<void> {
    const key = `lacking-${workspace}-${names.join('-')}`
    const began = doubtful.get(workspace)
    for (const user of users) {
      const to = { workspace, user }
      try {
        if (began !== undefined && (await chat.find(to, key, { ageMs: clock() - began }))) return
        return void (await chat.post(to, lackingCard(names, off, link), key))
      } catch (error) {
        if (!(error instanceof ChatBusy))
          log.warn({ workspace, error }, 'admin could not be told of missing permissions')
        if (error instanceof ChatRefusal) continue
        doubtful.set(workspace, began ?? clock())
        return notes.release(workspace)
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
