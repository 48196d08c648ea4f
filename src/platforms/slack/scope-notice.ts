/** Tells what is off in a workspace whose install lacks a scope: its admin once, and whoever asks for health. */
import type { Log } from '../../bot/deps.js'
import { ChatBusy } from '../../bot/ports/chat.js'
import { bold, bullets, type Card, text } from '../../bot/ui/card.js'
import type { Install, Installs } from './installs.js'
import { BOT_SCOPES, LATER, type Later, lackingScopes } from './scopes.js'

/** Of the one token, or of all installs that are stored; undefined when nothing is lacking. Names no workspace: whoever asks for health reads it. */
export async function describeLacking(one: Install | undefined, notes: ScopeNotes): Promise<string | undefined> {
  const { later } = lackingScopes(one?.scopes ?? [])
  const parts = one ? later : (await notes.lacking(BOT_SCOPES)).map(({ scope, installs }) => `${scope} (${installs} installs)`)
  return parts.length > 0 && one?.scopes.length !== 0 ? `missing ${parts.join(', ')}` : undefined
}

/** What of it is kept in the database; `store/scope-notes.ts` is one. */
export interface ScopeNotes {
  /**
   * Whom to tell that a workspace lacks these, the first one who can be told; nobody when somebody was told of just these, by whatever
   * process. From then on they count as told.
   */
  claim(workspace: string, missing: readonly string[]): Promise<readonly string[]>
  /** It was not told after all. */
  release(workspace: string): Promise<void>
  /** How many installs lack each of these. */
  lacking(scopes: readonly string[]): Promise<readonly { readonly scope: string; readonly installs: number }[]>
}

export interface ScopeNoticeDeps {
  readonly installs: Installs
  readonly notes: ScopeNotes
  readonly tell: (workspace: string, user: string, card: Card) => Promise<void>
  /** Where to install the app again. */
  readonly link: (app: string) => string | undefined
  readonly clock: () => number
  readonly log: Log
}

/** A team may be set up, or the app installed again, a moment later. */
const AGAIN_MS = 10 * 60_000
const MAX_KNOWN = 50_000

/** Returns what looks, now and then, whether somebody of a workspace has to be told once what the app lacks there. */
export function createScopeNotice({ installs, notes, tell, link, clock, log }: ScopeNoticeDeps) {
  const looked = new Map<string, number>()

  async function tellFirst(workspace: string, users: readonly string[], card: Card): Promise<void> {
    for (const user of users) {
      try {
        return await tell(workspace, user, card)
      } catch (error) {
        if (error instanceof ChatBusy) return notes.release(workspace)
        log.warn({ workspace, error }, 'slack admin could not be told of missing scopes')
      }
    }
  }

  return async (workspace: string, app: string): Promise<void> => {
    if ((looked.get(workspace) ?? 0) > clock()) return
    if (looked.size >= MAX_KNOWN) looked.clear()
    looked.set(workspace, clock() + AGAIN_MS)
    const install = await installs.find(workspace)
    if (!install || install.scopes.length === 0) return
    const { later } = lackingScopes(install.scopes)
    await tellFirst(workspace, await notes.claim(workspace, later), lackingCard(later, link(app)))
  }
}

function lackingCard(missing: readonly Later[], link: string | undefined): Card {
  const where = link === undefined ? 'the page where you installed it' : { link, text: [link] }
  return {
    title: 'Cohort can do more once it is installed again',
    blocks: [
      text('Everything you had goes on. These permissions are new, and until Cohort has them it does without:'),
      bullets(...missing.map((scope) => [bold(scope), `: ${LATER[scope]}`])),
      text('Install it again from ', where, '. Nothing is lost by that, and you are told this once.'),
    ],
  }
}
