/** Reminders, away times, and whether practice asks how sure a member is. */
import { UserError } from '../../core/errors.js'
import { RATES_NO_MEMBER, ratesCard } from '../cards/confidence.js'
import { back } from '../member/away.js'
import { remindLater, setReminders, stopReminders } from '../member/reminders.js'
import { action } from '../ui/action.js'
import { awayIds, memberIds, remindIds } from '../ui/ids.js'
import { instead, privately } from '../ui/reply.js'

export const habitActions = [
  action(remindIds.set, {
    run: async ({ on }, caller, deps) => privately(await setReminders(on, caller, deps)),
  }),
  action(remindIds.stop, {
    run: async ({ member }, caller, deps) => instead(await stopReminders(member, caller, deps)),
  }),
  action(remindIds.later, {
    run: async ({ member }, caller, deps) => instead(await remindLater(member, caller, deps)),
  }),
  action(awayIds.back, { run: async (_params, caller, deps) => privately(await back(caller, deps)) }),
  action(memberIds.rates, {
    async run({ rates }, caller, deps) {
      if (!(await deps.store.rateAnswers(caller, rates))) throw new UserError(RATES_NO_MEMBER)
      return privately(ratesCard(rates))
    },
  }),
]
