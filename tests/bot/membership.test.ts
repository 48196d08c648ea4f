/** Leaving a team, being taken out, resting, and one's own page. */
import { describe, expect, it } from 'vitest'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import { type Bot, labelsOf, type Person, selectsOf, startBot } from '../helpers/bot.js'

/** Right or not, by button or by menu. */
const answers = (person: Person, question: Card): Promise<Card> =>
  selectsOf(question).length > 0 ? person.picks(['A', 'B'], question) : person.presses('A', question)

const at = (day: number, hour: number) => `2026-11-${String(day).padStart(2, '0')}T${hour}:00:00Z`

/** The question of that day is posted, answered by those, and revealed. */
async function day(bot: Bot, date: number, ...people: readonly Person[]): Promise<void> {
  await bot.at(at(date, 10)).tick()
  for (const person of people) await answers(person, bot.last())
  await bot.at(at(date, 21)).tick()
}

async function started(more: object = {}) {
  const bot = await startBot({ now: at(2, 10) })
  const team = await bot.team({ minute: 10 * 60, openHours: 8, topics: ['apple'], ...more })
  const [ann, ben, ada] = [bot.person('ann'), bot.person('ben'), bot.person('ada')]
  await bot.at(at(2, 9).replace('T9', 'T09')).tick()
  return { bot, team, ann, ben, ada }
}

const board = async (person: Person) => plainCard(await person.says('/leaderboard all-time'))

describe('/study leave', () => {
  it('asks once, says what goes and what stays, and takes the member off the board', async () => {
    const { bot, ann, ben } = await started()
    await day(bot, 3, ann, ben)
    await ann.says('/study leave')
    expect(ann.card.title).toBe('Leave Orchard?')
    expect(ann.sees).toContain('What goes: you are off its boards')
    expect(ann.sees).toContain('What stays: your points, your streak and your answers.')
    expect(labelsOf(ann.card)).toEqual(['Leave', 'Stay'])
    await ann.presses('Stay')
    expect(await board(ben)).toContain('Ann: ')
    await ann.says('/study leave')
    await ann.presses('Leave')
    expect(ann.card.title).toBe('You left Orchard')
    expect(await board(ben)).not.toContain('Ann: ')
    expect(await board(ann)).toContain('You left the team, or were taken out')
    await ann.says('/study leave')
    expect(ann.sees).toContain('You are in no team')
  })

  it('joins again with the next answer, with the points of before', async () => {
    const { bot, ann, ben } = await started()
    await day(bot, 3, ann, ben)
    const before = /Ann: (\d+) points/.exec(await board(ben))?.[1]
    await ann.says('/study leave')
    await ann.presses('Leave')
    await day(bot, 4, ann)
    const after = /Ann: (\d+) points/.exec(await board(ben))?.[1]
    expect(Number(after)).toBeGreaterThan(Number(before))
    expect(plainCard(await ann.says('/study status'))).toContain('Orchard')
  })

  it('asks which, in private, whoever is in several teams', async () => {
    const { bot, ann, ben } = await started()
    await bot.team({ channel: 'back', name: 'Cellar', minute: 10 * 60, openHours: 8, topics: ['apple'] })
    const inBack = bot.person('ann', { channel: 'back' })
    await day(bot, 3)
    await bot.at(at(4, 10)).tick()
    await answers(ann, bot.last('study'))
    await answers(inBack, bot.last('back'))
    await answers(ben, bot.last('study'))
    const alone = bot.person('ann', { channel: '' })
    await alone.says('/study leave')
    expect(labelsOf(alone.card)).toEqual(['Orchard', 'Cellar'])
    await alone.presses('Cellar')
    await alone.presses('Leave')
    expect(alone.card.title).toBe('You left Cellar')
    expect(plainCard(await alone.says('/study status'))).toContain('Orchard')
    expect(alone.sees).not.toContain('Cellar')
  })

  it('leaves no team of others, whatever id is made up', async () => {
    const { bot, team, ann, ben } = await started()
    await day(bot, 3, ann)
    const id = `member.leave~${team.id.toString(36)}~yes`
    expect(await ben.request({ kind: 'press', id })).toMatchObject({
      card: { blocks: [{ text: ['You are not in this team any more.'] }] },
    })
    expect(await board(ann)).toContain('Ann: ')
  })
})

