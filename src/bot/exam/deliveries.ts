/** Messages about a mock exam: how much time is left, and the report when it is over. */
import { DAY_MS } from '../../core/time.js'
import { warningCard } from '../cards/exam.js'
import type { Kind } from '../delivery/deliver.js'
import type { Delivery } from '../ports/deliveries.js'
import { reportOf } from './report.js'

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>

/** A warning later than this is dropped: the next message says more. */
const LATE_MS = 90_000
/** The longest time after the end at which a report is still sent; `/exam` always has it. */
const REPORT_MS = DAY_MS

const to = ({ member: { workspace, user } }: Of<'exam-warning' | 'exam-over'>) => ({ workspace, user })

export const EXAM_KINDS: {
  readonly [K in 'exam-warning' | 'exam-over']: Kind<Of<K>>
} = {
  'exam-warning': {
    to,
    async draw({ exam: id, member, dueAt }, { store, clock }) {
      const [exam, now] = [await store.exam(member, id), clock()]
      if (!exam || exam.handedInAt !== undefined || now >= exam.endsAt) return 'the mock exam is over'
      return now - dueAt > LATE_MS ? 'it came too late' : warningCard({ exam, now, zone: 'UTC' })
    },
    said: { dropped: 'time left not told', failed: 'time left not told' },
  },
  'exam-over': {
    to,
    async draw({ exam: id, member, dueAt }, deps) {
      const now = deps.clock()
      await deps.store.handInOver(now)
      const exam = await deps.store.exam(member, id)
      if (exam?.handedInAt === undefined) return 'the mock exam is not over'
      return now - dueAt > REPORT_MS ? 'it could not be told for a day' : reportOf(exam, member, deps)
    },
    said: { dropped: 'report of a mock exam not told', failed: 'report of a mock exam not told' },
  },
}
