import { describe, expect, it, vi } from 'vitest'
import { createApp } from '../../src/bot/app.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { labelsOf, type Person, selectsOf, startBot } from '../helpers/bot.js'
import { testChat } from '../helpers/chat.js'
import { testDatabase } from '../helpers/database.js'

const EIGHT = '2026-11-02T08:00:00Z'

async function posted(topics: string[] = [], more = {}) {
  const bot = await startBot()
  const team = await bot.team({ topics, ...more })
  await bot.at(EIGHT).tick()
  return { bot, team }
}

describe('the daily round', () => {
  it('is posted at the local time, not before, and once', async () => {
    const bot = await startBot()
    await bot.team({ zone: 'Europe/Berlin', minute: 9 * 60 + 30 })
    await bot.at('2026-11-02T08:29:59Z').tick()
    expect(bot.channel()).toHaveLength(0)
    await bot.at('2026-11-02T08:30:00Z').tick()
    await bot.at('2026-11-02T08:31:00Z').tick()
    expect(bot.channel()).toHaveLength(1)
    expect(bot.last().title).toBe('Question of the day')
  })

  it('is posted with the tick that it is due at, on every platform', async () => {
    const bot = await startBot()
    const chats = ['one', 'two', 'three'].map(testChat)
    const app = createApp({ ...bot.deps, chats: new Map(chats.map((chat) => [chat.platform, chat])) })
    for (let i = 0; i < 60; i++) await bot.team({ platform: chats[i % 3]?.platform ?? '', channel: `c${i}` })
    bot.at(EIGHT)
    await app.tick()
    expect(chats.map((chat) => chat.posted.length)).toEqual([20, 20, 20])
  })

  it('keeps a pick private, and says for every option why', async () => {
    const { bot } = await posted(['apple'], { count: 1 })
    const ann = bot.person('ann')
    const before = bot.channel().length
    await ann.presses('B')
    expect(bot.channel()).toHaveLength(before)
    expect(ann.card.title).toMatch(/^(Right|Not this time)$/)
    for (const letter of ['A', 'B', 'C', 'D']) expect(ann.sees).toMatch(new RegExp(`[✓✗] ${letter}: `))
    expect(ann.sees).toContain('B: ')
    expect(ann.sees).toMatch(/B: [^\n]*\(your pick\)/)
  })

  it('counts the first of two answers only', async () => {
    const { bot } = await posted(['plum'], { count: 1, topics: ['apple'] })
    const ann = bot.person('ann')
    await ann.presses('A')
    const points = /\+(\d+) point/.exec(ann.sees)?.[1]
    await ann.presses('C', bot.last())
    expect(ann.card.title).toBe('You have answered this one')
    expect(ann.sees).toContain(`+${points} point`)
    expect(ann.sees).toMatch(/A: [^\n]*\(your pick\)/)
  })

  it('shows how many have answered, with the next tick', async () => {
    const { bot } = await posted(['apple'])
    await bot.person('ann').presses('A', bot.last())
    await bot.person('ben').presses('B', bot.last())
    await bot.tick()
    expect(plainCard(bot.last())).toContain('2 members answered.')
  })

  it('is closed by time: no more answers, the reveal with a picture, the misconception and the standings', async () => {
    const { bot } = await posted(['apple'])
    for (const user of ['ann', 'bea', 'cid', 'dan', 'eve'])
      await bot.person(user).presses('A', bot.channel()[0])
    const question = bot.last()
    await bot.at('2026-11-02T20:00:00Z').tick()
    const reveal = bot.last()
    expect(plainCard(reveal)).toMatch(/Answer: [A-E]: /)
    expect(plainCard(reveal)).toContain('Common misconception: ')
    expect(plainCard(reveal)).toContain('This season so far')
    expect(plainCard(reveal)).toContain('1. Ann')
    expect(
      reveal.blocks.some(
        (b) => b.kind === 'image' && b.picture.kind === 'bars' && b.alt.includes('How you chose'),
      ),
    ).toBe(true)
    expect(labelsOf(bot.channel()[0] ?? { blocks: [] })).not.toContain('A')
    const ben = bot.person('ben')
    await ben.presses('A', question)
    expect(ben.sees).toContain('This round is closed')
  })

  it('tells with fewer than five answers how many there were, and nothing of what was chosen', async () => {
    const { bot } = await posted(['apple'])
    for (const user of ['ann', 'bea', 'cid', 'dan']) await bot.person(user).presses('A', bot.channel()[0])
    await bot.at('2026-11-02T20:00:00Z').tick()
    expect(plainCard(bot.last())).toContain('4 members answered. How they chose is shown from 5 answers on.')
    expect(plainCard(bot.last())).not.toMatch(/[0-4] of 4 members right/)
    expect(bot.last().blocks.some((b) => b.kind === 'image' && b.picture.kind === 'bars')).toBe(false)
  })

  it('leaves out a second question in the doubled hour and moves one in the gap', async () => {
    const bot = await startBot({ now: '2026-10-24T12:00:00Z' })
    await bot.team({ zone: 'Europe/Berlin', minute: 150, openHours: 1 })
    for (let t = Date.parse('2026-10-24T22:00:00Z'); t < Date.parse('2026-10-25T22:00:00Z'); t += 600_000)
      await bot.at(new Date(t).toISOString()).tick()
    expect(bot.channel().filter((c) => c.title === 'Question of the day')).toHaveLength(1)
  })

  it('is posted late when an hour of it is left, and skipped when not', async () => {
    const late = await startBot()
    await late.team({ openHours: 12 })
    await late.at('2026-11-02T18:59:00Z').tick()
    expect(late.channel()).toHaveLength(1)
    const gone = await startBot()
    await gone.team({ openHours: 12 })
    await gone.at('2026-11-02T19:01:00Z').tick()
    expect(gone.channel()).toHaveLength(0)
    await gone.at('2026-11-03T08:00:00Z').tick()
    expect(gone.channel()).toHaveLength(1)
  })

  it('never posts two at once after days of silence', async () => {
    const bot = await startBot()
    await bot.team()
    await bot.at('2026-11-09T09:00:00Z').tick()
    expect(bot.channel()).toHaveLength(1)
  })

  it('asks no question again before all were asked', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    const stems: string[] = []
    for (let day = 2; day < 8; day++) {
      await bot.at(`2026-11-0${day}T08:00:00Z`).tick()
      stems.push(plainCard(bot.last()).split('\n\n')[2] ?? '')
      await bot.at(`2026-11-0${day}T20:00:00Z`).tick()
    }
    expect(new Set(stems.slice(0, 3)).size).toBe(3)
    expect(new Set(stems.slice(3, 6)).size).toBe(3)
  })
})

