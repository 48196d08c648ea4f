import type { Team } from '../../core/model.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { checkAdmin, closeNow, keepGoing, setPaused, statusOf } from '../team/control.js'
import { postNow } from '../team/post-now.js'
import { teamNumbered } from '../team/team.js'
import { action } from '../ui/action.js'
import { controlIds } from '../ui/ids.js'
import { instead, privately } from '../ui/reply.js'

const NOW = {
  post: postNow,
  close: closeNow,
  pause: (caller: Caller, deps: Deps, team?: Team) => setPaused(true, caller, deps, team),
  resume: (caller: Caller, deps: Deps, team?: Team) => setPaused(false, caller, deps, team),
  keep: keepGoing,
}

export const controlActions = [
  action(controlIds.status, {
    run: async (_params, caller, deps) => privately(await statusOf(caller, deps)),
  }),
  action(controlIds.act, {
    async run({ team, what }, caller, deps) {
      await checkAdmin(caller)
      return instead(await NOW[what](caller, deps, await teamNumbered(team, caller, deps)))
    },
  }),
  action(controlIds.now, { run: async ({ what }, caller, deps) => instead(await NOW[what](caller, deps)) }),
]
