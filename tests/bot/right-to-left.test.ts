/** Names of the other direction of writing turn nothing around them. */
import { expect, it } from 'vitest'
import { isolated, plain } from '../../src/core/text.js'
import { draw } from '../../src/pictures/draw.js'
import { markdown } from '../../src/platforms/discord/markdown.js'
import { renderMessage as onDiscord } from '../../src/platforms/discord/render.js'
import { mrkdwn } from '../../src/platforms/slack/mrkdwn.js'
import { renderMessage as onSlack } from '../../src/platforms/slack/render.js'
import { startBot } from '../helpers/bot.js'
import { smallPack } from '../helpers/small-pack.js'

const NAME = 'דנה כהן 3'
const APART = `\u2068${NAME}\u2069`

it.each([
  ['דנה', '\u2068דנה\u2069'],
  ['Dana דנה', '\u2068Dana דנה\u2069'],
  ['سارة', '\u2068سارة\u2069'],
  ['𞤀𞤣𞤤𞤢𞤥', '\u2068𞤀𞤣𞤤𞤢𞤥\u2069'],
  ['Ann', 'Ann'],
  ['日本', '日本'],
  ['', ''],
])('%s is set apart only where it needs to be', (name, shown) => {
  expect(isolated(name)).toBe(shown)
})

it('a board has names apart: in its lines, its picture’s words and its title, on every platform', async () => {
  const asking = { one: { title: 'One', asks: ['What is one?', 'What is it not?'] } }
  const bot = await startBot({ content: smallPack({ topics: asking }) })
  await bot.team({ name: 'צוות' })
  bot.at('2026-11-02T08:00:00Z')
  await bot.tick()
  // Marks that come in with a name are taken out: those that are shown are the bot's own.
  const dana = bot.person('dana', { name: `\u2067${NAME}\u2069` })
  await dana.presses('A', bot.last())
  bot.at('2026-11-02T20:00:00Z')
  await bot.tick()
  await dana.says('/leaderboard')
  const { card } = dana
  expect(card.title).toMatch(/^\u2068צוות\u2069: /)
  expect(dana.sees).toContain(`1. ${APART}: `)
  const picture = card.blocks.find((block) => block.kind === 'image')
  expect(picture?.alt).toContain(`1. ${APART}, `)
  expect(JSON.stringify(onSlack(card, new Map()))).toContain(`*1. ${APART}*: `)
  expect(JSON.stringify(onDiscord(card, new Map()))).toContain(`${APART}**: `)
  if (picture) expect((await draw(picture.picture)).byteLength).toBeGreaterThan(1000)
})

it('a member, a topic and what was asked for are apart in every text', async () => {
  const member = [{ member: 'U1', name: NAME }]
  expect([plain(member), mrkdwn(member), markdown(member)]).toEqual([APART, APART, APART])
  const topics = {
    one: { title: 'שלום', front: { sources: { notes: [], documents: ['ספר'], checked: '2026-11-20' } } },
    two: { title: 'עולם' },
  }
  const ann = (await startBot({ content: smallPack({ topics }) })).person('ann')
  await ann.says('/explain שלום vs עולם')
  expect(ann.card.title).toBe('\u2068שלום\u2069 or \u2068עולם\u2069')
  await ann.says('/explain שלום')
  expect(ann.sees).toContain('Sources: \u2068ספר\u2069')
  await ann.says('/explain אחר')
  expect(JSON.stringify(onSlack(ann.card, new Map()))).toContain('about `\u2068אחר\u2069`')
  expect(JSON.stringify(onDiscord(ann.card, new Map()))).toContain('about `\u2068אחר\u2069`')
})
