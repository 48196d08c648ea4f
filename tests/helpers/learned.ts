/** A person who has learned for a while: practice, straight through the store. */

import type { UserKey } from '../../src/bot/ports/keys.js'
import { DAY_MS } from '../../src/core/time.js'

import type { Bot } from './bot.js'

/** First answers to so many questions of the first pack, of each domain in turn; two of three are right. */
export async function answersMany(
  bot: Pick<Bot, 'store' | 'deps' | 'bank'>,
  who: UserKey & { readonly name: string },
  many: number,
  agoMs = DAY_MS,
): Promise<void> {
  const { questions } = bot.bank
  const domains = [...new Set(questions.map(({ domain }) => domain))]
  const byDomain = domains.map((domain) => questions.filter((one) => one.domain === domain))
  const inTurn = questions.flatMap((_, i) => byDomain.flatMap((all) => all[i] ?? []))
  for (const [i, question] of inTurn.slice(0, many).entries()) {
    const given = { answer: 'A', right: i % 3 > 0, now: bot.deps.clock() - agoMs }
    await bot.store.practise({
      ...who,
      ...{ question: question.id, version: question.version, item: 0, seed: i, ...given },
    })
  }
}
