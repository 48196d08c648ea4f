import { UserError } from '../../core/errors.js'
import { sentence } from '../../core/text.js'
import { NAMED, type Search } from '../../search/search.js'
import { askHowItWent } from '../member/exam-date.js'
import { ownOf } from '../member/plan.js'
import { newRun, nextPractice, topicCode } from '../member/practice.js'
import type { LoadedPack } from '../ports/packs.js'
import { packOf } from '../team/team.js'
import { command } from '../ui/command.js'
import { MAX_PRACTICE } from '../ui/ids.js'
import { countsIn } from '../ui/spoken.js'
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
  async readLine(line, caller, deps) {
    const { search } = await packOf(caller, deps)
    return readings(line).find(({ topic }) => isName(topic, search))
  },
  async run({ topic, count }, caller, deps) {
    if (topic === undefined) {
      const own = await ownOf(caller, deps)
      return (await askHowItWent(own, caller, deps)) ?? nextPractice(newRun('-', count), caller, deps, own)
    }
    const pack = await packOf(caller, deps)
    const slug = bestIn(topic, pack)
    if (slug !== undefined)
      return nextPractice(newRun(topicCode({ pack: pack.bank.pack.id, slug }), count), caller, deps)
    const other = deps.packs.all.find((one) => one !== pack && bestIn(topic, one) !== undefined)
    const where = other ? sentence` "${other.bank.pack.title}" has one, and /explain leads there.` : ''
    throw new UserError(
      sentence`There is no topic like "${topic.slice(0, 60)}".${where} Type /quiz without one, or /explain to see what the topics are called.`,
    )
  },
})

function bestIn(topic: string, { search }: LoadedPack): string | undefined {
  const { match, topics } = search.find(topic)
  return match === 'none' ? undefined : topics[0]?.slug
}

/**
 * The readings of a line: as a topic alone, even with numbers in it, and as a topic with a count after or
 * before it.
 */
function readings(line: string): { readonly topic: string; readonly count?: number }[] {
  const counted = countsIn(line).filter(({ rest }) => rest !== '')
  return [{ topic: line }, ...counted.map(({ count, rest }) => ({ topic: rest, count }))]
}

/** Whether a topic has exactly this name. */
function isName(topic: string, search: Search): boolean {
  const { match, topics } = search.find(topic)
  return (match === 'topic' || match === 'ambiguous') && (topics[0]?.score ?? 0) >= NAMED
}
