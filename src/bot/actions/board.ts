import { boardCard } from '../team/boards.js'
import { action } from '../ui/action.js'
import { boardIds } from '../ui/ids.js'
import { instead } from '../ui/reply.js'
import { showOnce } from './show-once.js'

export const boardActions = [
  action(boardIds.turn, {
    run: async ({ span, whose, offset }, caller, deps) =>
      instead(await boardCard(span, whose, offset, true, caller, deps)),
  }),
  action(boardIds.show, {
    needsChannel: true,
    run: async ({ span, whose }, caller, deps) =>
      showOnce(await boardCard(span, whose, 0, false, caller, deps), caller, deps),
  }),
]
