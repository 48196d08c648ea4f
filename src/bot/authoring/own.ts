/** A member's own questions, all questions of a team, and taking a question back or retiring it. */
import { UserError } from '../../core/errors.js'
import { allCard, ownCard, QUESTIONS_PAGE } from '../cards/question-lists.js'
import { questionCard, retireCard } from '../cards/review.js'
import type { Deps } from '../deps.js'
import type { QuestionList, TeamQuestion } from '../ports/authoring.js'
import type { Caller } from '../ports/chat.js'
import { checkAdmin } from '../team/control.js'
import { findTeam, teamHere, teamNumbered } from '../team/team.js'
import type { Card } from '../ui/card.js'
import { STALE } from '../ui/params.js'
import { actorOf, orRefused, questionFor, refusedError } from './access.js'
import { asideOf } from './aside.js'
import { rightsOn, topicTitle } from './review.js'

export async function ownQuestions(caller: Caller, deps: Deps, offset = 0): Promise<Card> {
  const [own, team] = await Promise.all([
    deps.store.ownQuestions(caller, { offset, limit: QUESTIONS_PAGE }),
    findTeam(caller, deps),
  ])
  const waiting = team ? await deps.store.waitingQuestions(team.id, await actorOf(caller)) : 0
  return ownCard(own, team && { id: team.id, waiting })
}

interface Listed {
  readonly team: number
  readonly list: QuestionList
  readonly offset: number
}

/** The list for admins; without `listed`, it starts with the first question of the channel's team. */
export async function allQuestions(caller: Caller, deps: Deps, listed?: Listed): Promise<Card> {
  await checkAdmin(caller)
  const { list, offset } = listed ?? { list: 'all', offset: 0 }
  const { id } = listed ? await teamNumbered(listed.team, caller, deps) : await teamHere(caller, deps)
  const page = { offset, limit: QUESTIONS_PAGE }
  const [all, leadApproves] = await Promise.all([
    deps.store.allQuestions(await actorOf(caller), id, list, page),
    deps.store.leadApproves(id),
  ])
  return allCard(all, list, id, leadApproves)
}

export async function setLeadApproves(
  team: number,
  isOn: boolean,
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  await checkAdmin(caller)
  await teamNumbered(team, caller, deps)
  await deps.store.letLeadApprove(team, isOn)
  return allQuestions(caller, deps, { team, list: 'all', offset: 0 })
}

/**
 * Shows the caller's own question, or any of the team to an admin: others see a question when they review it.
 */
export async function showQuestion(question: number, caller: Caller, deps: Deps): Promise<Card> {
  const draft = await questionFor(question, caller, deps)
  const actor = await actorOf(caller)
  if (!draft.isWriter && !actor.isLead) throw new UserError(STALE)
  // A person who sees the key of a waiting question knows it, also an admin.
  if (!draft.isWriter) await deps.store.noteKnown(actor, draft.id)
  return cardOf(draft, caller, deps)
}

async function cardOf(draft: TeamQuestion, caller: Caller, deps: Deps): Promise<Card> {
  const team = await teamNumbered(draft.team, caller, deps)
  const about = { topic: topicTitle(draft, deps), aside: asideOf(draft, team, deps) }
  return questionCard(draft, about, rightsOn(draft, await actorOf(caller)))
}

export async function withdraw(question: number, version: number, caller: Caller, deps: Deps): Promise<Card> {
  await questionFor(question, caller, deps)
  const act = { kind: 'withdraw', version } as const
  const draft = orRefused(await deps.store.actOnQuestion(await actorOf(caller), question, act, deps.clock()))
  return cardOf(draft, caller, deps)
}

export async function retire(
  {
    question,
    version,
    sure,
  }: { readonly question: number; readonly version: number; readonly sure: boolean },
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  const before = await questionFor(question, caller, deps)
  const actor = await actorOf(caller)
  if (!before.isOwn && !actor.isLead) throw refusedError('not-yours')
  if (!sure) return retireCard(before, rightsOn(before, actor))
  const act = { kind: 'retire', version } as const
  const draft = orRefused(await deps.store.actOnQuestion(actor, question, act, deps.clock()))
  await deps.questions.catchUp()
  return cardOf(draft, caller, deps)
}
