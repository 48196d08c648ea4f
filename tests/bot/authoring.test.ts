/** Questions that members write: `/study write`, the queue of `/study review`, and where they are asked. */
import { describe, expect, it } from 'vitest'
import { feedQueues } from '../../src/bot/authoring/made.js'
import { openPacks } from '../../src/bot/packs.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { valuesOf } from '../../src/bot/ui/form.js'
import type { Team } from '../../src/core/model.js'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'
import { askedOn } from '../helpers/team-weeks.js'
import { approves, askedOf, FORM, KEY, teamOf, writes } from '../helpers/written.js'

const FOUR = ['ana', 'bo', 'cy', 'di']

describe('/study write', () => {
  it('asks for five things, and says what happens next', async () => {
    const { bot } = await teamOf(FOUR)
    const ana = await writes(bot, 'ana')
    expect(ana.form.fields.map(({ name }) => name)).toEqual(['topic', 'stem', 'options', 'reasons', 'source'])
    expect(ana.card.title).toBe('It waits for review')
    expect(ana.sees).toContain('once 2 others of your team have approved it')
    expect(bot.errors).toEqual([])
  })

  it('is for members of the team, and for whoever leads it', async () => {
    const { bot } = await teamOf(['ana'])
    const zed = bot.person('zed')
    await zed.says('/study write')
    expect(zed.sees).toContain('Answer one of its questions first')
    expect((await writes(bot, 'ada')).card.title).toBe('It waits for review')
  })

  it.each([
    ['topic', 'Banana', '"Banana" is no topic here'],
    ['topic', '', 'Say which topic it is about.'],
    ['stem', ' ', 'Write the question.'],
    ['options', 'a\nb', 'No option is marked as right'],
    ['options', '* a\n* b', 'Every option is marked as right'],
    ['options', '* a', 'Write two options or more'],
    ['options', '* a\nAll of the above', 'speaks of the other options'],
    ['options', `* a\n${'bcdefghi'.split('').join('\n')}`, 'a chat shows 8 at most'],
    ['reasons', 'One for four', 'There are 4 options and 1 reasons'],
    ['stem', 'Where does an apple keep longest?', 'asked already'],
  ])('answers at the field %s for %j', async (field, value, said) => {
    const { bot } = await teamOf(['ana'])
    const ana = await writes(bot, 'ana', { ...FORM, [field]: value })
    expect(ana.sees).toContain(said)
    await ana.presses('Fix it')
    expect(ana.form.fields.find(({ name }) => name === 'source')).toMatchObject({ value: FORM.source })
  })

  it('advises, and sends it as it is when somebody wants that', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    const options =
      '* It always keeps in the coldest and darkest part of the whole cellar\nIn a bowl\nOutside\nNever'
    const ana = await writes(bot, 'ana', {
      ...FORM,
      stem: 'Where does the apple keep longest of all?',
      options,
      reasons: '',
    })
    expect(ana.card.title).toBe('Before it goes to review')
    expect(ana.sees).toContain('the longest choice has')
    expect(ana.sees).toContain('does not learn why')
    expect(ana.sees).toContain('Is it asked already?\n\n• Where does an apple keep longest?')
    const card = ana.card
    await ana.presses('Change it')
    expect(ana.form.fields.find(({ name }) => name === 'options')).toMatchObject({ value: options })
    await ana.presses('Send it as it is', card)
    expect(ana.card.title).toBe('It waits for review')
    await ana.presses('Send it as it is', card)
    expect(ana.sees).toContain('no longer kept')
  })

  it('opens from a topic with its name', async () => {
    const { bot } = await teamOf(['ana'])
    const ana = bot.person('ana')
    await ana.says('/explain pear')
    await ana.presses('Write a question on this')
    expect(ana.form.fields[0]).toMatchObject({ name: 'topic', value: 'Pear' })
  })

  it('takes twenty that wait of one person', { tags: ['slow'] }, async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    const who = { platform: 'test', workspace: 'w1', user: 'ana', name: 'Ana', isLead: false }
    const item = {
      kind: 'choice',
      stem: 'So?',
      choices: [
        { text: 'a', right: true, why: '' },
        { text: 'b', right: false, why: '' },
      ],
    } as const
    const write = (_: unknown, i: number) => {
      const content = { topics: [], item: { ...item, stem: `So ${i}?` }, source: '' }
      return bot.store.writeQuestion(who, { team: team.id, pack: team.pack, content, now: 0 })
    }
    const all = await Promise.all(Array.from({ length: 25 }, write))
    expect(all.filter((one) => one && 'refused' in one)).toHaveLength(5)
    const ana = bot.person('ana')
    await ana.says('/study write')
    expect(ana.sees).toContain('You have 20 questions that wait')
    expect((await writes(bot, 'bo')).card.title).toBe('It waits for review')
  })
})

