/** Questions that members write, where people come and go, and are not who they seem. */
import { describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import type { Bot } from '../helpers/bot.js'
import { teamOf, writes } from '../helpers/written.js'

const keyOf = (user: string) => ({ platform: 'test', workspace: 'w1', user })

async function toldTo(bot: Bot, user: string): Promise<string> {
  await bot.tick()
  const card = bot.chat.told.filter((one) => one.user === user).at(-1)?.card
  return card ? plainCard(card) : ''
}

describe('an admin who is in no team', () => {
  it('is told of the decision on what they wrote', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ada')
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Reject')
    await bo.fills({ reason: 'Too easy.' })
    expect(bo.sees).toContain('Ada is told')
    expect(await toldTo(bot, 'ada')).toContain('Why: Too easy.')
  })
})

it('whoever left the team takes back what they wrote', async () => {
  const { bot, team } = await teamOf(['ana', 'bo'])
  const ana = await writes(bot, 'ana')
  await bot.store.leaveTeam(keyOf('ana'), team.id)
  await ana.says('/study questions')
  await ana.picks(['1'])
  await ana.presses('Take it back')
  expect(ana.sees).toContain('It was taken back.')
})