describe('/team members', () => {
  it('lists who is in the team and who rests, and takes out who is picked, after one question', async () => {
    const { bot, ann, ben, ada } = await started()
    await day(bot, 3, ann, ben)
    await ada.says('/team members')
    expect(ada.card.title).toBe('Orchard: 2 members')
    const [menu] = selectsOf(ada.card)
    expect(menu?.label).toBe('Take out')
    const value = menu?.options.find((one) => one.label === 'Ann')?.value ?? ''
    await ada.picks([value])
    expect(ada.card.title).toBe('Take Ann out?')
    await ada.presses('Keep')
    expect(ada.card.title).toBe('Orchard: 2 members')
    await ada.picks([value])
    await ada.presses('Take out')
    expect(ada.card.title).toBe('Orchard: 1 member')
    expect(ada.sees).not.toContain('Ann')
    expect(await board(ben)).not.toContain('Ann: ')
    await day(bot, 4, ann)
    expect(plainCard(await ada.says('/team members'))).toContain('Ann')
  })

  it('is for admins, each press and each made-up id too', async () => {
    const { bot, team, ann, ben } = await started()
    await day(bot, 3, ann)
    const member = (await bot.store.member({ platform: 'test', workspace: 'w1', user: 'ann' }))?.id ?? 0
    await ben.says('/team members')
    expect(ben.sees).toContain('for admins')
    for (const id of [
      `members.turn~${team.id.toString(36)}~0`,
      `members.take-out~${team.id.toString(36)}~0~${member.toString(36)}~yes`,
    ])
      expect(JSON.stringify(await ben.request({ kind: 'press', id }))).toContain('for admins')
    expect(await board(ann)).toContain('Ann: ')
  })

  it('takes nobody out of a team elsewhere', async () => {
    const { bot, team, ann } = await started()
    await bot.team({ channel: 'back', name: 'Cellar' })
    await day(bot, 3, ann)
    const member = (await bot.store.member({ platform: 'test', workspace: 'w1', user: 'ann' }))?.id ?? 0
    const ada = bot.person('ada', { channel: 'back' })
    const id = `members.take-out~${team.id.toString(36)}~0~${member.toString(36)}~yes`
    expect(JSON.stringify(await ada.request({ kind: 'press', id }))).toContain('no longer works')
    expect(await board(ann)).toContain('Ann: ')
  })
})

describe('whoever left the workspace', () => {
  it('is asked for before a board shows them, once a day, and is on none from then on', async () => {
    const { bot, ann, ben } = await started()
    await day(bot, 3, ann, ben)
    bot.chat.gone.add('ann')
    expect(await board(ben)).not.toContain('Ann: ')
    const asked = () => bot.chat.asked.filter((one) => one.startsWith('there '))
    expect(asked().toSorted()).toEqual(['there ann', 'there ben'])
    await board(ben)
    await board(ben)
    expect(asked()).toHaveLength(2)
    await bot.at(at(5, 21)).tick()
    await board(ben)
    expect(asked().filter((one) => one === 'there ben').length).toBeGreaterThan(1)
  })

  it('is on the list of admins as such, and back with an answer', async () => {
    const { bot, ann, ben, ada } = await started()
    await day(bot, 3, ann, ben)
    bot.chat.gone.add('ann')
    expect(plainCard(await ada.says('/team members'))).toContain('Ann: rests, not here any more')
    bot.chat.gone.delete('ann')
    await day(bot, 4, ann)
    expect(await board(ben)).toContain('Ann: ')
  })

  it('is not in the standings under a reveal', async () => {
    const { bot, ann, ben } = await started()
    await day(bot, 3, ann, ben)
    bot.chat.gone.add('ann')
    await day(bot, 4, ben)
    const reveal = bot.channel().findLast((card) => card.title?.startsWith('The answer'))
    expect(reveal && plainCard(reveal)).toContain('Ben: ')
    expect(reveal && plainCard(reveal)).not.toContain('Ann: ')
  })

  it('stays on the board while the platform does not say', async () => {
    const { bot, ann, ben } = await started()
    await day(bot, 3, ann, ben)
    bot.chat.gone.add('ann')
    bot.chat.isSilent = true
    expect(await board(ben)).toContain('Ann: ')
  })
})