describe('/study review', () => {
  it('shows the key and the reasons to whoever did not write it, one after the other', async () => {
    const { bot } = await teamOf(FOUR)
    await writes(bot, 'ana')
    await writes(bot, 'bo', { ...FORM, stem: 'What is laid on a wound that the saw has left?' })
    const bo = bot.person('bo')
    await bo.says('/study review')
    expect(bo.card.title).toBe('A question to review')
    expect(bo.sees).toContain(`✓ ${KEY} Pests sleep in it then.`)
    expect(bo.sees).toContain('Written by Ana.')
    expect(labelsOf(bo.card)).toEqual(['Approve', 'Change', 'Reject'])
    const cy = bot.person('cy')
    await cy.says('/study review')
    expect(labelsOf(cy.card)).toContain('Next one')
    await cy.presses('Next one')
    expect(cy.sees).toContain('What is laid on a wound')
    const ana = bot.person('ana')
    await ana.says('/study review')
    expect(ana.sees).toContain('What is laid on a wound')
  })

  it('asks a question in this team alone once two others have approved it', async () => {
    const { bot, team } = await teamOf(FOUR)
    const other = await bot.team({
      channel: 'other',
      name: 'Other',
      nextPostAt: Date.parse('2100-01-01T08:00Z'),
    })
    await writes(bot, 'ana')
    await approves(bot, 'bo')
    expect(askedOf(bot, team)).toEqual([])
    await approves(bot, 'cy')
    expect(askedOf(bot, team)).toEqual([`team-${team.id}-1`])
    expect(askedOf(bot, other)).toEqual([])
    expect(
      bot.deps.questions.about({ pack: team.pack }, []).some(({ origin }) => origin.kind === 'team'),
    ).toBe(false)
  })

  it('counts one yes a person, whatever they press and how often', async () => {
    const { bot, team } = await teamOf(FOUR)
    await writes(bot, 'ana')
    const bo = bot.person('bo')
    await bo.says('/study review')
    const card = bo.card
    const replies = await Promise.all(
      ['Approve', 'Approve', 'Approve'].map((label) => bo.presses(label, card)),
    )
    expect(replies.filter((one) => plainCard(one).includes('counts once'))).toHaveLength(2)
    expect(askedOf(bot, team)).toEqual([])
    for (const user of ['ana', 'zed'])
      expect(
        JSON.stringify(await bot.person(user).request({ kind: 'press', id: 'authoring.approve~1~1' })),
      ).toMatch(/You wrote a version|no longer works|changed since/)
    expect(askedOf(bot, team)).toEqual([])
  })

  it('needs one yes in a team under four, and none of the author', async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ana')
    const ana = bot.person('ana')
    await ana.says('/study review')
    expect(ana.card.title).toBe('Nothing waits for you')
    await approves(bot, 'bo')
    expect(askedOf(bot, team)).toHaveLength(1)
  })

  it('takes the yes of a lead alone where the team says so', async () => {
    const { bot, team } = await teamOf([...FOUR, 'eve'])
    await writes(bot, 'ana')
    const ada = bot.person('ada')
    await ada.says('/team questions')
    await ada.presses('Let one admin approve alone')
    expect(ada.sees).toContain('The yes of one admin is enough')
    await approves(bot, 'ada')
    expect(askedOf(bot, team)).toHaveLength(1)
  })

  it('sends it back with a reason that its author is told, and a change comes to review again', async () => {
    const { bot, team } = await teamOf(FOUR)
    await writes(bot, 'ana')
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Reject')
    await bo.fills({ reason: '' })
    expect(bo.sees).toContain('Say in a few words')
    await bo.fills({ reason: 'May is right, too.' })
    expect(bo.sees).toContain('Ana is told')
    await bot.tick()
    const told = bot.chat.told.filter(({ user }) => user === 'ana').at(-1)
    expect(told && plainCard(told.card)).toContain('Why: May is right, too.')
    expect(told && plainCard(told.card)).not.toContain('Bo')
    const ana = bot.person('ana')
    await ana.presses('Change it', told?.card)
    expect(ana.form.fields[1]).toMatchObject({ name: 'stem', value: FORM.stem })
    await ana.fills({ ...FORM, stem: 'When is the bark of a very old tree scraped clean?' })
    expect(ana.card.title).toBe('Changed, and back in review')
    await approves(bot, 'bo', 'cy')
    expect(askedOf(bot, team)).toHaveLength(1)
  })

  it('lets somebody change it, who then is one of its writers', async () => {
    const { bot, team } = await teamOf(FOUR)
    await writes(bot, 'ana')
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Change')
    await bo.fills({ ...FORM, stem: 'When is old bark scraped off a tree?' })
    await bo.says('/study review')
    expect(bo.card.title).toBe('Nothing waits for you')
    await approves(bot, 'cy', 'di')
    const [id = ''] = askedOf(bot, team)
    expect(bot.deps.questions.question(id)?.origin).toMatchObject({
      writers: ['Ana', 'Bo'],
      checkers: ['Cy', 'Di'],
    })
  })

  it('is asked for in the channel, once a day', { tags: ['slow'] }, async () => {
    const { bot } = await teamOf(FOUR)
    const waiting = () => bot.channel().filter(({ title }) => /waits? for review/.test(title ?? '')).length
    await writes(bot, 'ana')
    await writes(bot, 'bo', { ...FORM, stem: 'What is laid on a wound that the saw has left?' })
    await bot.tick()
    expect(waiting()).toBe(1)
    expect(bot.last().title).toBe('2 questions wait for review')
    const di = bot.person('di')
    await di.presses('Review', bot.last())
    expect(di.card.title).toBe('A question to review')
    await bot.at('2026-11-04T09:00:00Z').tick()
    expect(waiting()).toBe(2)
    await bot.at('2026-11-05T09:00:00Z').tick()
    await bot.at('2026-11-06T09:00:00Z').tick()
    expect(waiting()).toBe(4)
    await approves(bot, 'cy', 'di', 'cy', 'di')
    await bot.at('2026-11-07T09:00:00Z').tick()
    await bot.at('2026-11-08T09:00:00Z').tick()
    expect(waiting()).toBe(4)
  })
})

