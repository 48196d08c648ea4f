/** One person, Ann, with two accounts: on Slack and on Discord. */

import { expect } from 'vitest'
import { learnerOf } from '../../src/bot/member/plan.js'
import type { UserKey } from '../../src/bot/ports/keys.js'
import type { Card } from '../../src/bot/ui/card.js'
import { type Bot, type Person, startBot } from './bot.js'
import { type TestChat, testChat } from './chat.js'

export const SLACK = { platform: 'slack', workspace: 's1' }
export const DISCORD = { platform: 'discord', workspace: 'd1' }
export const ANN = { ...SLACK, user: 'U1', name: 'Ann' }
export const ANNA = { ...DISCORD, user: '77', name: 'Anna' }

export interface Sides {
  readonly bot: Bot
  readonly ann: Person
  readonly anna: Person
  readonly slack: TestChat
  readonly discord: TestChat
  /** What was told to this user last, in private, by the bot itself. */
  told(chat: TestChat, user: string): Promise<Card>
  /** Both say yes. */
  link(): Promise<void>
}

export async function twoSides(): Promise<Sides> {
  const bot = await startBot({ content: 'content', now: '2026-11-02T09:00:00Z' })
  const [slack, discord] = [testChat('slack'), testChat('discord')]
  for (const chat of [slack, discord]) (bot.deps.chats as Map<string, TestChat>).set(chat.platform, chat)
  await bot.store.openWorkspaces('slack', ['s1'])
  await bot.store.openWorkspaces('discord', ['d1'])
  const [ann, anna] = [bot.person(ANN.user, ANN), bot.person(ANNA.user, ANNA)]
  async function told(chat: TestChat, user: string): Promise<Card> {
    await bot.tick()
    const card = chat.told.filter((one) => one.user === user).at(-1)?.card
    if (!card) throw new Error(`nothing was told to ${user}`)
    return card
  }
  return {
    ...{ bot, ann, anna, slack, discord, told },
    async link() {
      await anna.says(`/study link ${await codeOf(ann)}`)
      await anna.presses('Link')
      await ann.presses('Link', await told(slack, ANN.user))
      expect(ann.card.title).toBe('Linked')
    },
  }
}

/** Asks for a code, and gives it as it is shown. */
export async function codeOf(person: Person): Promise<string> {
  const block = (await person.says('/study link')).blocks.find((one) => one.kind === 'code')
  const code = (block?.kind === 'code' && /link (\S+)/.exec(block.text)?.[1]) || ''
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
  return code
}

/** How often each question was answered, as the person remembers it. */
export async function seenBy(bot: Bot, who: UserKey): Promise<Record<string, number>> {
  const all = (await learnerOf(who, bot.deps))?.concepts.flatMap((one) => Object.entries(one.seen)) ?? []
  return Object.fromEntries(all.map(([question, { times }]) => [question, times]))
}
