/** A question of a team whose key is corrected after it was asked: what was answered is graded again. */
import { expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { askedOn } from '../helpers/team-weeks.js'
import { approves, askedOf, FORM, KEY, teamOf, writes } from '../helpers/written.js'

const OTHER = 'In the first days of May'
const CORRECTED = FORM.options.replace(`* ${KEY}`, KEY).replace(OTHER, `* ${OTHER}`)

/** Ana writes it, di is right and eve is wrong about it, and ana changes it. */
async function changed(form: Partial<typeof FORM>) {
  const { bot, team } = await teamOf(['ana', 'bo', 'cy', 'di', 'eve'])
  await writes(bot, 'ana')
  await approves(bot, 'bo', 'cy')
  const [id = ''] = askedOf(bot, team)
  await askedOn(bot, team, '2026-11-04', { question: id, right: ['di'], wrong: ['eve'] })
  const ana = bot.person('ana')
  await ana.says('/study questions')
  await ana.picks(['1'])
  await ana.presses('Change')
  await ana.fills({ ...FORM, ...form })
  const points = async () => {
    const of = { team: team.id, period: 'all', user: undefined, limit: 9, offset: 0 }
    const { rows } = await bot.store.board(of)
    return Object.fromEntries(rows.map(({ member, points }) => [member.user, points]))
  }
  return { bot, points, before: await points() }
}

it('takes the points of whom the old key called right, and tells the team', async () => {
  const { bot, points, before } = await changed({ options: CORRECTED })
  await approves(bot, 'bo')
  expect(await points()).toEqual(before)
  await approves(bot, 'cy')
  expect(await points()).toEqual({ ...before, di: (before.di ?? 0) - 7 })
  await bot.tick()
  const told = plainCard(bot.last())
  expect(told).toContain('The key of a question was corrected')
  expect(told).toMatch(new RegExp(`Right until now: .*${KEY}[^]*Right from now on: .*${OTHER}`))
  expect(told).toContain('Your team has approved a corrected version of it.')
  expect(bot.errors).toEqual([])
})

it.each([
  ['in other words, which may ask for something else', { stem: 'When is it too late to scrape the bark?' }],
  ['with another right choice that was not there', { options: CORRECTED.replace(OTHER, 'After the frost') }],
])('keeps what was answered %s', async (_, form) => {
  const { bot, points, before } = await changed({ options: CORRECTED, ...form })
  await approves(bot, 'bo', 'cy')
  await bot.tick()
  expect(await points()).toEqual(before)
  expect(bot.channel().map(plainCard).join()).not.toContain('was corrected')
  expect(bot.errors).toEqual([])
})