describe('a question that a team has approved', () => {
  const DAY = '2026-11-04'
  const approved = async (people: readonly string[] = FOUR) => {
    const made = await teamOf(people)
    await writes(made.bot, 'ana')
    await approves(made.bot, ...(people.length < 4 ? ['bo'] : ['bo', 'cy']))
    const [id = ''] = askedOf(made.bot, made.team)
    return { ...made, id }
  }

  it('says who wrote and checked it at the question, and its source only once the key is shown', async () => {
    const { bot, team, id } = await approved()
    await askedOn(bot, team, DAY, { question: id, right: ['di'] })
    const [question = '', reveal] = bot.channel().slice(-2).map(plainCard)
    expect(question).toContain('Written by Ana, checked by Bo and Cy.')
    expect(question).not.toContain('The orchard book')
    expect(reveal).toContain('Written by Ana, checked by Bo and Cy. Source: The orchard book')
  })

  it('gives three points to whoever knows the key, and the usual ones to others', async () => {
    const { bot, team, id } = await approved([...FOUR, 'eve', 'fay'])
    await askedOn(bot, team, DAY, { question: id, right: ['ana', 'bo', 'cy', 'di', 'eve'], wrong: ['fay'] })
    const board = await bot.store.board({
      team: team.id,
      period: 'all',
      user: undefined,
      limit: 9,
      offset: 0,
    })
    const points = Object.fromEntries(board.rows.map(({ member, points: all }) => [member.user, all - 10]))
    expect(points).toEqual({ ana: 3, bo: 3, cy: 3, di: 10, eve: 10, fay: 3 })
    const history = await bot.store.teamHistory(team.id)
    expect(history.get(id)).toMatchObject({ answered: 3, right: 2 })
    const concepts = async (user: string) => {
      const learner = await bot.store.learner({ platform: 'test', workspace: 'w1', user }, (one) => ({
        pack: 'p',
        concept: one,
      }))
      return learner?.concepts.map(({ concept }) => concept)
    }
    expect(await concepts('ana')).not.toContain(id)
    expect(await concepts('di')).toContain(id)
    const first = await bot.store.firstAnswers(team.pack, [id])
    expect(first).toHaveLength(3)
  })

  it('tells whoever knew it why it counts as tried', async () => {
    const { bot, team, id } = await approved()
    await bot.store.planNow(team.id, () => {
      const question = bot.deps.questions.question(id)
      const dueAt = Date.parse(`${DAY}T08:00Z`)
      return {
        nextPostAt: Date.parse('2100-01-01T08:00Z'),
        round: {
          ...{
            date: DAY,
            dueAt,
            closesAt: dueAt + 3_600_000,
            season: '2026-11',
            week: '2026-W45',
            seasonEndsAt: dueAt * 2,
          },
          questions: [
            { question: id, version: question?.version ?? '', seed: 1, items: [{ key: 'A', maxPoints: 10 }] },
          ],
        },
      }
    })
    await bot.at(`${DAY}T08:00:00Z`).tick()
    const ana = bot.person('ana')
    await ana.presses('A', bot.last())
    expect(ana.sees).toContain('+3 points')
    expect(ana.sees).toContain('You knew this one before it was asked')
  })

  it('is practised by the others of the team, and by nobody else', async () => {
    const { bot, id } = await approved()
    const practised = async (user: string) => {
      const person = bot.person(user)
      const seen: string[] = []
      for (let i = 0; i < 8; i++) {
        await person.says('/quiz apple 20')
        seen.push(person.sees)
      }
      return seen.some((card) => card.includes(FORM.stem))
    }
    expect(await practised('di')).toBe(true)
    expect(await practised('ana')).toBe(false)
    expect(await practised('zed')).toBe(false)
    const number = bot.deps.questions.question(id)?.number ?? 0
    const press = { kind: 'press', id: `practice.choose~#${number.toString(36)}~1~0~3~1~0~0~-~A` } as const
    for (const user of ['zed', 'ana'])
      expect(JSON.stringify(await bot.person(user).request(press))).toContain('has been revised')
    expect(JSON.stringify(await bot.person('di').request(press))).toMatch(/Right|Not this time/)
  })

  it('is not asked while a change waits, nor once it is retired', { tags: ['slow'] }, async () => {
    const { bot, team } = await approved()
    const ana = bot.person('ana')
    await ana.says('/study questions')
    expect(ana.sees).toContain('is asked')
    await ana.picks(['1'])
    await ana.presses('Change')
    await ana.fills({ ...FORM, stem: 'When is the bark of a very old tree scraped clean?' })
    expect(askedOf(bot, team)).toEqual([])
    await approves(bot, 'bo', 'di')
    expect(askedOf(bot, team)).toHaveLength(1)
    const ada = bot.person('ada')
    await ada.says('/team questions')
    await ada.picks(['1'])
    await ada.presses('Retire')
    expect(askedOf(bot, team)).toHaveLength(1)
    await ada.presses('Retire')
    expect(askedOf(bot, team)).toEqual([])
  })

  it('keeps no name of an author who is forgotten, and stays', async () => {
    const { bot, team, id } = await approved()
    await bot.store.forgetMember({ platform: 'test', workspace: 'w1', user: 'ana' })
    await bot.deps.questions.catchUp()
    expect(askedOf(bot, team)).toEqual([id])
    expect(bot.deps.questions.question(id)?.origin).toMatchObject({ writers: [], checkers: ['Bo', 'Cy'] })
    await bot.store.hide({ platform: 'test', workspace: 'w1', user: 'bo' }, true)
    await bot.deps.questions.catchUp()
    expect(bot.deps.questions.question(id)?.origin).toMatchObject({ checkers: ['Cy'] })
  })

  it('is known to another process, and no longer once its team is gone', async () => {
    const { bot, team, id } = await approved()
    const other = await startedBeside(bot)
    expect(other.question(id)?.id).toBe(id)
    await bot.store.removeTeam({ platform: 'test', workspace: 'w1' }, team.id)
    await other.catchUp()
    expect(other.question(id)).toBeUndefined()
    expect(await bot.store.questionVersions(id)).toEqual([])
  })

  it('brings its author three points once five others have answered, for two questions a week', {
    tags: ['slow'],
  }, async () => {
    const people = [...FOUR, 'eve', 'fay', 'gil', 'hal']
    const { bot, team } = await teamOf(people)
    for (const stem of [
      'Who prunes roots of cherries?',
      'Where do wasps build nests?',
      'Which ladder leans safely?',
    ]) {
      await writes(bot, 'ana', { ...FORM, stem })
      await approves(bot, 'bo', 'cy')
    }
    const answering = people.filter((user) => !['ana', 'bo', 'cy'].includes(user))
    const points = async () => {
      const board = await bot.store.board({ team: team.id, period: 'all', user: 'ana', limit: 1, offset: 0 })
      return board.mine?.points
    }
    const gained: (number | undefined)[] = []
    for (const [i, id] of askedOf(bot, team).entries()) {
      await askedOn(bot, team, `2026-11-0${4 + i}`, { question: id, right: answering })
      gained.push(await points())
    }
    expect(gained).toEqual([13, 16, 16])
    await askedOn(bot, team, '2026-11-09', { question: 'apple-hard', right: ['di'] })
    expect(await points()).toBe(19)
  })
})

