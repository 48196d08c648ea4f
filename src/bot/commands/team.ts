/** `/team …`: everything for the team, for those who may set it up. */
import { membersOf } from '../team/members.js'
import { postNow } from '../team/post-now.js'
import { openSetup } from '../team/setup.js'
import { setPaused, statusOf } from '../team/study.js'
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

const members = command({
  name: 'team members',
  group: GROUP,
  summary: 'Who is in this team, who rests, and taking somebody out',
  admin: true,
  options: {},
  run: (_args, caller, deps) => membersOf(caller, deps),
})

const status = command({
  name: 'team status',
  group: GROUP,
  summary: 'How this team is set up and where it stands',
  admin: true,
  options: {},
  run: (_args, caller, deps) => statusOf(caller, deps),
})

export const team = [setup, status, pause, resume, now, members]
