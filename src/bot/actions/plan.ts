import { UserError } from '../../core/errors.js'
import { wentAnswer } from '../cards/plan.js'
import { clearExam, setGoal } from '../member/exam-date.js'
import { action } from '../ui/action.js'
import { planIds } from '../ui/ids.js'
import { STALE } from '../ui/params.js'
import { instead } from '../ui/reply.js'

/** A day has no more questions than that in it. */
const MOST_A_DAY = 50

export const planActions = [
  action(planIds.goal, {
    async run(_params, caller, deps, { values }) {
      const goal = Number(values[0])
      if (!Number.isInteger(goal) || goal < 1 || goal > MOST_A_DAY) throw new UserError(STALE)
      return instead(await setGoal(goal, caller, deps))
    },
  }),
  action(planIds.clear, { run: async (_params, caller, deps) => instead(await clearExam(caller, deps)) }),
  action(planIds.went, { run: async ({ how }) => instead(wentAnswer(how)) }),
]
