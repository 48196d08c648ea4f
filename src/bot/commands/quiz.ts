import { UserError } from '../../core/errors.js'
import { newRun } from '../actions/practice.js'
import { nextPractice, topicCode } from '../member/practice.js'
import { command } from '../ui/command.js'
import { MAX_PRACTICE } from '../ui/ids.js'

export const quiz = command({
  name: 'quiz',
  summary: 'Practise by yourself, with reasons at once',
  usage: '[topic] [count]',
  inDirectMessages: true,
  limit: 'practice',
  options: {
    topic: {
      type: 'text',
      description: 'A topic; without one, what you need most',
      max: 300,
      suggest: (typed, deps) => deps.search.complete(typed, 25).map((t) => ({ value: t.title, label: t.title })),
    },
    count: { type: 'integer', description: 'How many questions', min: 1, max: MAX_PRACTICE },
  },
  async run({ topic, count }, caller, deps) {
    if (topic === undefined) return nextPractice(newRun('-', count), caller, deps)
    const found = deps.search.find(topic)
    const [best] = found.topics
    if (found.match === 'none' || !best)
      throw new UserError(`There is no topic like "${topic.slice(0, 60)}". Type /quiz without one, or pick from the completion.`)
    return nextPractice(newRun(topicCode(best.slug), count), caller, deps)
  },
})
