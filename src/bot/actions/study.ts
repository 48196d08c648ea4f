import { UserError } from '../../core/errors.js'
import { openSetup } from '../team/setup.js'
import { checkAdmin, closeNow, postNow, saveSetup, setPaused } from '../team/study.js'
import { type Action, STALE, word } from '../ui/action.js'
import { instead, opening, privately } from '../ui/reply.js'

const setup: Action = {
  name: 'setup',
  opensForm: false,
  run: async (_params, input, caller, deps) => privately(await saveSetup(input.form, caller, deps)),
}

const openTheSetup: Action = {
  name: 'opensetup',
  opensForm: true,
  async run(_params, _input, caller, deps) {
    await checkAdmin(caller)
    return opening(await openSetup(caller, deps))
  },
}

const now: Action = {
  name: 'now',
  opensForm: false,
  async run(params, _input, caller, deps) {
    const what = word(params, 0)
    if (what === 'post') return instead(await postNow(caller, deps))
    if (what === 'close') return instead(await closeNow(caller, deps))
    if (what === 'pause' || what === 'resume') return instead(await setPaused(what === 'pause', caller, deps))
    throw new UserError(STALE)
  },
}

export const studyActions = [setup, openTheSetup, now]
