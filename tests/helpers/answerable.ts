/** Answering whatever is asked, right or not, by a button or by the menu where two are to be chosen. */
import type { Card } from '../../src/bot/ui/card.js'
import { type Bot, labelsOf, type Person, selectsOf, startBot } from './bot.js'

/** By a button or a menu: what is to be put in order is not. */
export const isAnswerable = (card: Card) => labelsOf(card).includes('A') || selectsOf(card).length > 0

export function answers(person: Person, card: Card): Promise<Card> {
  return labelsOf(card).includes('A') ? person.presses('A', card) : person.picks(['A', 'B'], card)
}

/** Ann has answered the first question of a team on apples, on Monday at eight. */
export async function afterFirstAnswer(): Promise<{ readonly bot: Bot; readonly person: Person }> {
  const bot = await startBot()
  await bot.team({ topics: ['apple'] })
  await bot.at('2026-11-02T08:00Z').tick()
  const person = bot.person('ann')
  await person.presses('A', bot.last())
  return { bot, person }
}

/** What can be answered in a channel now, the latest. */
export function openQuestion(bot: Bot, channel = 'study'): Card {
  const found = bot.channel(channel).findLast(isAnswerable)
  if (!found) throw new Error(`nothing can be answered in ${channel}`)
  return found
}

/** What the first tick of a time plans or reveals, the second one sends. */
export async function ticks(bot: Bot, ...times: string[]): Promise<void> {
  for (const time of times) {
    await bot.at(time).tick()
    await bot.tick()
  }
}
