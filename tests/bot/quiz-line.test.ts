/** `/quiz` typed as a line: numbers in it are a count, but for those that a topic is called by. */
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bot, startBot } from '../helpers/bot.js'
import { smallPack } from '../helpers/small-pack.js'

const asks = (name: string) => [1, 2, 3].map((n) => `What is ${name}, asked for time ${n}?`)
const named = (title: string, aliases: string[] = []) => ({ title, front: { aliases }, asks: asks(title) })

let bot: Bot
beforeAll(async () => {
  const topics = {
    phase: named('Phase'),
    'phase-2': named('Phase 2'),
    whys: named('5 Whys'),
    iso: named('ISO 27001', ['security standard 27001']),
    week: named('Week 1'),
    season: named('All time high'),
    canary: named('Canary'),
  }
  bot = await startBot({ content: smallPack({ topics }) })
})

describe.each([
  ['Phase 2', 'Phase 2', 3],
  ['phase 2 5', 'Phase 2', 5],
  ['4 phase 2', 'Phase 2', 4],
  ['Phase', 'Phase', 3],
  ['Phase 5', 'Phase', 5],
  ['5 Whys', '5 Whys', 3],
  ['5 whys 2', '5 Whys', 2],
  ['2 5 whys', '5 Whys', 2],
  ['iso 27001', 'ISO 27001', 3],
  ['ISO 27001 4', 'ISO 27001', 4],
  ['security standard 27001', 'ISO 27001', 3],
  ['week 1', 'Week 1', 3],
  ['all time high', 'All time high', 3],
  ['canary 2', 'Canary', 2],
  ['2 canary', 'Canary', 2],
])('/quiz %s', (line, topic, count) => {
  it(`asks ${count} on ${topic}`, async () => {
    const ann = bot.person(`ann-${line}`)
    await ann.says(`/quiz ${line}`)
    expect(ann.card.title).toBe(`Practice: question 1 of ${count}`)
    expect(ann.sees).toContain(`What is ${topic}, asked`)
  })
})

it('names the count that is out of range, where no topic is called so', async () => {
  const ann = bot.person('ann')
  await ann.says('/quiz canary 200')
  expect(ann.sees).toContain('whole number from 1 to 20')
})