const INSIDE: Record<string, string> = {
  ...{
    Pear: 'A core',
    Apple: 'A core',
    Plum: 'A stone',
    Cherry: 'A stone',
    Peach: 'A stone',
    Grape: 'Pips',
    Gooseberry: 'Pips',
  },
}

async function matchAll(person: Person): Promise<void> {
  await person.presses('Match')
  const prompts = person.form.fields.map((f) => f.label.replace(/^\d+\. /, ''))
  expect(prompts).toHaveLength(7)
  const letter = (text: string) =>
    person.form.fields
      .flatMap((f) => (f.kind === 'select' ? f.options : []))
      .find((o) => o.label.endsWith(text))?.value
  await person.fills(Object.fromEntries(prompts.map((p, i) => [`p${i}`, letter(`: ${INSIDE[p]}`) ?? ''])))
}

describe('every kind of question', () => {
  it('choice: right 10 points, wrong 3, hard and right 15', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'], count: 3 })
    await bot.at(EIGHT).tick()
    const [ann, ben] = [bot.person('ann'), bot.person('ben')]
    for (const label of ['Answer 1', 'Answer 2', 'Answer 3']) {
      for (const who of [ann, ben]) {
        const asked = plainCard(await who.presses(label, bot.last()))
        if (asked.includes('keep longest'))
          await who.answers([who === ann ? 'In a cool dark cellar' : 'Beside a warm stove'])
        else if (asked.includes('picked last'))
          await who.answers([who === ann ? 'The late winter apple' : 'The red August apple'])
        else
          await who.answers(
            who === ann ? ['A pruning saw', 'A pair of loppers'] : ['A pruning saw', 'A watering can'],
          )
      }
    }
    const before = plainCard(await ann.says('/leaderboard'))
    expect(before).toContain('35 points of yours count here when the open round closes.')
    expect(before).not.toMatch(/Ann:|of 3 right/)
    await bot.at('2026-11-02T20:00:00Z').tick()
    const board = plainCard(await ann.says('/leaderboard'))
    expect(board).toContain('1. Ann: 35 points, 3 of 3 right')
    expect(board).toContain('2. Ben: 9 points, 0 of 3 right')
  })

  it('response: says "Choose TWO", and wants exactly two', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'], count: 3 })
    await bot.at(EIGHT).tick()
    const ann = bot.person('ann')
    for (const label of ['Answer 1', 'Answer 2', 'Answer 3']) {
      const asked = plainCard(await ann.presses(label, bot.last()))
      if (!asked.includes('two tools')) continue
      expect(asked).toContain('Choose TWO.')
      await ann.picks(['A'])
      expect(ann.sees).toContain('That did not work')
      await ann.presses(label, bot.last())
      await ann.answers(['A pair of loppers', 'A pruning saw'])
      expect(ann.card.title).toBe('Right')
      return
    }
    throw new Error('the response was not asked')
  })

  it('ordering and matching: by a form; spare steps are left out', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['pear'], count: 2 })
    await bot.at(EIGHT).tick()
    for (const person of ['ann', 'ben', 'cid', 'dan', 'eve'].map((user) => bot.person(user)))
      for (const label of ['Answer 1', 'Answer 2']) {
        const asked = plainCard(await person.presses(label, bot.last()))
        if (asked.includes('leave ONE out'))
          await person.answers([
            'Pick it while it is firm',
            'Keep it in a warm room',
            'Eat it when the neck gives',
          ])
        else await matchAll(person)
        expect(person.card.title).toBe('Right')
      }
    await bot.at('2026-11-02T20:00:00Z').tick()
    expect(plainCard(bot.last())).toContain('5 of 5 members right')
  })

  it('case: the scenario with its items one by one, each graded alone', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['plum'], count: 2 })
    await bot.at(EIGHT).tick()
    expect(plainCard(bot.last())).toContain('forty kilos of plums')
    const ann = bot.person('ann')
    const first = labelsOf(bot.last()).filter((l) => l.startsWith('Answer'))
    expect(first).toHaveLength(3)
    for (const label of first) {
      const asked = plainCard(await ann.presses(label, bot.last()))
      if (!asked.includes('through the winter')) continue
      await ann.answers(['Dried on racks'])
      expect(ann.card.title).toBe('Right')
      await ann.presses('Next part')
      await ann.answers(['The skin is wrinkled', 'The juice is clear'])
      expect(ann.card.title).toBe('Not this time')
      return
    }
    throw new Error('the case was not asked')
  })

  it('template: numbers are drawn, and the same for all members of a round', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['plum'], count: 2 })
    await bot.at(EIGHT).tick()
    const [ann, ben] = [bot.person('ann'), bot.person('ben')]
    const answers = labelsOf(bot.last()).filter((label) => label.startsWith('Answer'))
    for (const label of answers) {
      const asked = plainCard(await ann.presses(label, bot.last()))
      expect(plainCard(await ben.presses(label, bot.last()))).toBe(asked)
      if (asked.includes('requests a second')) expect(asked).toMatch(/\d+ requests a second/)
    }
  })
})

