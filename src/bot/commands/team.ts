/** `/team …`: everything about the team, for people who may set it up. */

import { EXPORT_FORMATS } from '../../content/formats/export-formats.js'
import { allQuestions } from '../authoring/own.js'
import { setPaused, statusOf } from '../team/control.js'
import { exportTeam } from '../team/export.js'
import { openImport, readImport } from '../team/import.js'
import { membersOf } from '../team/members.js'
import { askWhichToMove, askWhichToRemove, listTeams } from '../team/move.js'
import { postNow } from '../team/post-now.js'
import { reportOf } from '../team/report-order.js'
import { openSetup } from '../team/setup.js'
import { command } from '../ui/command.js'

const GROUP = 'Everything for your team: its setup and its daily questions (admins)'

const setup = command({
  name: 'team setup',
  group: GROUP,
  summary: 'Set this team up: channel, time, days, topics',
  admin: true,
  opensForm: true,
  options: {},
  run: (_args, caller, deps) => openSetup('here', caller, deps),
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

const list = command({
  name: 'team list',
  group: GROUP,
  summary: 'Every team: its channel, time and members',
  admin: true,
  options: {},
  run: (_args, caller, deps) => listTeams(caller, deps),
})

const report = command({
  name: 'team report',
  group: GROUP,
  summary: 'How the team is doing, by week: figures of groups, as a card and as CSV',
  admin: true,
  options: {},
  run: (_args, caller, deps) => reportOf(caller, deps),
})

const questions = command({
  name: 'team questions',
  group: GROUP,
  summary: 'The questions that members wrote, and who has to approve them',
  admin: true,
  options: {},
  run: (_args, caller, deps) => allQuestions(caller, deps),
})

export const importFile = command({
  name: 'team import',
  group: GROUP,
  summary: 'Take the questions of a file: GIFT, Moodle, QTI, Kahoot, CSV, Anki and more',
  admin: true,
  opensForm: true,
  limit: 'import',
  options: { file: { type: 'file', description: 'The file of questions, at most 5 MB' } },
  run: ({ file }, caller, deps) => (file ? readImport(file, caller, deps) : openImport(caller, deps)),
})

const exportFile = command({
  name: 'team export',
  group: GROUP,
  summary: 'Your team’s own questions as a file, without those of open rounds',
  usage: '[format] [all]',
  admin: true,
  limit: 'export',
  options: {
    format: { type: 'choice', description: 'What to write; yaml when left out', choices: EXPORT_FORMATS },
    which: { type: 'choice', description: 'all: those of the pack too', choices: ['own', 'all'] },
  },
  run: ({ format = 'yaml', which = 'own' }, caller, deps) => exportTeam(format, which, caller, deps),
})

const MAX_NAME = 60
const options = {
  team: { type: 'text', description: 'Its name; without it you are asked', max: MAX_NAME },
} as const

const move = command({
  name: 'team move',
  group: GROUP,
  summary: 'Bring a team to this channel, with its points',
  usage: '[team]',
  admin: true,
  options,
  run: ({ team: name }, caller, deps) => askWhichToMove(name, caller, deps),
})

const remove = command({
  name: 'team remove',
  group: GROUP,
  summary: 'Delete a team with all it has',
  usage: '[team]',
  admin: true,
  options,
  run: ({ team: name }, caller, deps) => askWhichToRemove(name, caller, deps),
})

export const team = [
  setup,
  status,
  pause,
  resume,
  now,
  list,
  move,
  remove,
  members,
  report,
  questions,
  importFile,
  exportFile,
]
