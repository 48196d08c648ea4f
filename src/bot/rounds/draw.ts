/** Draws a round's public cards from the store, for the post itself and for *More* under it. */
import { UserError } from '../../core/errors.js'
import type { Round, SlotView } from '../../core/model.js'
import { season } from '../../core/schedule.js'
import { revealCard } from '../cards/reveal.js'
import { roundCard } from '../cards/round.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { roundOut, roundRevealed } from '../team/access.js'
import { presentBoard } from '../team/present.js'
import type { Card } from '../ui/card.js'
import { instantiateRound } from './instantiate.js'
import { IN_OPEN_ROUND, openQuestions } from './open-questions.js'

const REVEAL_TOP = 5

export async function drawReveal(round: Round, slots: readonly SlotView[], deps: Deps): Promise<Card> {
  const [results, board] = await Promise.all([
    deps.store.results(round.id),
    presentBoard(
      { team: round.team.id, period: season(round.date), user: undefined, limit: REVEAL_TOP, offset: 0 },
      round.team,
      deps,
      round.id,
    ),
  ])
  return revealCard(round, slots, results, board)
}

/** The question of the day as in the channel. Throws a `UserError` for a caller who may not see it there. */
export async function roundAgain(id: number, caller: Caller, deps: Deps): Promise<Card> {
  const round = await roundOut(id, caller, deps)
  const [slots, answerers, answers] = await Promise.all([
    instantiateRound(round.questions, deps),
    deps.store.answererCount(id),
    deps.store.answersOf(caller, id),
  ])
  const state = deps.clock() >= round.closesAt ? 'closed' : round.state
  return roundCard({ ...round, state }, slots, answerers, new Set(answers.keys()))
}

/**
 * The reveal as in the channel. Throws a `UserError` for a caller who may not see it, there or because of
 * another open round.
 */
export async function revealAgain(id: number, caller: Caller, deps: Deps): Promise<Card> {
  const round = await roundRevealed(id, caller, deps)
  const [slots, open] = await Promise.all([
    instantiateRound(round.questions, deps),
    openQuestions(caller, deps),
  ])
  if (slots.some(({ instance }) => open.has(instance.question.id))) throw new UserError(IN_OPEN_ROUND)
  return drawReveal(round, slots, deps)
}