describe('when posting fails', () => {
  it('tries again later, and posts once', async () => {
    const { bot } = await posted()
    expect(bot.channel()).toHaveLength(1)
    const other = await startBot()
    await other.team()
    other.chat.fail('post', 'down', 'down')
    await other.at(EIGHT).tick()
    expect(other.channel()).toHaveLength(0)
    await other.at('2026-11-02T08:00:30Z').tick()
    await other.at('2026-11-02T08:02:00Z').tick()
    expect(other.channel()).toHaveLength(1)
  })

  it('does not post again what got through without an answer', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    bot.chat.fail('post', 'lost')
    await bot.at(EIGHT).tick()
    await bot.at('2026-11-02T08:05:00Z').tick()
    expect(bot.channel()).toHaveLength(1)
    await bot.at('2026-11-02T20:05:00Z').tick()
    expect(bot.channel().map((c) => c.title)).toEqual([
      'Question of the day',
      'The answer of the day, Monday 2 November',
    ])
  })

  it('is revealed, answers and all, when it is noticed only after its time that it was out', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    bot.chat.fail('post', 'lost')
    await bot.at(EIGHT).tick()
    await bot.person('ann').presses('A', bot.last())
    await bot.at('2026-11-02T20:05:00Z').tick()
    expect(bot.channel().map((c) => c.title)).toEqual([
      'Question of the day',
      'The answer of the day, Monday 2 November',
    ])
    expect(plainCard(bot.last())).toContain('1. Ann')
  })

  it('tells the admin once when the platform refuses, in words that say what to do', async () => {
    const bot = await startBot()
    await bot.team()
    bot.chat.fail('post', 'refused', 'refused')
    await bot.at(EIGHT).tick()
    await bot.at('2026-11-02T08:05:00Z').tick()
    expect(bot.chat.told.map((t) => t.user)).toEqual(['ada'])
    expect(plainCard(bot.chat.told[0]?.card ?? { blocks: [] })).toContain('Invite it')
    await bot.at('2026-11-02T08:10:00Z').tick()
    expect(bot.channel()).toHaveLength(1)
  })
})