async function startedBeside(bot: Bot) {
  const { questions } = openPacks(
    bot.deps.packs.all.map(({ bank }) => bank),
    bot.store,
  )
  await questions.catchUp()
  return questions
}

it('one who wrote a question and was forgotten does not approve it when they come back', async () => {
  const { bot, team } = await teamOf(['ana', 'bo', 'cy'])
  await writes(bot, 'ana')
  await bot.store.forgetMember({ platform: 'test', workspace: 'w1', user: 'ana' })
  await askedOn(bot, team, '2026-11-05', { question: 'apple-hard', right: ['ana'] })
  const ana = bot.person('ana')
  expect(JSON.stringify(await ana.request({ kind: 'press', id: 'authoring.approve~1~1' }))).toContain(
    'You wrote a version',
  )
  expect(askedOf(bot, team)).toEqual([])
  await approves(bot, 'bo')
  expect(askedOf(bot, team)).toHaveLength(1)
})

it('what a program made of notes waits in the same queue, without an author', async () => {
  const { bot, team } = await teamOf(['ana', 'bo'])
  const pairs = ['apple', 'pear'].map((prompt) => ({ prompt, answer: `a tree of the ${prompt}`, why: '' }))
  const content = {
    topics: ['apple'],
    item: { kind: 'matching', stem: 'Match.', pairs, spare: [] },
    source: 'notes.md',
  } as const
  expect(await bot.store.addMadeQuestion({ team: team.id, pack: team.pack, content, now: 0 })).toBe(true)
  const bo = bot.person('bo')
  await bo.says('/study review')
  expect(bo.sees).toContain('Made from notes.')
  expect(labelsOf(bo.card)).toEqual(['Approve', 'Reject'])
  await bo.presses('Approve')
  expect(askedOf(bot, team)).toHaveLength(1)
})

