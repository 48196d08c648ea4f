import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ANN, answerTo, type DiscordBot, startDiscordBot } from './discord-bot.js'
import { readable } from './discord-people.js'

let here: DiscordBot
beforeEach(async () => {
  here = await startDiscordBot()
})
afterEach(() => here.stop())

describe('slash commands', () => {
  it('explain', async () => {
    await here.team()
    const answer = await answerTo(here.ann, () => here.ann.types('/explain', { query: 'apple' }))
    expect(readable(answer)).toContain('Apple')
    expect(answer.to).toBe(ANN.id)
  })
})
