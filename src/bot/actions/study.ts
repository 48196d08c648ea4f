import { UserError } from '../../core/errors.js'
import { type Action, STALE, word } from '../action.js'
import { instead, opening, privately } from '../reply.js'
import { openSetup } from '../setup.js'
import { checkAdmin, closeNow, postNow, saveSetup, setPaused } from '../study.js'

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
