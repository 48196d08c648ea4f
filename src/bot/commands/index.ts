/** Every command, in the order of `/help`. */
import type { Command } from '../ui/command.js'
import { exam } from './exam.js'
import { explain } from './explain.js'
import { helpCommand } from './help.js'
import { leaderboard } from './leaderboard.js'
import { quiz } from './quiz.js'
import { stats } from './stats.js'
import { study } from './study.js'
import { team } from './team.js'

export const commands: readonly Command[] = [
  explain,
  quiz,
  exam,
  leaderboard,
  stats,
  ...study,
  ...team,
  helpCommand(() => commands),
]
