/** `/study …`: everything about the caller's own study, open to all. */

import { ownQuestions } from '../authoring/own.js'
import { reviewNext } from '../authoring/review.js'
import { openWrite } from '../authoring/write.js'
import { away } from '../member/away.js'
import { examDate } from '../member/exam-date.js'
import { home } from '../member/home.js'
import { askToLeave } from '../member/leaving.js'
import { askToUnlink, link } from '../member/linking.js'
import { exportCard, forgetCard } from '../member/own-data.js'
import { newRun } from '../member/practice.js'
import { reminders, setReminders } from '../member/reminders.js'
import { nextRepair } from '../member/repair.js'
import { shareProgress } from '../member/sharing.js'
import { type Command, command } from '../ui/command.js'
import { REPAIR } from '../ui/params.js'
import { movedTo } from './moved.js'

const GROUP = 'Everything for yourself: how it stands, and your own data'

const status = command({
  name: 'study status',
  group: GROUP,
  summary: 'Your plan for today, exam, readiness, streak, and what you missed lately',
  inDirectMessages: true,
  limit: 'home',
  options: {},
  run: (_args, caller, deps) => home(caller, deps),
})

const leaveTeam = command({
  name: 'study leave',
  group: GROUP,
  summary: 'Leave this team; your next answer joins again',
  inDirectMessages: true,
  options: {},
  run: (_args, caller, deps) => askToLeave(caller, deps),
})

const exam = command({
  name: 'study exam',
  group: GROUP,
  summary: 'The day of your exam: /quiz becomes the plan to it',
  usage: '[date]',
  inDirectMessages: true,
  options: { date: { type: 'text', description: '2027-02-15, 15 Feb, in 6 weeks, or clear', max: 60 } },
  run: ({ date }, caller, deps) => examDate(date, caller, deps),
})

const linkAccounts = command({
  name: 'study link',
  group: GROUP,
  summary: 'Link your accounts on Slack, Discord or elsewhere: one plan, one memory',
  usage: '[code]',
  inDirectMessages: true,
  options: { code: { type: 'text', description: 'The code that /study link showed you there', max: 40 } },
  run: ({ code }, caller, deps) => link(code, caller, deps),
})

const unlinkAccount = command({
  name: 'study unlink',
  group: GROUP,
  summary: 'Unlink this account from your others',
  inDirectMessages: true,
  options: {},
  run: (_args, caller, deps) => askToUnlink(caller, deps),
})

const remind = command({
  name: 'study remind',
  group: GROUP,
  summary: 'A direct message when you have not answered for a day; it stops by itself',
  usage: '[on | off]',
  inDirectMessages: true,
  options: {
    switch: { type: 'choice', description: 'On or off', choices: ['on', 'off'] },
  },
  run: ({ switch: chosen }, caller, deps) =>
    chosen === undefined ? reminders(caller, deps) : setReminders(chosen === 'on', caller, deps),
})

const awayUntil = command({
  name: 'study away',
  group: GROUP,
  summary: 'Days that break no streak and bring no reminder',
  usage: '[until <date> | off]',
  inDirectMessages: true,
  options: { until: { type: 'text', description: '2027-02-15, 15 Feb, in 2 weeks, or off', max: 60 } },
  run: ({ until }, caller, deps) => away(until, caller, deps),
})

const repair = command({
  name: 'study repair',
  group: GROUP,
  summary: 'Answer two of the questions that you missed, and a broken streak is back',
  inDirectMessages: true,
  limit: 'practice',
  options: {},
  run: (_args, caller, deps) => nextRepair(newRun(REPAIR), caller, deps),
})

const forgetMe = command({
  name: 'study forget-me',
  group: GROUP,
  summary: 'Delete what is stored about you',
  inDirectMessages: true,
  options: {},
  run: (_args, caller, deps) => forgetCard(caller, deps),
})

const exportMe = command({
  name: 'study export',
  group: GROUP,
  summary: 'Get what is stored about you as a file',
  limit: 'export',
  inDirectMessages: true,
  options: {},
  run: (_args, caller, deps) => exportCard(caller, deps),
})

const share = command({
  name: 'study share',
  group: GROUP,
  summary: 'Whether those who lead your teams see your progress by name',
  usage: '[on | off]',
  inDirectMessages: true,
  options: {
    set: { type: 'choice', description: 'on or off; without it you see how it is', choices: ['on', 'off'] },
  },
  run: ({ set }, caller, deps) => shareProgress(set && set === 'on', caller, deps),
})

const write = command({
  name: 'study write',
  group: GROUP,
  summary: 'Write a question for your team; others look it over before it is asked',
  inDirectMessages: true,
  opensForm: true,
  options: {},
  run: (_args, caller, deps) => openWrite(caller, deps),
})

const review = command({
  name: 'study review',
  group: GROUP,
  summary: 'Questions that members wrote: approve, change or reject the next one',
  inDirectMessages: true,
  options: {},
  run: (_args, caller, deps) => reviewNext(caller, deps),
})

const questions = command({
  name: 'study questions',
  group: GROUP,
  summary: 'The questions that you wrote, and how they stand',
  inDirectMessages: true,
  options: {},
  run: (_args, caller, deps) => ownQuestions(caller, deps),
})

/** Names from version 0.2; kept for one release. */
const moved: readonly Command[] = [
  movedTo('team setup', 'study setup', GROUP),
  movedTo('team pause', 'study pause', GROUP),
  movedTo('team resume', 'study resume', GROUP),
  movedTo('team post-now', 'study post-now', GROUP),
]

export const study = [
  ...[status, exam, remind, awayUntil, repair, share, write, review, questions],
  ...[linkAccounts, unlinkAccount, leaveTeam, forgetMe, exportMe],
  ...moved,
]
