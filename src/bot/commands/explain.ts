import type { Topic } from '../../core/model.js'
import type { Found } from '../../search/search.js'
import { comparisonCard, didYouMeanCard, notCoveredCard, topicCard } from '../cards/topic.js'
import type { Deps } from '../deps.js'
import type { Card } from '../ui/card.js'
import { command } from '../ui/command.js'

/** Characters of a look-up. */
export const MAX_QUERY = 300

export const explain = command({
  name: 'explain',
  summary: 'Look something up: a topic, an acronym, a question, or A vs B',
  usage: '<anything>',
  inDirectMessages: true,
  forAnybody: true,
  options: {
    query: {
      type: 'text',
      description: 'A topic, an acronym, a question, or A vs B',
      required: true,
      max: MAX_QUERY,
      suggest: (typed, deps) => deps.search.complete(typed, 25).map((t) => ({ value: t.title, label: t.title })),
    },
  },
  run: async ({ query }, _caller, deps) => foundCard(query, deps.search.find(query), deps),
})

/** Draws what the search found; the command line uses it too. */
export function foundCard(query: string, found: Found, deps: Pick<Deps, 'bank'>): Card {
  const topics = found.topics.map((t) => deps.bank.topic(t.slug)).filter((t): t is Topic => t !== undefined)
  const [first] = topics
  if (found.match === 'none' || !first) return notCoveredCard(query, topics.slice(0, 3))
  switch (found.match) {
    case 'topic':
      return topicCard(first, deps.bank)
    case 'compare':
      return comparisonCard(topics, deps.bank)
    case 'ambiguous':
      return didYouMeanCard(query, topics.slice(0, 5))
  }
}
