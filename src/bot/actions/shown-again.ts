/**
 * Messages of the channel, shown again to one member: the further pages of a message that is too long for a
 * platform.
 */
import { revealAgain, roundAgain } from '../rounds/draw.js'
import { action } from '../ui/action.js'
import { roundIds } from '../ui/ids.js'
import { privately } from '../ui/reply.js'

export const shownAgainActions = [
  action(roundIds.show, {
    run: async ({ round }, caller, deps) => privately(await roundAgain(round, caller, deps)),
  }),
  action(roundIds.showReveal, {
    run: async ({ round }, caller, deps) => privately(await revealAgain(round, caller, deps)),
  }),
]
