/** `explain`: the look-up without a chat. */

import { foundCard } from '../bot/commands/explain.js'
import { plainCard } from '../bot/ui/card.js'
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import type { Io } from '../io.js'
import { createSearch, type Search, searchTopic } from '../search/search.js'
import { goodContent } from '../server/content.js'

/** Exit code 1 when a single query is not covered. */
export async function explainWords(
  words: readonly string[],
  options: { stdin?: boolean; json?: boolean },
  config: Config,
  io: Io,
): Promise<number> {
  const bank = await goodContent(config)
  const search = createSearch(bank.topics.map(searchTopic))
  const say = (query: string) => {
    const result = explainOne(query, search, bank)
    io.out(options.json ? JSON.stringify(result) : result.text)
    return result.match
  }
  if (!options.stdin) return say(words.join(' ')) === 'none' ? 1 : 0
  for await (const query of linesOf(io.input)) say(query)
  return 0
}

/** Line by line as they come, so that another program can ask and wait for the answer. Only line feeds end a line. */
async function* linesOf(input: AsyncIterable<string>): AsyncGenerator<string> {
  let text = ''
  for await (const chunk of input) {
    const lines = (text + chunk).split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (text !== '') yield text
}

function explainOne(query: string, search: Search, bank: Bank) {
  const found = search.find(query)
  return { query, match: found.match, topics: found.topics, text: plainCard(foundCard(query, found, { bank })) }
}
