/** A case in a round of several: one question, with its own heading, scenario and parts. */
import { describe, expect, it } from 'vitest'
import { type Block, type Card, plainCard } from '../../src/bot/ui/card.js'
import { plain } from '../../src/core/text.js'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'

const SCENARIO = 'forty kilos of plums'

/** All questions about plums and pears: a case among others. */
async function mixed(): Promise<Bot> {
  const bot = await startBot()
  await bot.team({ topics: ['plum', 'pear'], count: 5, openHours: 12 })
  await bot.at('2026-11-02T08:00:00Z').tick()
  return bot
}

const headings = ({ blocks }: Card) => blocks.flatMap((b) => (b.kind === 'heading' ? [b.text] : []))

/** The blocks under a heading, up to the next. */
function under({ blocks }: Card, title: string): Block[] {
  const from = blocks.findIndex((b) => b.kind === 'heading' && b.text === title) + 1
  const length = blocks.slice(from).findIndex((b) => b.kind === 'heading')
  return blocks.slice(from, length < 0 ? undefined : from + length)
}

const numberOfCase = (card: Card) => {
  const title = headings(card).find((one) => plainCard({ blocks: under(card, one) }).includes(SCENARIO))
  return title?.replace('Question ', '') ?? ''
}

describe('a round with a case', () => {
  it('has as many questions as are asked a day, however many parts the case has', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['plum'], count: 2 })
    await bot.at('2026-11-02T08:00:00Z').tick()
    expect(bot.last().title).toBe('2 questions of the day')
    expect(headings(bot.last())).toEqual(['Question 1', 'Question 2'])
    expect(labelsOf(bot.last()).filter((label) => label.startsWith('Answer'))).toHaveLength(3)
  })

  it('has the scenario, the parts and their buttons under the heading of the case alone', async () => {
    const card = (await mixed()).last()
    const number = numberOfCase(card)
    const own = under(card, `Question ${number}`)
    expect(own.map((b) => b.kind).slice(0, 3)).toEqual(['text', 'list', 'buttons'])
    const [scenario, list, buttons] = own
    expect(scenario?.kind === 'text' && plain(scenario.text)).toContain(SCENARIO)
    expect(list?.kind === 'list' && list.items.map((item) => plain(item).slice(0, 3))).toEqual([
      `${number}.1`,
      `${number}.2`,
    ])
    expect(buttons?.kind === 'buttons' && buttons.buttons.map((b) => b.label)).toEqual([
      `Answer ${number}.1`,
      `Answer ${number}.2`,
    ])
    expect(plainCard(card).split(SCENARIO)).toHaveLength(2)
  })

  it('says of a part which it is, of which question', async () => {
    const bot = await mixed()
    const number = numberOfCase(bot.last())
    const of = headings(bot.last()).length
    const ann = bot.person('ann')
    expect((await ann.presses(`Answer ${number}.2`, bot.last())).title).toBe(
      `Question ${number} of ${of}, part 2 of 2`,
    )
    expect(ann.sees).toContain(SCENARIO)
  })

  it('is revealed in the same order, the answers of the case under its scenario', async () => {
    const bot = await mixed()
    const number = numberOfCase(bot.last())
    await bot.at('2026-11-02T20:00:00Z').tick()
    const reveal = bot.last()
    const own = plainCard({ blocks: under(reveal, `Question ${number}`) })
    expect(own).toContain(SCENARIO)
    expect(own).toContain('Dried on racks')
    expect(plainCard(reveal).split(SCENARIO)).toHaveLength(2)
  })

  it('is revealed part by part when it is the only question', async () => {
    const bot = await startBot({ seed: 2 })
    await bot.team({ topics: ['plum'], count: 1 })
    for (let day = 2; bot.channel().every((card) => !plainCard(card).includes(SCENARIO)); day++)
      await bot.at(`2026-11-0${day}T08:00:00Z`).tick()
    expect(bot.last().title).toBe('Question of the day')
    expect((await bot.person('ann').presses('Answer 2', bot.last())).title).toBe('Part 2 of 2')
    const date = new Date(bot.deps.clock()).toISOString().slice(0, 10)
    await bot.at(`${date}T20:00:00Z`).tick()
    expect(headings(bot.last())).toEqual([])
    expect(plainCard(bot.last())).toMatch(/forty kilos.*Part 1: .*Answer: .*Part 2: /s)
  })
})
