/** `/exam`: the running exam, else the exams that can be begun. */
import type { ExamLength } from '../../core/exam.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { Card } from '../ui/card.js'
import { examOffer } from './begin.js'
import { whereExamRuns, whereItLives } from './place.js'
import { runningOf } from './running.js'

export async function openExam(length: ExamLength | undefined, asked: Caller, deps: Deps): Promise<Card> {
  const caller = await whereExamRuns(asked, deps)
  const latest = await deps.store.exam(caller)
  const card =
    latest && latest.handedInAt === undefined
      ? await runningOf(latest.id, caller, deps)
      : await examOffer(length, latest, caller, deps)
  return whereItLives(card, caller, deps)
}
