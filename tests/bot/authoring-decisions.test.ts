/**
 * What is said of questions in review and what comes of it, where a team, its pack or its members change
 * meanwhile.
 */
import { describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import type { Team } from '../../src/core/model.js'
import { type Bot, labelsOf } from '../helpers/bot.js'
import { savedTeam } from '../helpers/rounds.js'
import { askedOn } from '../helpers/team-weeks.js'
import { approves, askedOf, FORM, teamOf, writes } from '../helpers/written.js'

const FOUR = ['ana', 'bo', 'cy', 'di']
const keyOf = (user: string) => ({ platform: 'test', workspace: 'w1', user })
const changed = ({ store }: Bot, team: Team, to: Partial<Pick<Team, 'pack' | 'topics'>>) =>
  savedTeam(store, { ...team, nextPostAt: Date.parse('2100-01-01T08:00Z'), admin: 'ada', ...to })

async function toldTo(bot: Bot, user: string): Promise<string> {
  await bot.tick()
  const card = bot.chat.told.filter((one) => one.user === user).at(-1)?.card
  return card ? plainCard(card) : ''
}

describe('a question that the team would not be asked', () => {
  it('is said to be of another pack, to whoever reviews it and to its author', {
    tags: ['slow'],
  }, async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ana')
    await changed(bot, team, { pack: 'elsewhere' })
    const bo = bot.person('bo')
    await bo.says('/study review')
    expect(bo.sees).toContain('which this team does not prepare for now')
    await bo.presses('Approve')
    expect(bo.card.title).toBe('Approved')
    expect(bo.sees).toContain('It belongs to')
    const told = await toldTo(bot, 'ana')
    expect(told).toContain('which this team does not prepare for now')
    expect(told).not.toContain('from the next round on')
    const ana = bot.person('ana')
    await ana.says('/study questions')
    await ana.picks(['1'])
    expect(ana.sees).toContain('It is approved.')
    expect(ana.sees).toContain('It belongs to')
  })

  it('is said to be about no topic of the team as soon as it is written', { tags: ['slow'] }, async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await changed(bot, team, { topics: ['pear'] })
    const ana = await writes(bot, 'ana')
    expect(ana.sees).toContain('about none of them')
    expect(ana.sees).not.toContain('from the next round on')
    const bo = bot.person('bo')
    await bo.says('/study review')
    expect(bo.sees).toContain('about none of them')
    await bo.presses('Approve')
    expect(bo.sees).toContain('about none of them')
    expect(bo.card.title).toBe('Approved')
    expect(await toldTo(bot, 'ana')).toContain('about none of them')
  })

  it('is spoken of in no other case', async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await changed(bot, team, { topics: ['apple', 'pear'] })
    const ana = await writes(bot, 'ana')
    expect(ana.sees).toContain('It is asked in this team from the next round on')
    expect(ana.sees).toContain('Topic: Apple')
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Approve')
    expect(bo.card.title).toBe('Approved: it is asked from the next round on')
  })
})

describe('whoever has approved a question', () => {
  it('brings it to its end when the team has become smaller', { tags: ['slow'] }, async () => {
    const { bot, team } = await teamOf(FOUR)
    await writes(bot, 'ana')
    await approves(bot, 'bo')
    const bo = bot.person('bo')
    await bo.says('/study review')
    expect(bo.card.title).toBe('Nothing waits for you')
    await bot.store.leaveTeam(keyOf('di'), team.id)
    await bo.says('/study questions')
    expect(labelsOf(bo.card)).toContain('Review (1)')
    await approves(bot, 'bo')
    expect(askedOf(bot, team)).toHaveLength(1)
  })

  it('brings it to its end as an admin once the yes of one is enough', async () => {
    const { bot, team } = await teamOf([...FOUR, 'ada'])
    await writes(bot, 'ana')
    await approves(bot, 'ada')
    expect(askedOf(bot, team)).toEqual([])
    await bot.store.letLeadApprove(team.id, true)
    await approves(bot, 'ada')
    expect(askedOf(bot, team)).toHaveLength(1)
  })
})

