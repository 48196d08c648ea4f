// @module-tag slow
/** Answers of people who know the key, and to questions that are not asked any more, in all figures. */
import { describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { askedOn } from '../helpers/team-weeks.js'
import { approves, askedOf, FORM, teamOf, writes } from '../helpers/written.js'

const SEVEN = ['ana', 'bo', 'cy', 'di', 'eve', 'fay', 'gil']
const approved = async (people: readonly string[] = SEVEN) => {
  const made = await teamOf(people)
  await writes(made.bot, 'ana')
  await approves(made.bot, 'bo', 'cy')
  const [id = ''] = askedOf(made.bot, made.team)
  return { ...made, id }
}

describe('the reveal', () => {
  it('counts nobody who knew the key, also towards the five from which on it shows choices', {
    tags: ['slow'],
  }, async () => {
    const { bot, team, id } = await approved()
    await askedOn(bot, team, '2026-11-04', {
      question: id,
      right: ['ana', 'bo', 'cy', 'di'],
      wrong: ['eve', 'fay'],
    })
    const few = plainCard(bot.last())
    expect(few).toContain('3 members answered. How they chose is shown from 5 answers on.')
    expect(few).not.toContain('How you chose.')
  })

  it('shows the choices of five others without those of its author and reviewers', async () => {
    const { bot, team, id } = await approved([...SEVEN, 'hal'])
    const others = { right: ['ana', 'bo', 'cy', 'di', 'eve', 'fay', 'gil'], wrong: ['hal'] }
    await askedOn(bot, team, '2026-11-04', { question: id, ...others })
    expect(plainCard(bot.last())).toContain('4 of 5 members right.')
  })

  it('does not say that nobody answered when only people did who knew the key', async () => {
    const { bot, team, id } = await approved()
    await askedOn(bot, team, '2026-11-04', { question: id, right: ['ana', 'bo'] })
    expect(plainCard(bot.last())).toContain('Nobody answered who had not seen it in review.')
  })
})

describe('/stats', () => {
  const DAY = '2026-11-04'

  it('counts the answer to a question of one’s own as tried once its round is over', async () => {
    const { bot, team, id } = await approved()
    const ana = bot.person('ana')
    const seen = async () => {
      await ana.says('/stats')
      return ana.sees
    }
    await askedOn(bot, team, DAY, { question: id, right: ['ana', 'di'] })
    expect(await seen()).toContain('1 of 2 answers right')
    expect(await seen()).toMatch(/Apple\W+1 of 1/)
  })

  it('counts it as tried while its round is open', async () => {
    const { bot, team, id } = await approved()
    const question = bot.deps.questions.question(id)
    const dueAt = Date.parse(`${DAY}T08:00Z`)
    await bot.store.planNow(team.id, () => ({
      nextPostAt: Date.parse('2100-01-01T08:00Z'),
      round: {
        ...{ date: DAY, dueAt, closesAt: dueAt + 3_600_000, season: '2026-11', week: '2026-W45' },
        seasonEndsAt: dueAt * 2,
        questions: [
          { question: id, version: question?.version ?? '', seed: 1, items: [{ key: 'A', maxPoints: 10 }] },
        ],
      },
    }))
    await bot.at(`${DAY}T08:00:00Z`).tick()
    const ana = bot.person('ana')
    await ana.presses('A', bot.last())
    await ana.says('/stats')
    expect(ana.sees).toContain('1 of 2 answers right')
    await ana.says('/study status')
    expect(ana.sees).not.toContain(FORM.stem)
  })

  it('keeps the topic of an answer when its question is changed and when it is retired', async () => {
    const { bot, team, id } = await approved()
    await askedOn(bot, team, DAY, { question: id, right: ['di'] })
    const di = bot.person('di')
    await di.says('/stats')
    expect(di.sees).toMatch(/Apple\W+2 of 2/)
    const ana = bot.person('ana')
    await ana.says('/study questions')
    await ana.picks(['1'])
    await ana.presses('Change')
    await ana.fills({ ...FORM, stem: 'When is old bark scraped off a tree?' })
    await di.says('/stats')
    expect(di.sees).toMatch(/Apple\W+2 of 2/)
    await ana.says('/study questions')
    await ana.picks(['1'])
    await ana.presses('Retire')
    await ana.presses('Retire')
    await di.says('/stats')
    expect(di.sees).toMatch(/Apple\W+2 of 2/)
  })
})

describe('the points of an author', () => {
  it('come when five different people have answered, not after five answers of the same', async () => {
    const { bot, team, id } = await approved([...SEVEN, 'hal'])
    const points = async () => {
      const of = { team: team.id, period: 'all', user: 'ana', limit: 1, offset: 0 }
      return (await bot.store.board(of)).mine?.points
    }
    await askedOn(bot, team, '2026-11-04', { question: id, right: ['di', 'eve', 'fay'] })
    await askedOn(bot, team, '2026-11-05', { question: id, right: ['di', 'eve', 'fay'] })
    expect(await points()).toBe(10)
    await askedOn(bot, team, '2026-11-06', { question: id, right: ['di', 'gil', 'hal'] })
    expect(await points()).toBe(13)
  })
})
