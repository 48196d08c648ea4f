/** `/study …`: a team and its schedule for admins, one's own data for everybody. */
import { UserError } from '../../core/errors.js'
import { encode } from '../action.js'
import { button, buttons, text } from '../card.js'
import { command } from '../command.js'
import { openSetup } from '../setup.js'
import { postNow, setPaused, statusOf } from '../study.js'

const setup = command({
  name: 'study setup',
  summary: 'Set this team up: channel, time, days, topics',
  admin: true,
  opensForm: true,
  options: {},
  run: (_args, caller, deps) => openSetup(caller, deps),
})

const pause = command({
  name: 'study pause',
  summary: 'Stop the daily questions for a while',
  admin: true,
  options: {},
  run: (_args, caller, deps) => setPaused(true, caller, deps),
})

const resume = command({
  name: 'study resume',
  summary: 'Start the daily questions again',
  admin: true,
  options: {},
  run: (_args, caller, deps) => setPaused(false, caller, deps),
})

const now = command({
  name: 'study post-now',
  summary: 'Post today’s question at once',
  admin: true,
  options: {},
  run: (_args, caller, deps) => postNow(caller, deps),
})

const status = command({
  name: 'study status',
  summary: 'How this team is set up and where it stands',
  options: {},
  run: (_args, caller, deps) => statusOf(caller, deps),
})

const forgetMe = command({
  name: 'study forget-me',
  summary: 'Delete what is stored about you',
  options: {},
  run: async () => ({
    title: 'Delete everything about you?',
    blocks: [
      text('Your answers, points, streaks and reports in this workspace go for good. /study export gives them to you first.'),
      ...buttons(button(encode('forget', 'yes'), 'Delete it all', 'danger'), button(encode('forget', 'no'), 'Keep it')),
    ],
  }),
})

const exportMe = command({
  name: 'study export',
  summary: 'Get what is stored about you as a file',
  options: {},
  async run(_args, caller, deps) {
    const data = await deps.store.exportMember(caller)
    if (!data) throw new UserError('Nothing is stored about you yet.')
    return {
      title: 'Your data',
      blocks: [
        text('Everything stored about you in this workspace, as JSON.'),
        { kind: 'file', name: 'cohort-export.json', mime: 'application/json', content: JSON.stringify(data, null, 2) },
      ],
    }
  },
})

export const study = [setup, pause, resume, now, status, forgetMe, exportMe]
