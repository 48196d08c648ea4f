/** Changes which exam of its pack a team prepares for. */
import { UserError } from '../../core/errors.js'
import { chosenExamCard } from '../cards/exams-of-team.js'
import { teamGone } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { Card } from '../ui/card.js'
import { STALE, shortCode } from '../ui/params.js'
import { lackOf } from './askable.js'
import { checkAdmin } from './control.js'
import { teamNumbered } from './team.js'

/** `wanted`: the code of the exam. Throws a `UserError` if the caller is not an admin. */
export async function chooseExam(id: number, wanted: string, caller: Caller, deps: Deps): Promise<Card> {
  await checkAdmin(caller)
  const team = await teamNumbered(id, caller, deps)
  const exam = deps.packs.get(team.pack)?.bank.pack.exams.find(({ id }) => shortCode(id) === wanted)
  if (!exam) throw new UserError(STALE)
  if (!(await deps.store.chooseExam(team.id, exam.id))) throw teamGone()
  return chosenExamCard(team, exam, lackOf({ ...team, exam: exam.id }, deps))
}
