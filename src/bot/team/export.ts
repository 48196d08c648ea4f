/** `/team export`: the questions of a team as a file, without those still to be answered. */
import { UserError } from '../../core/errors.js'
import type { Question, Team } from '../../core/model.js'
import { exportCard } from '../cards/team-export.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { openQuestions } from '../rounds/open-questions.js'
import { type Card, MAX_FILE_BYTES } from '../ui/card.js'
import { checkAdmin } from './control.js'
import { teamHere } from './team.js'

/** `own`: the questions that members wrote and admins imported. `all`: also those of the pack. */
export type Which = 'own' | 'all'

export async function exportTeam(format: string, which: Which, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const team = await teamHere(caller, deps)
  await deps.questions.catchUp()
  const asked = deps.questions.about(team, []).filter((one) => which === 'all' || isOwn(one, team))
  // A round of any team here may ask it, and the person who gets the file may be in several, also by a linked
  // account.
  const open = new Set([
    ...(await deps.store.openQuestionIds(caller)),
    ...(await openQuestions(caller, deps)),
  ])
  const questions = asked.filter(({ id }) => !open.has(id))
  if (questions.length === 0) throw new UserError(nothing(asked.length))
  const { bank } = deps.packs.preparing(team)
  // All the formats are loaded only where somebody writes one.
  const { exportQuestions } = await import('../../content/formats/export.js')
  const written = exportQuestions(format, questions, (slug) => bank.topic(slug), team.name)
  if (!written)
    throw new UserError(`There is no format "${format}". /help team export shows those that are there.`)
  if (written.bytes.length > MAX_FILE_BYTES) throw new UserError(TOO_LARGE)
  return exportCard(team, {
    ...{ format, written, open: asked.length - questions.length },
  })
}

const isOwn = ({ origin }: Question, { id }: Team) => origin.kind === 'team' && origin.team === id

const TOO_LARGE =
  'That file would be larger than a chat takes. Whoever runs Cohort can write it with cohort content export.'

function nothing(open: number): string {
  return open > 0
    ? 'All of your questions stand in an open round. Export them once it is closed.'
    : 'Your team has no questions of its own yet. /team import takes them from a file; /team export all gives those of the pack too.'
}
