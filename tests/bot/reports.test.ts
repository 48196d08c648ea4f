/** Reporting a question that is wrong, where one card stands for several. */
import { describe, expect, it } from 'vitest'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'
import { askedOn } from '../helpers/team-weeks.js'
import { approves, askedOf, FORM, teamOf, writes } from '../helpers/written.js'

/** A round of a case and other questions, posted. */
async function several(): Promise<Bot> {
  const bot = await startBot()
  await bot.team({ topics: ['plum', 'pear'], count: 5, openHours: 12 })
  await bot.at('2026-11-02T08:00:00Z').tick()
  return bot
}

const asked = async (bot: Bot) => {
  const team = await bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'study' })
  const round = await bot.store.latestRound(team?.id ?? 0)
  return [...new Set(round?.questions.map((one) => one.question))]
}
const said = async (bot: Bot) =>
  (await bot.store.reports()).map(({ user, question, reason, detail }) => [user, question, reason, detail])

describe('a report', () => {
  it('of a round of several asks which, and is of the one that is picked', async () => {
    const bot = await several()
    const ann = bot.person('ann')
    await ann.presses('Report a problem', bot.last())
    const [which] = ann.form.fields
    const questions = await asked(bot)
    if (which?.kind !== 'select') throw new Error('the form does not ask which question')
    expect(which.label).toBe('Which question')
    expect(which.options).toHaveLength(questions.length)
    expect(which.options[2]?.label).toMatch(/^3: /)
    await ann.fills({ question: '3', reason: 'The key is wrong', detail: 'It is B.' })
    expect(ann.card.title).toBe('Thank you')
    expect(await said(bot)).toEqual([['ann', questions[2], 'The key is wrong', 'It is B.']])
  })

  it('is asked the same under the reveal, and on the card that one question of them opens not at all', async () => {
    const bot = await several()
    const ann = bot.person('ann')
    await ann.presses('Answer 2', bot.last())
    await ann.presses('Report a problem')
    expect(ann.form.fields.map((one) => one.name)).toEqual(['reason', 'detail'])
    await ann.fills({ reason: 'Something else', detail: '' })
    await bot.at('2026-11-02T20:30:00Z').tick()
    expect(labelsOf(bot.last())).toContain('Report a problem')
    await ann.presses('Report a problem', bot.last())
    await ann.fills({ question: '1', reason: 'Something else', detail: '' })
    const questions = await asked(bot)
    expect((await said(bot)).map(([, question]) => question)).toEqual([questions[1], questions[0]])
  })

  it('of a round of one, or of one case, asks nothing', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const ann = bot.person('ann')
    await ann.presses('Report a problem', bot.last())
    expect(ann.form.fields.map((one) => one.name)).toEqual(['reason', 'detail'])
    await bot.at('2026-11-02T20:30:00Z').tick()
    await ann.presses('Report a problem', bot.last())
    expect(ann.form.fields.map((one) => one.name)).toEqual(['reason', 'detail'])
  })

  it('counts once for the same person, question and reason, and says so kindly', async () => {
    const bot = await several()
    const ann = bot.person('ann')
    const report = async (question: string, reason: string, detail: string) => {
      await ann.presses('Report a problem', bot.channel()[0])
      await ann.fills({ question, reason, detail })
      return ann.sees
    }
    expect(await report('1', 'The key is wrong', 'It is B.')).toContain('Thank you')
    expect(await report('1', 'The key is wrong', 'It is B.')).toContain('it counts once')
    expect(await report('1', 'The key is wrong', 'It is B, or C.')).toContain('it has your new words now')
    expect(await report('2', 'The key is wrong', '')).toContain('is stored')
    expect(await report('1', 'It is out of date', '')).toContain('is stored')
    expect((await said(bot)).map(([, , reason, detail]) => [reason, detail])).toEqual([
      ['The key is wrong', 'It is B, or C.'],
      ['The key is wrong', ''],
      ['It is out of date', ''],
    ])
  })

  it('names its mistake at the field, for a question that is not in the round', async () => {
    const bot = await several()
    const ann = bot.person('ann')
    for (const question of ['', '0', '-1', '9', '1.5', 'NaN']) {
      await ann.presses('Report a problem', bot.last())
      await ann.fills({ question, reason: 'The key is wrong', detail: '' })
      expect(ann.sees, question).toContain('Pick the question from the list.')
    }
    expect(await said(bot)).toEqual([])
  })

  it('says nothing of a round to whoever may not see its channel, or before it is out', async () => {
    const bot = await several()
    const team = await bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'study' })
    const round = await bot.store.latestRound(team?.id ?? 0)
    const zed = bot.person('zed', { channel: 'back' })
    const id = `member.open-round-report~${(round?.id ?? 0).toString(36)}`
    expect(JSON.stringify(await zed.request({ kind: 'press', id }))).toContain('no longer works here')
  })
})

it('of a question of the team is for its admins, who find it in the report', { tags: ['slow'] }, async () => {
  const { bot, team } = await teamOf(['ana', 'bo', 'ada'])
  await writes(bot, 'ana')
  await approves(bot, 'bo')
  const [question = ''] = askedOf(bot, team)
  await askedOn(bot, team, '2026-11-04', { question, wrong: ['bo'] })
  const bo = bot.person('bo')
  await bo.presses('Report a problem', bot.last())
  await bo.fills({ reason: 'The question is unclear', detail: '' })
  expect(bo.sees).toContain('The report is stored for the admins of your team: /team report shows it.')
  const ada = bot.at('2026-11-09T09:00:00Z').person('ada')
  await ada.says('/team report')
  expect(ada.sees).toContain(`${FORM.stem} (The question is unclear)`)
})
