import { boardCard } from '../team/boards.js'
import { command } from '../ui/command.js'

export const leaderboard = command({
  name: 'leaderboard',
  summary: 'Who stands where: this week, this season or all time, members or teams',
  usage: '[week | season | all-time] [members | teams]',
  options: {
    span: { type: 'choice', description: 'The stretch it covers', choices: ['week', 'season', 'all-time'] },
    whose: { type: 'choice', description: 'Members of this team, or teams', choices: ['members', 'teams'] },
  },
  run: ({ span, whose }, caller, deps) =>
    boardCard(span ?? 'season', whose ?? 'members', 0, true, caller, deps),
})
