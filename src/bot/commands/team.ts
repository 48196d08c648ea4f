/** `/team …`: everything for the team, for those who may set it up. */
import { openSetup } from '../team/setup.js'
import { postNow, setPaused } from '../team/study.js'
import { command } from '../ui/command.js'

const GROUP = 'Everything for your team: its setup and its daily questions (admins)'

const setup = command({
  name: 'team setup',
  group: GROUP,
  summary: 'Set this team up: channel, time, days, topics',
  admin: true,
  opensForm: true,
  options: {},
  run: (_args, caller, deps) => openSetup(caller, deps),
})

const pause = command({
  name: 'team pause',
  group: GROUP,
  summary: 'Stop the daily questions for a while',
  admin: true,
  options: {},
  run: (_args, caller, deps) => setPaused(true, caller, deps),
})

const resume = command({
  name: 'team resume',
  group: GROUP,
  summary: 'Start the daily questions again',
  admin: true,
  options: {},
  run: (_args, caller, deps) => setPaused(false, caller, deps),
})

const now = command({
  name: 'team post-now',
  group: GROUP,
  summary: 'Post today’s question at once',
  admin: true,
  options: {},
  run: (_args, caller, deps) => postNow(caller, deps),
})

export const team = [setup, pause, resume, now]