describe('whoever left the channel', () => {
  it('rests in the team of that channel alone, is asked for once a day, and is back with an answer', async () => {
    const { bot, ann, ben, ada } = await started()
    await bot.team({ channel: 'other', name: 'Owls', minute: 10 * 60, openHours: 8, topics: ['apple'] })
    const [annThere, benThere] = [
      bot.person('ann', { channel: 'other' }),
      bot.person('ben', { channel: 'other' }),
    ]
    await bot.at(at(3, 10)).tick()
    for (const person of [ann, ben]) await answers(person, bot.last())
    for (const person of [annThere, benThere]) await answers(person, bot.last('other'))
    await bot.at(at(3, 21)).tick()
    bot.chat.hidden.set('study', ['ben', 'ada'])
    expect(await board(ben)).not.toContain('Ann: ')
    expect(await board(benThere)).toContain('Ann: ')
    const asked = () => bot.chat.asked.filter((one) => one === 'in study ann')
    expect(asked()).toHaveLength(1)
    await board(ben)
    expect(asked()).toHaveLength(1)
    expect(plainCard(await ada.says('/team members'))).toContain('Ann: rests, not here any more')
    bot.chat.hidden.delete('study')
    await day(bot, 4, ann)
    expect(await board(ben)).toContain('Ann: ')
  })

  it('is seen from the board of another team, too, since nobody is asked for twice a day', async () => {
    const { bot, ann, ben } = await started()
    await bot.team({ channel: 'other', name: 'Owls', minute: 10 * 60, openHours: 8, topics: ['apple'] })
    const there = (user: string) => bot.person(user, { channel: 'other' })
    await bot.at(at(3, 10)).tick()
    for (const person of [ann, ben]) await answers(person, bot.last())
    for (const user of ['ann', 'ben']) await answers(there(user), bot.last('other'))
    await bot.at(at(3, 21)).tick()
    bot.chat.hidden.set('study', ['ben'])
    await board(there('ben'))
    expect(await board(ben)).not.toContain('Ann: ')
  })

  it('stays on the board while the platform does not say', async () => {
    const { bot, ann, ben } = await started()
    await day(bot, 3, ann, ben)
    bot.chat.hidden.set('study', ['ben'])
    bot.chat.isSilent = true
    expect(await board(ben)).toContain('Ann: ')
  })
})

describe('ten scheduled days without an answer', () => {
  it('take a member off the board and out of the mean, and the podium still counts them', {
    tags: ['slow'],
  }, async () => {
    const { bot, ann, ben } = await started()
    await day(bot, 3, ann, ben)
    for (let date = 4; date <= 12; date++) await day(bot, date, ben)
    expect(await board(ben)).toContain('Ann: ')
    await day(bot, 13, ben)
    expect(await board(ben)).not.toContain('Ann: ')
    expect(plainCard(await ben.says('/leaderboard all-time teams'))).toContain('points a member, 1 member')
    expect(plainCard(await ann.says('/study status'))).toContain(
      'You rest. You have not answered for 10 scheduled days',
    )
    await bot.at('2026-12-01T12:00:00Z').tick()
    const podium = bot.channel().findLast((card) => card.title?.includes('is over'))
    expect(podium && plainCard(podium)).toContain('Ann: ')
  })
})

