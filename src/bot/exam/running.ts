/** A running mock exam: what it shows, and what each press does. */
import { UserError } from '../../core/errors.js'
import { formatOf } from '../../core/grade.js'
import type { Answer, ItemInstance, QuestionInstance } from '../../core/model.js'
import { type ExamView, examItemCard, handInCard, overviewCard, runningCard } from '../cards/exam.js'
import { answerForm } from '../cards/question.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { ExamPress, MockExam } from '../ports/exams.js'
import type { Card, Form } from '../ui/card.js'
import { examIds } from '../ui/ids.js'
import { STALE } from '../ui/params.js'
import { posedAt, reportOf } from './report.js'

/**
 * Returns an exam of this person, and hands it in first if its time is over. Throws a `UserError` for another
 * person's exam.
 */
export async function ownExam(id: number, caller: Caller, deps: Deps): Promise<MockExam> {
  const exam = await storedExam(id, caller, deps)
  const now = deps.clock()
  if (exam.handedInAt !== undefined || now < exam.endsAt) return exam
  await deps.store.handInExam(caller, id, now)
  return storedExam(id, caller, deps)
}

async function storedExam(id: number, caller: Caller, { store }: Deps): Promise<MockExam> {
  const exam = await store.exam(caller, id)
  if (!exam) throw new UserError(STALE)
  return exam
}

/** The result of `draw` while the exam runs; the report once it is over. */
async function whileRunning(
  id: number,
  caller: Caller,
  deps: Deps,
  draw: (view: ExamView) => Card | Promise<Card>,
): Promise<Card> {
  const exam = await ownExam(id, caller, deps)
  return exam.handedInAt === undefined ? draw(viewOf(exam, caller, deps)) : reportOf(exam, caller, deps)
}

const viewOf = (exam: MockExam, { zone = 'UTC' }: Caller, { clock }: Deps): ExamView => ({
  ...{ exam, zone },
  now: clock(),
})

/** Asks whether to continue it or to hand it in. */
export const runningOf = (id: number, caller: Caller, deps: Deps) =>
  whileRunning(id, caller, deps, runningCard)

export const overviewOf = (id: number, caller: Caller, deps: Deps) =>
  whileRunning(id, caller, deps, overviewCard)

export const askedToHandIn = (id: number, caller: Caller, deps: Deps) =>
  whileRunning(id, caller, deps, handInCard)

/** Shows the item that was shown last. */
export const goOnWith = (id: number, caller: Caller, deps: Deps) =>
  whileRunning(id, caller, deps, (view) => itemAt(view, view.exam.place, deps))

async function itemAt(view: ExamView, place: number, deps: Deps): Promise<Card> {
  return examItemCard(view, place, (await posedAt(view.exam, place, deps)).instance)
}

/** Stores a press and shows the next item. */
export async function pressed(
  id: number,
  press: Omit<ExamPress, 'now'>,
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  const isStored = await deps.store.pressExam(caller, id, { ...press, now: deps.clock() })
  return whileRunning(id, caller, deps, (view) => {
    if (!isStored) throw new UserError(STALE)
    return itemAt(view, press.shows, deps)
  })
}

/** Stores the answer, which may be changed, without saying whether it is right. */
export function answered(
  id: number,
  place: number,
  answer: Answer,
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  return pressed(id, { place, answer, shows: place }, caller, deps)
}

/** The form of an ordering or a matching, with the earlier answer; the report once the exam is over. */
export async function examForm(id: number, place: number, caller: Caller, deps: Deps): Promise<Form | Card> {
  const exam = await ownExam(id, caller, deps)
  if (exam.handedInAt !== undefined) return reportOf(exam, caller, deps)
  const { item: posed, instance } = await posedAt(exam, place, deps)
  const item = itemOf(instance, posed.item)
  const where = { exam: id, place, shape: formatOf(item) }
  return answerForm(item, examIds.sendForm.id(where), exam.items[place]?.answer)
}

function itemOf({ items }: QuestionInstance, index = 0): ItemInstance {
  const item = items[index]
  if (!item) throw new UserError(STALE)
  return item
}

export async function handedIn(id: number, caller: Caller, deps: Deps): Promise<Card> {
  await deps.store.handInExam(caller, id, deps.clock())
  return reportOf(await ownExam(id, caller, deps), caller, deps)
}