describe('a question whose message is gone', () => {
  it('is revealed all the same, and nobody is told of a failure', async () => {
    const bot = await startBot()
    await bot.team()
    await bot.at('2026-11-02T08:00:00Z').tick()
    bot.chat.fail('update', 'refused')
    await bot.at('2026-11-02T20:00:00Z').tick()
    expect(bot.last().title).toBe('The answer of the day, Monday 2 November')
    expect(bot.chat.told).toEqual([])
  })
})

describe('a platform that wants messages changed more slowly', () => {
  it('gets the reveal in time, and the closed question drawn later', async () => {
    const bot = await startBot()
    await bot.team()
    await bot.at('2026-11-02T08:00:00Z').tick()
    bot.chat.fail('update', 'busy')
    await bot.at('2026-11-02T20:00:00Z').tick()
    expect(bot.last().title).toBe('The answer of the day, Monday 2 November')
    const isClosed = () => plainCard(bot.channel()[0] ?? { blocks: [] }).includes('Closed')
    expect(isClosed()).toBe(false)
    await bot.at('2026-11-02T20:00:10Z').tick()
    expect(isClosed()).toBe(true)
    expect(bot.channel()).toHaveLength(2)
  })
})

describe('a platform that asks to wait', () => {
  it('gets the post as soon as it said, and nobody is told of a failure', async () => {
    const bot = await startBot()
    await bot.team()
    bot.chat.fail('post', 'busy', 'busy')
    await bot.at(EIGHT).tick()
    await bot.at('2026-11-02T08:00:29Z').tick()
    await bot.at('2026-11-02T08:00:30Z').tick()
    expect(bot.channel()).toHaveLength(0)
    await bot.at('2026-11-02T08:01:00Z').tick()
    expect(bot.channel()).toHaveLength(1)
    expect(bot.chat.told).toEqual([])
  })

  it('still has the admin told when it refuses afterwards', async () => {
    const bot = await startBot()
    await bot.team()
    bot.chat.fail('post', 'busy', 'down', 'refused')
    for (const time of ['08:00:00', '08:00:30', '08:05:00', '08:30:00'])
      await bot.at(`2026-11-02T${time}Z`).tick()
    expect(bot.chat.told.map((t) => t.user)).toEqual(['ada'])
    expect(bot.channel()).toHaveLength(1)
  })

  it('gets the count of answers with the next tick', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    await bot.at(EIGHT).tick()
    await bot.person('ann').presses('A', bot.last())
    bot.chat.fail('update', 'busy')
    await bot.at('2026-11-02T08:00:10Z').tick()
    expect(plainCard(bot.last())).not.toContain('1 has answered')
    await bot.at('2026-11-02T08:00:20Z').tick()
    expect(plainCard(bot.last())).toMatch(/1 .*answered/)
  })
})

describe('one answer', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'costs one round trip, whatever its kind (drawn by seed %i)',
    async (seed) => {
      const bot = await startBot({ seed })
      await bot.team()
      await bot.at(EIGHT).tick()
      const ann = bot.person('ann')
      if (labelsOf(bot.last()).includes('Answer 1')) await ann.presses('Answer 1')
      const asked = labelsOf(bot.last()).includes('Answer 1') ? ann.card : bot.last()
      const [menu] = selectsOf(asked)
      const opener = labelsOf(asked).find((label) => label === 'Put in order' || label === 'Match')
      if (opener) await ann.presses(opener, asked)
      const { pool } = await testDatabase()
      const query = vi.spyOn(pool, 'query')
      if (menu)
        await ann.picks(
          menu.options.slice(0, menu.min).map((o) => o.value),
          asked,
        )
      else if (opener)
        await ann.fills(
          Object.fromEntries(ann.form.fields.map((f, i) => [f.name, 'ABCDEFGH'[Math.min(i, 2)] ?? 'A'])),
        )
      else await ann.presses('A', asked)
      const trips = query.mock.calls.length
      query.mockRestore()
      expect(ann.card.title).toMatch(/^(Right|Not this time)$/)
      expect(trips).toBe(1)
    },
  )
})