describe('/study status', () => {
  it('tells a member the streak, the freezes, the week with the rank, and the next question', async () => {
    const { bot, ann, ben } = await started()
    await day(bot, 3, ann, ben)
    await day(bot, 4, ann)
    await ann.says('/study status')
    expect(ann.card.title).toBe('Your study')
    expect(ann.sees).toMatch(
      /Orchard\n\nStreak: 2 days, 0 freezes in hand\nThis week: \d+ points, rank 1 of 2/,
    )
    expect(ann.sees).toContain('Next question: Thu 5 Nov, 10:00')
  })

  it('shows a member of many teams the one of the channel where they are', async () => {
    const { bot } = await started()
    const ben = bot.person('ben')
    for (const channel of ['two', 'three', 'four'])
      await bot.team({ name: `Team ${channel}`, channel, minute: 10 * 60, topics: ['apple'] })
    await bot.at(at(3, 10)).tick()
    for (const channel of ['study', 'two', 'three', 'four'])
      await answers(bot.person('ben', { channel }), bot.last(channel))
    const there = bot.person('ben', { channel: 'four' })
    await there.says('/study status')
    expect(there.sees).toContain('Team four\n\nStreak: 1 day')
    expect(there.sees).not.toContain('You have not joined this team')
    await ben.says('/study status')
    expect(ben.sees).toContain('Orchard\n\nStreak: 1 day')
  })

  it('is for everybody, and says how to join where one has not', async () => {
    const { bot } = await started()
    const cem = bot.person('cem')
    await cem.says('/study status')
    expect(cem.sees).toContain('You have not joined this team')
    expect(cem.sees).toContain('Next question: ')
    expect(cem.sees).toContain('Nothing is stored about you yet.')
  })

  it('lists what was missed, and practises just that until nothing is left', async () => {
    const { bot, ann } = await started()
    await ann.says('/quiz apple 1')
    if (ann.sees.includes('two tools')) await ann.answers(['A pruning saw', 'A leaf rake'])
    else await ann.answers([wrongOf(ann)])
    expect(ann.card.title).toBe('Not this time')
    await bot.at(at(3, 9).replace('T9', 'T09')).tick()
    await ann.says('/study status')
    expect(ann.sees).toContain('Missed lately')
    await ann.presses('Practise these')
    expect(ann.card.title).toBe('Practice: question 1 of 1')
    if (ann.sees.includes('two tools')) await ann.answers(['A pruning saw', 'A pair of loppers'])
    else
      await ann.answers([
        ann.sees.includes('keep longest') ? 'In a cool dark cellar' : 'The late winter apple',
      ])
    await ann.presses('See how it went')
    await ann.presses('Practise more')
    expect(ann.sees).toContain('you have answered right since')
    await ann.says('/study status')
    expect(ann.sees).not.toContain('Missed lately')
    expect(labelsOf(ann.card)).not.toContain('Practise these')
  })

  it('is one press away from the board, the own stats and the help', async () => {
    const { bot, ann } = await started()
    await day(bot, 3, ann)
    for (const line of ['/leaderboard', '/stats', '/help']) {
      await ann.says(line)
      await ann.presses('Your study')
      expect(ann.card.title, line).toBe('Your study')
    }
  })
})

/** An option of the question on apples that is not right. */
function wrongOf(person: Person): string {
  const right = ['In a cool dark cellar', 'The late winter apple']
  const [list] = person.card.blocks.filter((b) => b.kind === 'list')
  const texts = list?.items.map((item) => String(item[0])) ?? []
  return texts.find((one) => !right.includes(one)) ?? ''
}

describe('/help', () => {
  it('has commands of admins for admins alone, and no command that has moved', async () => {
    const { ann, ada } = await started()
    await ann.says('/help')
    expect(ann.sees).toContain('/study status: ')
    expect(ann.sees).not.toContain('/team')
    await ada.says('/help')
    expect(ada.sees).toContain('For admins')
    expect(ada.sees).toContain('/team members: ')
    expect(ada.sees).not.toContain('/study pause')
  })

  it('comes without them where the platform does not say who is an admin, and in private', async () => {
    const { bot } = await started()
    const broken = async () => Promise.reject(new Error('503'))
    for (const more of [{ isAdmin: broken }, { channel: '' }]) {
      const ada = bot.person('ada', more)
      await ada.says('/help')
      expect(ada.sees).toContain('/quiz')
      expect(ada.sees).not.toContain('/team')
    }
  })
})
