/** The end of a mock exam: the report, its misses one by one, and putting them into the plan. */
import { UserError } from '../../core/errors.js'
import { markExam } from '../../core/exam.js'
import { examMissCard, examReportCard, LISTED_MISSES, plannedCard } from '../cards/exam-report.js'
import type { Deps } from '../deps.js'
import { learnerOf } from '../member/plan.js'
import { readinessIn } from '../member/readiness.js'
import type { MockExam } from '../ports/exams.js'
import type { UserKey } from '../ports/keys.js'
import { instantiateVersion } from '../rounds/instantiate.js'
import { IN_OPEN_ROUND, isOpenItem } from '../rounds/open-questions.js'
import type { Card } from '../ui/card.js'
import { STALE } from '../ui/params.js'

export async function reportOf(exam: MockExam, who: UserKey, deps: Deps): Promise<Card> {
  const result = markExam(exam.items)
  const pack = deps.packs.get(exam.pack) && deps.packs.preparing(exam)
  const [learner, misses] = await Promise.all([
    learnerOf(who, deps),
    Promise.all(result.missed.slice(0, LISTED_MISSES).map((place) => missAt(exam, place, deps))),
  ])
  const ready = pack && (await readinessIn(pack, learner, deps))
  const facts = pack?.bank.pack.exams.find(({ id }) => id === exam.exam)
  return examReportCard({ exam, result, facts, ready: ready?.ready, misses })
}

/** The item at a place of the exam, and its question as it was shown. */
export async function posedAt(exam: MockExam, place: number, deps: Deps) {
  const item = exam.items[place]
  if (!item) throw new UserError(STALE)
  const { question, version, seed } = item
  return { item, instance: await instantiateVersion({ question, version, seed }, deps) }
}

async function missAt(exam: MockExam, place: number, deps: Deps) {
  const { item, instance } = await posedAt(exam, place, deps)
  return { place, item, instance, stem: instance.items[item.item]?.stem ?? '' }
}

/** The nth miss with its reasons, unless those are still secret. */
export async function missOf(exam: MockExam, nth: number, who: UserKey, deps: Deps): Promise<Card> {
  const { missed } = markExam(exam.items)
  const place = missed[nth]
  if (exam.handedInAt === undefined || place === undefined) throw new UserError(STALE)
  const { item, instance } = await missAt(exam, place, deps)
  const isSecret = await isOpenItem(item.question, item.item, who, deps)
  const bank = deps.packs.get(instance.question.pack)?.bank
  return examMissCard({
    ...{ exam, nth, of: missed.length, place, item, instance, bank },
    secret: isSecret ? IN_OPEN_ROUND : undefined,
  })
}

export async function planned(exam: MockExam, who: UserKey, deps: Deps): Promise<Card> {
  if (!(await deps.store.planMisses(who, exam.id, deps.clock()))) throw new UserError(STALE)
  return plannedCard(markExam(exam.items).missed.length)
}
