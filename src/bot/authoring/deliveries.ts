/** Messages that the bot sends by itself about questions that members write. */

import { isWaiting } from '../../core/authoring.js'
import type { Team } from '../../core/model.js'
import { localDate, nextSlot } from '../../core/schedule.js'
import { DAY_MS } from '../../core/time.js'
import { decidedCard, editedCard, waitingCard } from '../cards/review.js'
import type { Kinds } from '../delivery/deliver.js'
import type { Deps } from '../deps.js'
import type { TeamQuestion } from '../ports/authoring.js'
import { asideOf } from './aside.js'

const TOLD_LATE = 'it could not be told for a day'

/** A notice in the channel of the team, for everybody who may decide. */
export const REVIEW_KIND: Kinds['review'] = {
  to: ({ team }) => team,
  async draw({ team, dueAt }, deps) {
    const { store, clock } = deps
    const waiting = await store.waitingQuestions(team.id)
    if (waiting === 0) return 'nothing waits any more'
    await askTomorrow(team, deps)
    if (clock() - dueAt > DAY_MS) return 'it could not be posted for a day'
    return waitingCard(team.id, waiting)
  },
  said: { dropped: 'nobody asked to review', failed: 'nobody asked to review' },
}

/** A private message to the author about a decision. */
export const DECIDED_KIND: Kinds['decided'] = {
  to: ({ member: { workspace, user } }) => ({ workspace, user }),
  async draw({ member, question, dueAt }, { store, clock, packs }) {
    if (clock() - dueAt > DAY_MS) return TOLD_LATE
    const draft = await store.teamQuestion({ ...member, name: '', isLead: false }, question)
    const isDecided = draft?.isOwn && (draft.state === 'approved' || draft.state === 'rejected')
    if (!isDecided) return 'it has changed since'
    const team = await store.team(member, draft.team)
    return decidedCard(draft, team && asideOf(draft, team, { packs }))
  },
  said: { dropped: 'author not told of a review', failed: 'author not told of a review' },
}

/** A private message to the author about a version that somebody else wrote. */
export const EDITED_KIND: Kinds['edited'] = {
  to: ({ member: { workspace, user } }) => ({ workspace, user }),
  async draw({ member, question, version, dueAt }, { store, clock }) {
    if (clock() - dueAt > DAY_MS) return TOLD_LATE
    const draft = await store.teamQuestion({ ...member, name: '', isLead: false }, question)
    const isCurrent = draft?.isOwn && draft.version === version && isWaiting(draft.state)
    return isCurrent ? editedCard(draft) : 'it has changed since'
  },
  said: { dropped: 'author not told of a change', failed: 'author not told of a change' },
}

/**
 * Asks for a review today, unless the team was already asked today; and every day from the next one on, while
 * a question waits.
 */
export async function askToReview(team: Team, deps: Deps): Promise<void> {
  await askAt(deps.clock(), team, deps)
  await askTomorrow(team, deps)
}

/** Asks on the next day at the team's time. */
function askTomorrow(team: Team, deps: Deps): Promise<void> {
  const now = deps.clock()
  const days = [1, 2, 3, 4, 5, 6, 7]
  return askAt(nextSlot({ ...team, days }, now, [localDate(now, team.zone)]), team, deps)
}

const askAt = (dueAt: number, { id, zone }: Team, { store }: Deps): Promise<void> =>
  store.enqueue({ key: `review-${id}-${localDate(dueAt, zone)}`, kind: 'review', team: id, dueAt })

/** Tells of a new version, unless its writer is the author, also with a linked account. */
export async function tellEdited(
  { id, version, author, isOwn }: TeamQuestion,
  { store, clock }: Deps,
): Promise<void> {
  if (author === undefined || isOwn) return
  const key = `edited-${id}-${version}`
  await store.enqueue({ key, kind: 'edited', member: author, question: id, version, dueAt: clock() })
}

/** Tells of a decision. Does nothing if no author is known. */
export async function tellAuthor(
  { id, version, author }: TeamQuestion,
  { store, clock }: Deps,
): Promise<void> {
  if (author === undefined) return
  await store.enqueue({
    key: `decided-${id}-${version}`,
    kind: 'decided',
    member: author,
    question: id,
    dueAt: clock(),
  })
}
