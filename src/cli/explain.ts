/** `explain`: the look-up without a chat. */
import { readFileSync } from 'node:fs'
import { plainCard } from '../bot/card.js'
import { foundCard } from '../bot/commands/explain.js'
import type { Config } from '../config.js'
import type { Bank } from '../content/bank.js'
import { createSearch, type Search, searchTopic } from '../core/search.js'
import { goodContent } from './content.js'

/** Exit code 1 when a single query is not covered. */
export async function explainWords(
  words: readonly string[],
  options: { stdin?: boolean; json?: boolean },
  config: Config,
): Promise<number> {
  const bank = await goodContent(config.CONTENT_DIR)
  const search = createSearch(bank.topics.map(searchTopic))
  const queries = options.stdin ? lines(readFileSync(0, 'utf8')) : [words.join(' ')]
  const results = queries.map((query) => explainOne(query, search, bank))
  for (const result of results) console.log(options.json ? JSON.stringify(result) : result.text)
  return !options.stdin && results[0]?.match === 'none' ? 1 : 0
}

function lines(input: string): string[] {
  const all = input.split(/\r?\n/)
  return all.at(-1) === '' ? all.slice(0, -1) : all
}

function explainOne(query: string, search: Search, bank: Bank) {
  const found = search.find(query)
  return { query, match: found.match, topics: found.topics, text: plainCard(foundCard(query, found, { bank })) }
}