it('whoever wrote what waits, was forgotten and joined again is not shown it for review', {
  tags: ['slow'],
}, async () => {
  const { bot, team } = await teamOf(['ana', 'bo', 'cy'])
  await writes(bot, 'ana')
  await bot.store.forgetMember(keyOf('ana'))
  await askedOn(bot, team, '2026-11-05', { question: 'apple-hard', right: ['ana'] })
  const ana = bot.person('ana')
  await ana.says('/study review')
  expect(ana.card.title).toBe('Nothing waits for you')
  await ana.says('/study questions')
  expect(labelsOf(ana.card)).toEqual(['Write a question'])
})

describe('a rejection', () => {
  const rejects = async (bot: Bot, user: string, next = false) => {
    const person = bot.person(user)
    await person.says('/study review')
    if (next) await person.presses('Next one')
    await person.presses('Reject')
    const hint = JSON.stringify(person.form)
    await person.fills({ reason: 'Too easy.' })
    return { hint, sees: person.sees }
  }

  it('names no writer in place of an author who hides their name', { tags: ['slow'] }, async () => {
    const { bot } = await teamOf(FOUR)
    await writes(bot, 'ana')
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Change')
    await bo.fills({ ...FORM, stem: 'When is old bark scraped off a tree?' })
    await bot.store.hide(keyOf('ana'), true)
    const { sees } = await rejects(bot, 'cy')
    expect(sees).toContain('Its author is told')
    expect(sees).not.toContain('Bo')
    expect(await toldTo(bot, 'ana')).toContain('Why: Too easy.')
  })

  it('of a draft made of notes tells nobody, and says so', { tags: ['slow'] }, async () => {
    const { bot, team } = await teamOf(FOUR)
    const choices = ['a', 'b'].map((text) => ({ text, right: text === 'a', why: '' }))
    const content = { topics: ['apple'], item: { kind: 'choice', stem: 'So?', choices }, source: '' } as const
    await bot.store.addMadeQuestion({ team: team.id, pack: team.pack, content, now: 0 })
    const { hint, sees } = await rejects(bot, 'cy')
    expect(hint).toContain('made from notes, so nobody is told')
    expect(sees).toContain('made from notes, so nobody is told')
    await bot.tick()
    expect(bot.chat.told).toEqual([])
  })

  it('of an author who was forgotten tells nobody', async () => {
    const { bot } = await teamOf(FOUR)
    await writes(bot, 'ana')
    await bot.store.forgetMember(keyOf('ana'))
    expect((await rejects(bot, 'cy')).sees).toContain('Its author is no longer known')
  })
})

describe('a change in review', () => {
  it('is refused before the form is filled where too few would be left', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ana')
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Change')
    expect(bo.sees).toContain('too few would be left')
  })

  it('is taken from an admin who is not in the team, and a member approves it', async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ana')
    const ada = bot.person('ada')
    await ada.says('/study review')
    await ada.presses('Change')
    await ada.fills({ ...FORM, stem: 'When is old bark scraped off a tree?' })
    expect(ada.card.title).toBe('Changed, and back in review')
    await approves(bot, 'bo')
    expect(askedOf(bot, team)).toHaveLength(1)
  })
})

describe('what a question says of itself', () => {
  it('is a sentence in each of its states', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    const ana = await writes(bot, 'ana')
    const shown = async () => {
      await ana.says('/study questions')
      return (await ana.picks(['1'])) && ana.sees
    }
    expect(await shown()).toContain('It waits for review: 0 of 1 approvals.')
    await ana.presses('Take it back')
    expect(ana.sees).toContain('It was taken back.')
    await ana.presses('Send it again')
    await ana.fills({ ...FORM, stem: 'When is old bark scraped off a tree?' })
    await approves(bot, 'bo')
    expect(await shown()).toContain('It is asked.')
    await ana.presses('Change')
    await ana.fills(FORM)
    expect(await shown()).toContain('It was changed, and the change waits for review: 0 of 1 approvals.')
    await ana.presses('Retire')
    await ana.presses('Retire')
    expect(ana.sees).toContain('It is not asked any more.')
  })
})

