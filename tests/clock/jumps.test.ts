/** Clocks of machines that were wrong, and were set. */
import { expect, it } from 'vitest'
import { startBot } from '../helpers/bot.js'

const QUESTION = /questions? of the day/i

async function team() {
  const bot = await startBot({ now: '2026-11-02T07:00:00Z' })
  await bot.team()
  const asked = () => bot.channel().filter((card) => QUESTION.test(card.title ?? '')).length
  /** Ticks at that time, and gives how many questions have come in all. */
  async function at(time: string): Promise<number> {
    await bot.at(time).tick()
    return asked()
  }
  return { bot, asked, at }
}

it('a clock that goes back an hour brings no question a second time', async () => {
  const { at } = await team()
  expect(await at('2026-11-02T08:00:00Z')).toBe(1)
  expect(await at('2026-11-02T07:00:10Z')).toBe(1)
  expect(await at('2026-11-02T08:00:10Z')).toBe(1)
  expect(await at('2026-11-03T08:00:00Z')).toBe(2)
})

it('a clock that was a year ahead for a moment does not silence a team for a year', async () => {
  const { at, asked } = await team()
  await at('2027-11-02T09:00:00Z')
  const before = asked()
  expect(await at('2026-11-02T07:59:00Z')).toBe(before)
  expect(await at('2026-11-02T08:00:00Z')).toBe(before + 1)
  expect(await at('2026-11-03T08:00:00Z')).toBe(before + 2)
})

it('a clock that was days ahead posts no day twice', async () => {
  const { at } = await team()
  expect(await at('2026-11-04T08:00:00Z')).toBe(1)
  expect(await at('2026-11-02T08:00:00Z')).toBe(2)
  expect(await at('2026-11-03T08:00:00Z')).toBe(3)
  // The question of the 4th came early, and does not come again.
  expect(await at('2026-11-04T08:00:00Z')).toBe(3)
  expect(await at('2026-11-05T08:00:00Z')).toBe(4)
})

it('what a process with a wrong clock has planned is mended by the next one that starts', async () => {
  const { bot, at, asked } = await team()
  await at('2027-11-02T09:00:00Z')
  const before = asked()
  await bot.at('2026-11-02T07:30:00Z').app.checkSlots()
  expect((await bot.store.teamsAfter(0, 1))[0]?.nextPostAt).toBe(Date.parse('2026-11-02T08:00:00Z'))
  expect(await at('2026-11-02T08:00:00Z')).toBe(before + 1)
})

it('a clock that stood still for days posts the latest question alone', async () => {
  const { at } = await team()
  expect(await at('2026-11-06T09:00:00Z')).toBe(1)
})
