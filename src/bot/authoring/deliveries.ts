/** What the bot says by itself about questions that members write. */

import type { Team } from '../../core/model.js'
import { localDate, nextSlot } from '../../core/schedule.js'
import { DAY_MS } from '../../core/time.js'
import { decidedCard, waitingCard } from '../cards/review.js'
import type { Kinds } from '../delivery/deliver.js'
import type { Deps } from '../deps.js'
import type { TeamQuestion } from '../ports/authoring.js'

/** In the channel of the team, to whoever may decide. */
export const REVIEW_KIND: Kinds['review'] = {
  to: ({ team }) => team,
  async draw({ team, dueAt }, { store, clock }) {
    if (clock() - dueAt > DAY_MS) return 'it could not be posted for a day'
    const waiting = await store.waitingQuestions(team.id)
    return waiting > 0 ? waitingCard(team.id, waiting) : 'nothing waits any more'
  },
  isQuiet: true,
  said: { dropped: 'nobody asked to review', failed: 'nobody asked to review' },
}

/** To whoever wrote it, in private. */
export const DECIDED_KIND: Kinds['decided'] = {
  to: ({ member: { workspace, user } }) => ({ workspace, user }),
  async draw({ member, question, dueAt }, { store, clock }) {
    if (clock() - dueAt > DAY_MS) return 'it could not be told for a day'
    const draft = await store.teamQuestion({ ...member, name: '', isLead: false }, question)
    const isDecided = draft?.isOwn && (draft.state === 'approved' || draft.state === 'rejected')
    return isDecided ? decidedCard(draft) : 'it has changed since'
  },
  said: { dropped: 'author not told of a review', failed: 'author not told of a review' },
}

/** Today, unless the team was asked today; and at its time of the next day, if something waits then. */
export async function askToReview(team: Team, { store, clock }: Deps): Promise<void> {
  const now = clock()
  const tomorrow = nextSlot({ ...team, days: [1, 2, 3, 4, 5, 6, 7] }, now, [localDate(now, team.zone)])
  for (const dueAt of [now, tomorrow])
    await store.enqueue({
      key: `review-${team.id}-${localDate(dueAt, team.zone)}`,
      kind: 'review',
      team: team.id,
      dueAt,
    })
}

/** Nothing where nobody is left to be told. */
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
