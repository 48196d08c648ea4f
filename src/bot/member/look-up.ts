/** Look-ups for everything that asks: the command, a form, the command line. */
import type { Bank } from '../../content/bank.js'
import type { Topic } from '../../core/model.js'
import { type Found, NAMED } from '../../search/search.js'
import {
  comparisonCard,
  didYouMeanCard,
  elsewhere,
  likelyCard,
  mentionCard,
  notCoveredCard,
  topicCard,
} from '../cards/topic.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { LoadedPack, Packs } from '../ports/packs.js'
import { packOf } from '../team/team.js'
import type { Card } from '../ui/card.js'

/** The most other packs that are mentioned. */
const MAX_OTHERS = 3
/** The most characters of a look-up. */
export const MAX_QUERY = 300

/** Whether the team's pack has a topic with exactly this name. */
export async function isTopicNamed(name: string, caller: Caller, deps: Deps): Promise<boolean> {
  const { bank } = await packOf(caller, deps)
  const wanted = name.trim().toLowerCase()
  return bank.topics.some(({ slug, title, aliases }) =>
    [slug, title, ...aliases].some((one) => one.toLowerCase() === wanted),
  )
}

/** Searches one pack, and names other packs that have it; the command line uses this too. */
export function lookUp(
  query: string,
  pack: LoadedPack,
  packs: Packs,
): { readonly found: Found; readonly card: Card } {
  const found = pack.search.find(query)
  // Topics that an exam has dropped are found too.
  const card = foundCard(query, found, (packs.get(pack.bank.pack.id) ?? pack).bank)
  return {
    found,
    card: {
      ...card,
      blocks: [
        ...card.blocks,
        ...elsewhere(foundElsewhere(query, found, pack, packs), found.match !== 'none'),
      ],
    },
  }
}

function foundCard(query: string, found: Found, bank: Bank): Card {
  const topics = topicsOf(found, bank)
  const [first] = topics
  if (found.match === 'none' || !first) return notCoveredCard(query, topics.slice(0, 3), found.isMention)
  switch (found.match) {
    case 'topic':
      if (found.isMention) return mentionCard(query, first, bank)
      return isNamed(found) ? topicCard(first, bank) : likelyCard(first, topics.slice(1), bank)
    case 'compare':
      return comparisonCard(topics, bank)
    case 'ambiguous':
      return didYouMeanCard(query, topics.slice(0, 5))
  }
}

const isNamed = ({ topics }: Found) => (topics[0]?.score ?? 0) >= NAMED

function topicsOf({ topics }: Found, bank: Bank): Topic[] {
  return topics.map((hit) => bank.topic(hit.slug)).filter((topic) => topic !== undefined)
}

/**
 * If the team's pack has an answer, another pack is mentioned only if it has something with exactly that
 * name.
 */
function foundElsewhere(query: string, { match }: Found, pack: LoadedPack, packs: Packs) {
  return packs.all
    .filter((other) => other.bank.pack.id !== pack.bank.pack.id)
    .map(({ bank, search }) => ({
      bank,
      found: match === 'none' ? search.find(query) : search.called(query),
    }))
    .filter(
      ({ found }) => found.match !== 'none' && (match === 'none' || (found.topics[0]?.score ?? 0) >= NAMED),
    )
    .slice(0, MAX_OTHERS)
    .map(({ bank, found }) => ({
      pack: bank.pack,
      topics: topicsOf(found, bank).slice(0, found.match === 'topic' ? 1 : 3),
    }))
}
