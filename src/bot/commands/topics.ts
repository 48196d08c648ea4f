import type { Search } from '../../search/search.js'
import type { Choosable } from '../ui/card.js'
import { MAX_SUGGESTIONS } from '../ui/complete.js'

/** Topics of the team's pack. */
export function completeTopics(typed: string, search: Search): readonly Choosable[] {
  return search.complete(typed, MAX_SUGGESTIONS).map(({ title }) => ({ value: title, label: title }))
}
