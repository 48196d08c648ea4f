import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { checkSetup, openSetup } from '../team/setup.js'
import { checkAdmin, closeNow, postNow, saveSetup, setPaused, statusOf } from '../team/study.js'
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
  action(studyIds.saveSetup, {
    opener: () => studyIds.openSetup.id({}),
    check: checkSetup,
    run: async (_params, caller, deps, { form, shown }) =>
      privately(await saveSetup(form, shown, caller, deps)),
  }),
  action(studyIds.openSetup, {
    opensForm: true,
    async run(_params, caller, deps, { form }) {
      await checkAdmin(caller)
      return opening(await openSetup(caller, deps, form))
    },
  }),
  action(studyIds.status, { run: async (_params, caller, deps) => privately(await statusOf(caller, deps)) }),
  action(studyIds.now, { run: async ({ what }, caller, deps) => instead(await NOW[what](caller, deps)) }),
]
