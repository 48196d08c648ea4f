import { boardCard } from '../team/boards.js'
import { command } from '../ui/command.js'

export const leaderboard = command({
  name: 'leaderboard',
  summary: 'Who stands where: this week, this season or all time, members or teams',
  usage: '[week | season | all-time] [members | teams]',
  inDirectMessages: true,
  options: {
    span: {
      type: 'choice',
      description: 'The period that it covers',
      choices: ['week', 'season', 'all-time'],
      // A season is a month, so both words mean the same.
      also: {
        ...{ weekly: 'week', month: 'season', monthly: 'season', seasonal: 'season' },
        ...{ all: 'all-time', alltime: 'all-time', overall: 'all-time', ever: 'all-time', total: 'all-time' },
      },
    },
    whose: {
      type: 'choice',
      description: 'Members of this team, or teams',
      choices: ['members', 'teams'],
      also: { people: 'members', person: 'members', groups: 'teams' },
    },
  },
  run: ({ span, whose }, caller, deps) =>
    boardCard(span ?? 'season', whose ?? 'members', 0, true, caller, deps),
})
