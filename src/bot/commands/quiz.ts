import { UserError } from '../../core/errors.js'
import { newRun } from '../actions/practice.js'
import { askHowItWent } from '../member/exam-date.js'
import { nextPractice, topicCode } from '../member/practice.js'
import type { LoadedPack } from '../ports/packs.js'
import { packOf } from '../team/team.js'
import { command } from '../ui/command.js'
import { MAX_PRACTICE } from '../ui/ids.js'
import { completeTopics } from './topics.js'

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
      suggest: completeTopics,
    },
    count: { type: 'integer', description: 'How many questions', min: 1, max: MAX_PRACTICE },
  },
  async run({ topic, count }, caller, deps) {
    if (topic === undefined)
      return (await askHowItWent(caller, deps)) ?? nextPractice(newRun('-', count), caller, deps)
    const pack = await packOf(caller, deps)
    const slug = bestIn(topic, pack)
    if (slug !== undefined)
      return nextPractice(newRun(topicCode({ pack: pack.bank.pack.id, slug }), count), caller, deps)
    const other = deps.packs.all.find((one) => one !== pack && bestIn(topic, one) !== undefined)
    const where = other ? ` "${other.bank.pack.title}" has one, and /explain leads there.` : ''
    throw new UserError(
      `There is no topic like "${topic.slice(0, 60)}".${where} Type /quiz without one, or pick from the completion.`,
    )
  },
})

function bestIn(topic: string, { search }: LoadedPack): string | undefined {
  const { match, topics } = search.find(topic)
  return match === 'none' ? undefined : topics[0]?.slug
}
