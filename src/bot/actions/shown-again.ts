/** What stands in the channel, once more for one member: the further pages of a message that is too long for a platform. */
import { revealAgain, roundAgain } from '../rounds/draw.js'
import { type Action, number } from '../ui/action.js'
import { privately } from '../ui/reply.js'

const round: Action = {
  name: 'round',
  opensForm: false,
  run: async (params, _input, caller, deps) => privately(await roundAgain(number(params, 0), caller, deps)),
}

const reveal: Action = {
  name: 'reveal',
  opensForm: false,
  run: async (params, _input, caller, deps) => privately(await revealAgain(number(params, 0), caller, deps)),
}

export const shownAgainActions = [round, reveal]
