/** What somebody wrote is not lost when it is refused, and what would be refused is not asked for. */
import { describe, expect, it } from 'vitest'
import { labelsOf } from '../helpers/bot.js'
import { FORM, stores, teamOf, writes } from '../helpers/written.js'

const FOUR = ['ana', 'bo', 'cy', 'di']
const MINE = { ...FORM, stem: 'What did Cy think about for an hour?' }
const twenty = Array.from({ length: 20 }, (_, i) => `Question ${i}?`)

describe('a change of what another has changed meanwhile', () => {
  it('comes back with its words, and leads a reviewer to what waits now', { tags: ['slow'] }, async () => {
    const { bot } = await teamOf([...FOUR, 'ed'])
    await writes(bot, 'ana')
    const [bo, cy] = [bot.person('bo'), bot.person('cy')]
    for (const one of [bo, cy]) {
      await one.says('/study review')
      await one.presses('Change')
    }
    await bo.fills({ ...FORM, stem: 'What did Bo write?' })
    await cy.fills(MINE)
    expect(cy.card.title).toBe('It was not sent')
    expect(cy.sees).toContain('It has changed since')
    for (const words of Object.values({ ...MINE, topic: '' })) expect(cy.sees).toContain(words)
    await cy.presses('Review what waits')
    expect(cy.sees).toContain('What did Bo write?')
  })

  it('comes back to its author with a button to the latest version', async () => {
    const { bot } = await teamOf(FOUR)
    const ana = await writes(bot, 'ana')
    await ana.says('/study questions')
    await ana.picks(['1'])
    await ana.presses('Change')
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Change')
    await bo.fills({ ...FORM, stem: 'What did Bo write?' })
    await ana.fills(MINE)
    expect(ana.sees).toContain(MINE.stem)
    await ana.presses('Show it as it is now')
    expect(ana.sees).toContain('What did Bo write?')
  })
})

describe('whoever has twenty questions that wait', () => {
  it('is told before they write another', async () => {
    const { bot, team } = await teamOf(FOUR)
    await stores(bot, team, 'ana', twenty)
    const ana = bot.person('ana')
    expect((await ana.says('/study write')).title).toBe('That did not work')
    expect(ana.sees).toContain('You have 20 questions that wait')
  })

  it('gets back what they wrote meanwhile', async () => {
    const { bot, team } = await teamOf(FOUR)
    const ana = bot.person('ana')
    await ana.says('/study write')
    await stores(bot, team, 'ana', twenty)
    await ana.fills(MINE)
    expect(ana.sees).toContain('You have 20 questions that wait')
    expect(ana.sees).toContain(MINE.stem)
    expect(labelsOf(ana.card)).toEqual([])
  })
})

it('the reason of a rejection comes back where somebody else has decided meanwhile', async () => {
  const { bot } = await teamOf(FOUR.slice(0, 3))
  await writes(bot, 'ana')
  const [bo, cy] = [bot.person('bo'), bot.person('cy')]
  await bo.says('/study review')
  await bo.presses('Reject')
  await cy.says('/study review')
  await cy.presses('Approve')
  await bo.fills({ reason: 'The second option is right, too.' })
  expect(bo.card.title).toBe('It was not sent')
  expect(bo.sees).toContain('The second option is right, too.')
  expect(bot.errors).toEqual([])
})

it('whoever left the team while they wrote gets back what they wrote', async () => {
  const { bot, team } = await teamOf(FOUR)
  const ana = bot.person('ana')
  await ana.says('/study write')
  await bot.store.leaveTeam({ platform: 'test', workspace: 'w1', user: 'ana' }, team.id)
  await ana.fills(MINE)
  expect(ana.sees).toContain('This is for members of the team')
  expect(ana.sees).toContain(MINE.options)
})
