import { UserError } from '../../core/errors.js'
import { wentAnswer } from '../cards/plan.js'
import { clearExam, examDate, examDateForm, setGoal } from '../member/exam-date.js'
import { action, field } from '../ui/action.js'
import { clean } from '../ui/clean.js'
import { planIds } from '../ui/ids.js'
import { pickedNumber, STALE } from '../ui/params.js'
import { instead, opening, privately } from '../ui/reply.js'

/** The most answers a day that can be chosen as a goal. */
const MOST_A_DAY = 50

export const planActions = [
  action(planIds.goal, {
    async run(_params, caller, deps, { values }) {
      const goal = pickedNumber(values)
      if (goal < 1 || goal > MOST_A_DAY) throw new UserError(STALE)
      return instead(await setGoal(goal, caller, deps))
    },
  }),
  action(planIds.clear, { run: async (_params, caller, deps) => instead(await clearExam(caller, deps)) }),
  action(planIds.openExam, {
    opensForm: true,
    run: async (_params, caller, deps) => opening(await examDateForm(caller, deps)),
  }),
  action(planIds.saveExam, {
    opener: () => planIds.openExam.id({}),
    run: async (_params, caller, deps, { form }) =>
      privately(await examDate(clean(field(form, 'date')), caller, deps, 'date')),
  }),
  action(planIds.went, { run: async ({ how }) => instead(wentAnswer(how)) }),
]
