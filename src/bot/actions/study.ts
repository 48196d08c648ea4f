import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { closeNow, postNow, setPaused } from '../team/study.js'
import { action } from '../ui/action.js'
import { studyIds } from '../ui/ids.js'
import { instead } from '../ui/reply.js'

const NOW = {
  post: postNow,
  close: closeNow,
  pause: (caller: Caller, deps: Deps) => setPaused(true, caller, deps),
  resume: (caller: Caller, deps: Deps) => setPaused(false, caller, deps),
}

export const studyActions = [
  action(studyIds.now, { run: async ({ what }, caller, deps) => instead(await NOW[what](caller, deps)) }),
]