describe('drafts made of the notes of a pack', () => {
  const made = Array.from({ length: 13 }, (_, i) => ({
    id: `draft-${i}`,
    content: {
      topics: ['apple'],
      item: {
        kind: 'choice',
        stem: `Which tree is number ${i}?`,
        choices: ['apple', 'pear', 'plum', 'fig'].map((text, k) => ({ text, right: k === 0, why: '' })),
      },
      source: 'trees.md: Trees',
    } as const,
  }))
  const started = async () => {
    const bot = await startBot({
      drafts: new Map([['orchard', { waiting: made, rejected: [] }]]),
      limits: noLimits,
    })
    const team = await bot.team({ nextPostAt: Date.parse('2100-01-01T08:00Z') })
    await askedOn(bot, team, '2026-11-03', { question: 'apple-store', right: ['ana', 'bo'] })
    return { bot, team }
  }
  const waiting = (bot: Bot, { id }: Team) => bot.store.waitingQuestions(id)

  it('wait in the queue of each team of the pack, ten at a time, each once', async () => {
    const { bot, team } = await started()
    const other = await bot.team({ channel: 'other', nextPostAt: Date.parse('2100-01-01T08:00Z') })
    await feedQueues(bot.deps)
    await feedQueues(bot.deps)
    expect([await waiting(bot, team), await waiting(bot, other)]).toEqual([10, 10])
    await bot.tick()
    expect(plainCard(bot.last())).toContain('10 questions wait for review')
  })

  it('are followed by the next when one is decided on, until there are no more', {
    tags: ['slow'],
  }, async () => {
    const { bot, team } = await started()
    await feedQueues(bot.deps)
    const bo = bot.person('bo')
    for (let i = 0; i < 13; i++) {
      await bo.says('/study review')
      expect(bo.sees).toContain(`Which tree is number ${i}?`)
      expect(bo.sees).toContain('trees.md: Trees')
      if (i % 2 === 0) await bo.presses('Approve')
      else {
        await bo.presses('Reject')
        await bo.fills({ reason: 'Too easy.' })
      }
      expect(await waiting(bot, team)).toBe(Math.min(10, 12 - i))
    }
    expect(askedOf(bot, team)).toHaveLength(7)
    await feedQueues(bot.deps)
    expect(await waiting(bot, team)).toBe(0)
  })

  it('come to a team as soon as it is set up', async () => {
    const bot = await startBot({ drafts: new Map([['orchard', { waiting: made, rejected: [] }]]) })
    const ada = bot.person('ada', { channel: 'new' })
    await ada.says('/team setup')
    await ada.fills({ ...valuesOf(ada.form), channel: 'new' })
    const team = await bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'new' })
    expect(team && (await waiting(bot, team))).toBe(10)
  })
})
