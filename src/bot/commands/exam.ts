import { LENGTHS } from '../../core/exam.js'
import { openExam } from '../exam/open.js'
import { command } from '../ui/command.js'

export const exam = command({
  name: 'exam',
  summary: 'A mock exam, as long as the real one or short',
  usage: '[full | short]',
  inDirectMessages: true,
  limit: 'practice',
  options: {
    length: {
      type: 'choice',
      description: 'Full, as long as the exam, or short',
      choices: LENGTHS,
      also: { whole: 'full', long: 'full', real: 'full', mini: 'short', quick: 'short' },
    },
  },
  run: ({ length }, caller, deps) => openExam(length, caller, deps),
})
