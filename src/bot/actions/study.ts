import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { openSetup } from '../team/setup.js'
import { checkAdmin, closeNow, postNow, saveSetup, setPaused } from '../team/study.js'
import { action } from '../ui/action.js'
import { studyIds } from '../ui/ids.js'
import { instead, opening, privately } from '../ui/reply.js'

const NOW = {
  post: postNow,
  close: closeNow,
  pause: (caller: Caller, deps: Deps) => setPaused(true, caller, deps),
  resume: (caller: Caller, deps: Deps) => setPaused(false, caller, deps),
}

export const studyActions = [
  action(studyIds.saveSetup, { run: async (_params, caller, deps, { form }) => privately(await saveSetup(form, caller, deps)) }),
  action(studyIds.openSetup, {
    opensForm: true,
    async run(_params, caller, deps) {
      await checkAdmin(caller)
      return opening(await openSetup(caller, deps))
    },
  }),
  action(studyIds.now, { run: async ({ what }, caller, deps) => instead(await NOW[what](caller, deps)) }),
]
