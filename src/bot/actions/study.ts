import { openSetup } from '../team/setup.js'
import { checkAdmin, closeNow, postNow, saveSetup, setPaused } from '../team/study.js'
import { action } from '../ui/action.js'
import { studyIds } from '../ui/ids.js'
import { instead, opening, privately } from '../ui/reply.js'

const setup = action(studyIds.saveSetup, {
  run: async (_params, caller, deps, { form }) => privately(await saveSetup(form, caller, deps)),
})

const openTheSetup = action(studyIds.openSetup, {
  opensForm: true,
  async run(_params, caller, deps) {
    await checkAdmin(caller)
    return opening(await openSetup(caller, deps))
  },
})

const now = action(studyIds.now, {
  async run({ what }, caller, deps) {
    switch (what) {
      case 'post':
        return instead(await postNow(caller, deps))
      case 'close':
        return instead(await closeNow(caller, deps))
      case 'pause':
      case 'resume':
        return instead(await setPaused(what === 'pause', caller, deps))
    }
  },
})

export const studyActions = [setup, openTheSetup, now]
