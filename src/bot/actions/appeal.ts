/** *This key is wrong* under the reveal, and an admin's decision about it. */
import { giveAppealed, keepKey, openAppeal, sendAppeal } from '../team/appeals.js'
import { action } from '../ui/action.js'
import { appealIds } from '../ui/ids.js'
import { opening, privately } from '../ui/reply.js'

export const appealActions = [
  action(appealIds.open, {
    opensForm: true,
    run: async ({ round }, caller, deps) => opening(await openAppeal(round, caller, deps)),
  }),
  action(appealIds.send, {
    limit: 'report',
    opener: appealIds.open.id,
    run: async ({ round }, caller, deps, { form }) => privately(await sendAppeal(round, form, caller, deps)),
  }),
  action(appealIds.give, {
    run: async (where, caller, deps) => privately(await giveAppealed(where, caller, deps)),
  }),
  action(appealIds.keep, {
    run: async (where, caller, deps) => privately(await keepKey(where, caller, deps)),
  }),
]
