/** `explain`: runs the look-up without a chat. */

import { lookUp } from '../bot/member/look-up.js'
import { openPacks } from '../bot/packs.js'
import { plainCard } from '../bot/ui/card.js'
import type { Config } from '../config.js'
import type { Io } from '../io.js'
import { goodContent, packNamed } from '../server/content.js'
import { packLine } from './content.js'

/** Returns exit code 1 if a single query is not covered. */
export async function explainWords(
  words: readonly string[],
  options: { stdin?: boolean; json?: boolean; pack?: string },
  config: Config,
  io: Io,
): Promise<number> {
  const banks = await goodContent(config)
  const { packs } = openPacks(banks)
  const { pack } = packNamed(options.pack, banks)
  const say = (query: string) => {
    const { found, card } = lookUp(query, packs.get(pack.id) ?? packs.first, packs)
    const [{ match, topics }, text] = [found, plainCard(card)]
    io.out(options.json ? JSON.stringify({ query, pack: pack.id, match, topics, text }) : text)
    return match
  }
  if (!options.json) io.out(packLine(pack))
  if (!options.stdin) return say(words.join(' ')) === 'none' ? 1 : 0
  for await (const query of linesOf(io.input)) say(query)
  return 0
}

/**
 * Yields lines as they arrive, so that another program can ask and wait for the answer. Only line feeds end a
 * line.
 */
async function* linesOf(input: AsyncIterable<string>): AsyncGenerator<string> {
  let text = ''
  for await (const chunk of input) {
    const lines = (text + chunk).split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (text !== '') yield text
}
