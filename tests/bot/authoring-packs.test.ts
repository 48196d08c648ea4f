/** Questions of a team and its pack, which may no longer be among the content. */
import { expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { startBot } from '../helpers/bot.js'
import { savedTeam } from '../helpers/rounds.js'
import { approves, FORM, stores, teamOf } from '../helpers/written.js'

async function withoutPack() {
  const { bot, team } = await teamOf(['ana', 'bo'])
  const setup = { ...team, nextPostAt: Date.parse('2100-01-01T08:00Z'), admin: 'ada', pack: 'lost' }
  await stores(bot, await savedTeam(bot.store, setup), 'ana', ['When is the tree cut?'])
  const ana = bot.person('ana')
  await ana.says('/study questions')
  await ana.picks(['1'])
  return { bot, ana }
}

it('say that they are not asked until an admin picks another, or it is back', async () => {
  const { bot, ana } = await withoutPack()
  const gone = 'Its pack (lost) is no longer among the content'
  expect(ana.sees).toContain(gone)
  const bo = bot.person('bo')
  await bo.says('/study review')
  expect(bo.sees).toContain(gone)
  await bo.presses('Approve')
  expect(bo.sees).toContain(gone)
  await bot.tick()
  const told = bot.chat.told.map(({ card }) => plainCard(card)).join('\n')
  expect(told).toContain(gone)
  expect(told).not.toContain('from the next round on')
})

it('keep their topic when they are changed, whatever other packs hold', async () => {
  const { bot, ana } = await withoutPack()
  await ana.presses('Change')
  expect(ana.form.fields.map(({ name }) => name)).toEqual(['stem', 'options', 'reasons', 'source'])
  await ana.fills({ ...FORM, topic: 'Pear' })
  expect(ana.card.title).toBe('Changed, and back in review')
  const actor = { platform: 'test', workspace: 'w1', user: 'ana', name: 'Ana', isLead: false }
  expect(await bot.store.teamQuestion(actor, 1)).toMatchObject({
    pack: 'lost',
    version: 2,
    content: { topics: ['apple'] },
  })
  await approves(bot, 'bo')
  expect(bot.errors).toEqual([])
})

it('the form names a topic that is asked about, not the first page about the exam', {
  tags: ['slow'],
}, async () => {
  const bot = await startBot({ content: 'content' })
  await bot.team()
  const ada = bot.person('ada')
  await ada.says('/study write')
  expect(bot.bank.topics[0]?.title).toContain('The exam')
  expect(ada.form.fields[0]?.hint).toBe('As /explain knows it, such as Amazon MSK')
})
