/** The review queue: shows the waiting questions one after the other, and takes decisions about them. */
import { adviceOn, questionOf, textsOf } from '../../content/written.js'
import { isWaiting } from '../../core/authoring.js'
import { UserError } from '../../core/errors.js'
import type { Question } from '../../core/model.js'
import { notSentCard } from '../cards/authoring.js'
import {
  approvedCard,
  MAX_REJECTION,
  nothingToReview,
  rejectedCard,
  rejectForm,
  reviewCard,
} from '../cards/review.js'
import type { Deps } from '../deps.js'
import type { Actor, TeamQuestion } from '../ports/authoring.js'
import type { Caller, FormValues } from '../ports/chat.js'
import { applyNewVersion } from '../rounds/regrade.js'
import { teamNumbered, teamOf } from '../team/team.js'
import { field } from '../ui/action.js'
import type { Card, Form } from '../ui/card.js'
import { clean } from '../ui/clean.js'
import { actorOf, checkMember, orRefused, questionFor, refusedError, versionFor } from './access.js'
import { asideOf } from './aside.js'
import { tellAuthor } from './deliveries.js'
import { feedQueue } from './made.js'

/** `team`: by default that of the place where the caller is. */
export async function reviewNext(caller: Caller, deps: Deps, team?: number, after = 0): Promise<Card> {
  const of = team === undefined ? await teamOf(caller, deps) : await teamNumbered(team, caller, deps)
  const actor = await actorOf(caller)
  // After the last question the queue starts again, with those that were skipped.
  const draft =
    (await deps.store.nextToReview(actor, of.id, after)) ??
    (after > 0 ? await deps.store.nextToReview(actor, of.id, 0) : undefined)
  if (!draft) {
    await checkMember(of, caller, deps)
    return nothingToReview()
  }
  const about = {
    topic: topicTitle(draft, deps),
    aside: asideOf(draft, of, deps),
    advice: adviceOn(draft.content.item),
    more: (await deps.store.waitingQuestions(of.id, actor)) - 1,
  }
  return reviewCard(draft, about, rightsOn(draft, actor))
}

export const rightsOn = ({ content }: TeamQuestion, { isLead }: Actor) => ({
  isLead,
  isChangeable: textsOf(content.item) !== undefined,
})

export const topicTitle = ({ pack, content }: TeamQuestion, { packs }: Deps): string | undefined =>
  packs.get(pack)?.bank.topic(content.topics[0] ?? '')?.title

function askedAs(id: string, { team, pack, isFromNotes, content }: TeamQuestion): Question {
  return questionOf(content, {
    ...{ id, pack },
    // The names are added on reading, so that they are up to date.
    origin: { kind: 'team', team, writers: [], checkers: [], isFromNotes, source: content.source },
  })
}

export async function approve(question: number, version: number, caller: Caller, deps: Deps): Promise<Card> {
  const before = await questionFor(question, caller, deps)
  const actor = await actorOf(caller)
  const act = { kind: 'approve', version, asked: askedAs } as const
  const draft = orRefused(await deps.store.actOnQuestion(actor, question, act, deps.clock()), before)
  if (draft.state === 'approved') {
    await deps.questions.catchUp()
    if (version > 1) await correctPosted(draft, deps)
    await tellAuthor(draft, deps)
  }
  const team = await teamNumbered(draft.team, caller, deps)
  if (draft.isFromNotes) await feedQueue(team, deps)
  const more = await deps.store.waitingQuestions(draft.team, actor)
  return approvedCard(draft, more, asideOf(draft, team, deps))
}

/** What members answered by a key that was corrected since is graded again, as after an update of a pack. */
async function correctPosted({ question: id }: TeamQuestion, deps: Deps): Promise<void> {
  const question = id === undefined ? undefined : deps.questions.question(id)
  if (question) await applyNewVersion(question, 'Your team has approved a corrected version of it.', deps)
}

export async function openReject(
  question: number,
  version: number,
  caller: Caller,
  deps: Deps,
): Promise<Form> {
  const draft = await versionFor(question, version, caller, deps)
  if (!isWaiting(draft.state)) throw refusedError('moved-on', draft)
  if (draft.isWriter) throw refusedError('own')
  return rejectForm(draft)
}

export async function reject(
  question: number,
  version: number,
  form: FormValues,
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  const reason = clean(field(form, 'reason'))
  if (reason === '') throw new UserError('Say in a few words what should be different.', 'reason')
  if (reason.length > MAX_REJECTION)
    throw new UserError(`Please keep it under ${MAX_REJECTION} characters.`, 'reason')
  const before = await questionFor(question, caller, deps)
  const actor = await actorOf(caller)
  const act = { kind: 'reject', version, reason } as const
  const done = await deps.store.actOnQuestion(actor, question, act, deps.clock())
  if (done && 'refused' in done) {
    const now = await deps.store.teamQuestion(actor, question)
    return notSentCard(refusedError(done.refused, before).message, [reason], now)
  }
  const draft = orRefused(done)
  await tellAuthor(draft, deps)
  if (draft.isFromNotes) await feedQueue(await teamNumbered(draft.team, caller, deps), deps)
  return rejectedCard(draft, await deps.store.waitingQuestions(draft.team, actor))
}
