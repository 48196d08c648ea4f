/** `/study …`: a team and its schedule for admins, one's own data for everybody. */

import { exportCard, forgetCard } from '../member/own-data.js'
import { openSetup } from '../team/setup.js'
import { postNow, setPaused, statusOf } from '../team/study.js'
import { command } from '../ui/command.js'

const GROUP = 'Set a team up, see how it stands, and your own data'

const setup = command({
  name: 'study setup',
  group: GROUP,
  summary: 'Set this team up: channel, time, days, topics',
  admin: true,
  opensForm: true,
  options: {},
  run: (_args, caller, deps) => openSetup(caller, deps),
})

const pause = command({
  name: 'study pause',
  group: GROUP,
  summary: 'Stop the daily questions for a while',
  admin: true,
  options: {},
  run: (_args, caller, deps) => setPaused(true, caller, deps),
})

const resume = command({
  name: 'study resume',
  group: GROUP,
  summary: 'Start the daily questions again',
  admin: true,
  options: {},
  run: (_args, caller, deps) => setPaused(false, caller, deps),
})

const now = command({
  name: 'study post-now',
  group: GROUP,
  summary: 'Post today’s question at once',
  admin: true,
  options: {},
  run: (_args, caller, deps) => postNow(caller, deps),
})

const status = command({
  name: 'study status',
  group: GROUP,
  summary: 'How this team is set up and where it stands',
  options: {},
  run: (_args, caller, deps) => statusOf(caller, deps),
})

const forgetMe = command({
  name: 'study forget-me',
  group: GROUP,
  summary: 'Delete what is stored about you',
  options: {},
  run: async () => forgetCard(),
})

const exportMe = command({
  name: 'study export',
  group: GROUP,
  summary: 'Get what is stored about you as a file',
  limit: 'export',
  options: {},
  run: (_args, caller, deps) => exportCard(caller, deps),
})

export const study = [setup, pause, resume, now, status, forgetMe, exportMe]