describe('retiring', () => {
  it('of what waits is a rejection with a reason for everybody but its author', {
    tags: ['slow'],
  }, async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ana')
    const ada = bot.person('ada')
    await ada.says('/team questions')
    await ada.picks(['1'])
    expect(labelsOf(ada.card)).toEqual(['Reject', 'Questions of this team'])
    expect(JSON.stringify(await ada.request({ kind: 'press', id: 'authoring.retire~1~1~yes' }))).toContain(
      'It still waits',
    )
    await ada.presses('Reject')
    await ada.fills({ reason: 'We have that.' })
    expect(await toldTo(bot, 'ana')).toContain('Why: We have that.')
  })

  it('before it was ever asked brings no changed question into review', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    const ana = await writes(bot, 'ana')
    await ana.says('/study questions')
    await ana.picks(['1'])
    await ana.presses('Retire')
    expect(ana.sees).toContain('Nobody reviews it any more. A change by whoever wrote it brings it back')
    await ana.presses('Retire')
    await ana.presses('Change')
    await ana.fills({ ...FORM, stem: 'When is old bark scraped off a tree?' })
    const bo = bot.person('bo')
    await bo.says('/study review')
    expect(bo.card.title).toBe('A question to review')
  })

  it('promises no change where nobody is left to make one', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ana')
    await approves(bot, 'bo')
    await bot.store.forgetMember(keyOf('ana'))
    const ada = bot.person('ada')
    await ada.says('/team questions')
    await ada.picks(['1'])
    await ada.presses('Retire')
    expect(ada.sees).toContain('Answers and points that were given stay. Nobody can bring it back.')
    await ada.presses('Keep it')
    expect(ada.card.title).toBe('A question of your team')
    await ada.presses('Questions of this team')
    expect(ada.sees).toContain(FORM.stem)
  })
})

describe('while something waits', () => {
  it('the team is asked every day, also after a time in which nothing could be posted', async () => {
    const { bot } = await teamOf(FOUR)
    const asked = () => bot.channel().filter(({ title }) => /waits? for review/.test(title ?? '')).length
    await writes(bot, 'ana')
    for (const [i, day] of ['03', '04', '05', '06'].entries()) {
      await bot.at(`2026-11-${day}T20:30:00Z`).tick()
      expect(asked()).toBe(i + 1)
    }
    await bot.at('2026-11-15T20:30:00Z').tick()
    await bot.at('2026-11-16T20:30:00Z').tick()
    expect(asked()).toBe(5)
  })
})

it('what was found by the words of a topic is named on the card', async () => {
  const { bot } = await teamOf(['ana', 'bo'])
  const ana = await writes(bot, 'ana', { ...FORM, topic: 'aple' })
  expect(ana.card.title).toBe('It waits for review')
  expect(ana.sees).toContain('Topic: Apple')
})

it('how many options were read as right is said where it is more than one', async () => {
  const { bot } = await teamOf(['ana'])
  const options = FORM.options.replace('In the heat', '*.csv in the heat')
  expect((await writes(bot, 'ana', { ...FORM, options })).sees).toContain('2 options are right')
  const other = { ...FORM, stem: 'When is old bark scraped off a tree?' }
  expect((await writes(bot, 'ana', other)).sees).not.toContain('options are right')
})

it('the field of the question takes as much as a question may have', async () => {
  const { bot } = await teamOf(['ana'])
  const ana = bot.person('ana')
  await ana.says('/study write')
  const stem = ana.form.fields.find(({ name }) => name === 'stem')
  expect(stem).toMatchObject({ max: 900 })
  await ana.fills({ ...FORM, stem: 'x'.repeat(900) })
  expect(ana.card.title).toBe('It waits for review')
})
