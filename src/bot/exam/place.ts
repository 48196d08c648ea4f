/**
 * The place where a mock exam is shown: only the person sees it. An exam that starts in a channel moves to
 * their direct messages, if the platform has them; each later press is drawn in place.
 */
import { examElsewhereCard, withoutDirectMessages } from '../cards/exam.js'
import type { Deps } from '../deps.js'
import { type Caller, ChatRefusal } from '../ports/chat.js'
import type { Card } from '../ui/card.js'

/**
 * Posts the card to the person's direct messages, if needed, and returns the reply for the place where they
 * are.
 */
export async function whereItLives(card: Card, caller: Caller, deps: Deps): Promise<Card> {
  const { platform, workspace, user, channel } = caller
  const chat = deps.chats.get(platform)
  if (channel === '' || !chat?.capabilities.directMessages) return card
  try {
    // Each request posts the exam again, below all later messages.
    await chat.post({ workspace, user }, card, `exam-${user}-${deps.clock()}`)
    return examElsewhereCard()
  } catch (error) {
    if (!(error instanceof ChatRefusal)) throw error
    deps.log.info({ platform, workspace }, 'mock exam goes on in the channel')
    return withoutDirectMessages(card)
  }
}

/**
 * Adds the workspace, which a direct message does not name: it is the one where the exam was requested, once
 * the platform has confirmed that the person is there.
 */
export async function whereItWasAsked(workspace: string, caller: Caller, { chats }: Deps): Promise<Caller> {
  const { platform, user, channel } = caller
  if (channel !== '' || workspace === caller.workspace) return caller
  const isThere = await chats.get(platform)?.isThere({ workspace, user })
  return isThere === 'yes' ? { ...caller, workspace } : caller
}

/**
 * Like `whereItWasAsked`, for commands typed in a direct message: the workspace where the person has a
 * running exam.
 */
export async function whereExamRuns(caller: Caller, { store }: Deps): Promise<Caller> {
  if (caller.channel !== '') return caller
  const workspace = await store.examWorkspace(caller.platform, caller.user)
  return workspace === undefined ? caller : { ...caller, workspace }
}
