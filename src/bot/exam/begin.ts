/** The start of a mock exam: which exams can be begun, and beginning one. */
import { UserError } from '../../core/errors.js'
import {
  composeExam,
  type ExamLength,
  examPool,
  examSizes,
  examTime,
  itemCount,
  markExam,
  type SeenBefore,
} from '../../core/exam.js'
import { instantiate } from '../../core/instantiate.js'
import type { Exam, Question } from '../../core/model.js'
import { localDate } from '../../core/schedule.js'
import { sentence } from '../../core/text.js'
import { examOfferCard } from '../cards/exam-offer.js'
import { noExam, tooFewForExam } from '../cards/exam-trouble.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { learnerOf } from '../member/plan.js'
import { preparedPack } from '../member/readiness.js'
import type { Caller } from '../ports/chat.js'
import type { MockExam, PosedItem } from '../ports/exams.js'
import type { Learner } from '../ports/learning.js'
import { type LoadedPack, preparedIn } from '../ports/packs.js'
import { openQuestions } from '../rounds/open-questions.js'
import type { Card } from '../ui/card.js'
import { STALE, shortCode } from '../ui/params.js'
import { whereItWasAsked } from './place.js'
import { goOnWith } from './running.js'

/** `length`: the requested one, or both if left out. Throws a `UserError` if no exam can be begun. */
export async function examOffer(
  length: ExamLength | undefined,
  last: MockExam | undefined,
  caller: Caller,
  deps: Deps,
): Promise<Card> {
  const pack = await preparedPack(await learnerOf(caller, deps), caller, deps)
  const { exam, sizes, pool } = await examOfPack(pack, caller, deps)
  const available = itemCount(pool)
  const wanted = sizes.filter((size) => length === undefined || size.length === length)
  if (wanted.length === 0) throw new UserError(sentence`${exam.name} is short by itself. Type /exam full.`)
  if (wanted.every(({ items }) => items > available)) throw tooFewForExam(exam.name, available, sizes)
  return examOfferCard({
    ...{ pack: pack.bank.pack.id, name: exam.name, sizes: wanted, available },
    workspace: caller.workspace,
    last: last && {
      ...{ exam: last.id, right: markExam(last.items).right, items: last.items.length },
      on: localDate(last.startedAt, caller.zone ?? 'UTC'),
    },
  })
}

/** The exam of a pack, and what may be asked in it now; throws a `UserError` for a pack without an exam. */
async function examOfPack({ bank: { pack } }: LoadedPack, caller: Caller, deps: Deps) {
  const [exam] = pack.exams
  const sizes = exam ? examSizes(exam) : []
  if (!exam || sizes.length === 0) throw noExam(pack.title, exam?.name)
  const open = await openQuestions(caller, deps)
  const all = deps.questions.about({ pack: pack.id, exam: exam.id }, [])
  const pool = examPool(
    all.filter(({ id }) => !open.has(id)),
    exam,
  )
  return { exam, sizes, pool }
}

interface Wanted {
  readonly length: ExamLength
  readonly extra: boolean
  /** The code of the pack. */
  readonly pack: string
  readonly workspace: string
}

/** Begins an exam and shows its first question; shows the running exam if there is one. */
export async function beginExam(
  { length, extra, pack: code, workspace }: Wanted,
  asked: Caller,
  deps: Deps,
): Promise<Card> {
  const caller = await whereItWasAsked(workspace, asked, deps)
  const running = await deps.store.exam(caller)
  if (running && running.handedInAt === undefined) return goOnWith(running.id, caller, deps)
  const offered = deps.packs.all.find(({ bank }) => shortCode(bank.pack.id) === code)
  if (!offered) throw new UserError(STALE)
  const [learner, earlier] = await Promise.all([learnerOf(caller, deps), deps.store.examQuestions(caller)])
  const own = await preparedPack(learner, caller, deps)
  const pack = own.bank.pack.id === offered.bank.pack.id ? own : deps.packs.preparing(preparedIn(offered))
  const { exam, sizes, pool } = await examOfPack(pack, caller, deps)
  const size = sizes.find((one) => one.length === length)
  if (!size) throw new UserError(STALE)
  if (size.items > itemCount(pool)) throw tooFewForExam(exam.name, itemCount(pool), sizes)
  const seen = seenBefore(learner, earlier)
  const questions = composeExam({ pool, exam, items: size.items, seen, random: deps.random })
  const items = questions.flatMap(({ question, seed }) => posed(question, seed, exam))
  const begun = await deps.store.startExam(caller, {
    ...{ pack: pack.bank.pack.id, exam: exam.id, length, minutes: examTime(size, extra) },
    ...{ startedAt: deps.clock(), items },
  })
  if (!begun) throw notHere()
  const id = begun === 'running' ? (await deps.store.exam(caller))?.id : begun.id
  if (id === undefined) throw new UserError(STALE)
  return goOnWith(id, caller, deps)
}

function posed(question: Question, seed: number, { domains }: Exam): PosedItem[] {
  const { id, version } = question
  const domain = domains.find(({ number }) => number === question.domain)?.number
  return instantiate(question, seed).items.map(({ key }, item) => ({
    ...{ question: id, version, seed, item, key, domain },
  }))
}

/**
 * The questions that the person has seen in practice, in rounds, and in earlier exams, where blank items were
 * read, too.
 */
function seenBefore(
  learner: Learner | undefined,
  earlier: readonly { readonly question: string; readonly at: number }[],
): Map<string, SeenBefore> {
  const seen = new Map<string, SeenBefore>()
  for (const { seen: parts } of learner?.concepts ?? [])
    for (const [key, { times, last }] of Object.entries(parts)) {
      const [id = ''] = key.split(' ')
      const known = seen.get(id)
      seen.set(id, { times: Math.max(known?.times ?? 0, times), last: Math.max(known?.last ?? 0, last) })
    }
  for (const { question, at } of earlier) if (!seen.has(question)) seen.set(question, { times: 1, last: at })
  return seen
}
