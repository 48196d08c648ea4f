import { describe, expect, it } from 'vitest'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import { buttonsOf, labelsOf, type Person, selectsOf, startBot } from '../helpers/bot.js'
import { fileTexts } from '../helpers/exported.js'
import { teamsOf } from '../helpers/rounds.js'

/** Right or not, by button or by menu. */
function answerAnyhow(person: Person, question: Card): Promise<Card> {
  return selectsOf(question).length > 0 ? person.picks(['A', 'B'], question) : person.presses('A', question)
}

describe('/explain', () => {
  it('shows a topic, with related topics, a quiz and a way to show it', async () => {
    const bot = await startBot()
    const ann = bot.person('ann')
    await ann.says('/explain pomme')
    expect(ann.card.title).toBe('Apple')
    expect(labelsOf(ann.card)).toEqual([
      'Pear',
      'Plum',
      'Quiz me on this',
      'Show to channel',
      'Write a question on this',
    ])
    await ann.presses('Pear')
    expect(ann.card.title).toBe('Pear')
  })

  it('is private until it is shown', async () => {
    const bot = await startBot()
    const ann = bot.person('ann')
    const reply = await bot.app.run({
      kind: 'command',
      caller: {
        platform: 'test',
        workspace: 'w1',
        channel: 'study',
        user: 'ann',
        name: 'Ann',
        isAdmin: async () => false,
      },
      name: 'explain',
      input: 'apple',
    })
    expect(reply).toMatchObject({ kind: 'card', to: 'caller' })
    await ann.says('/explain apple')
    const show = buttonsOf(ann.card).find((b) => b.label === 'Show to channel')
    expect(await ann.request({ kind: 'press', id: show?.id ?? '' })).toMatchObject({
      to: 'channel',
      card: { title: 'Apple' },
    })
  })

  it('compares two topics side by side', async () => {
    const ann = (await startBot()).person('ann')
    await ann.says('/explain apple vs pear')
    expect(ann.card.title).toBe('Apple or Pear')
    expect(ann.sees).toContain('A long fruit that ripens after it is picked.')
  })

  it('says so when it does not know, and offers what it has', async () => {
    const ann = (await startBot()).person('ann')
    await ann.says('/explain submarine')
    expect(ann.card.title).toBe('Not covered')
  })
})

describe('/quiz', () => {
  it('asks in private, answers at once, and goes on to the end', async () => {
    const bot = await startBot()
    const ann = bot.person('ann')
    await ann.says('/quiz apple 2')
    expect(ann.card.title).toBe('Practice: question 1 of 2')
    for (const question of [1, 2]) {
      expect(ann.card.title).toContain(`question ${question} of 2`)
      if (ann.sees.includes('two tools')) await ann.answers(['A pruning saw', 'A pair of loppers'])
      else
        await ann.answers([
          ann.sees.includes('keep longest') ? 'In a cool dark cellar' : 'The late winter apple',
        ])
      expect(ann.card.title).toBe('Right')
      await ann.presses(question === 1 ? 'Next question' : 'See how it went')
    }
    expect(ann.sees).toContain('2 of 2 answers right (100 %)')
    expect(bot.channel()).toHaveLength(0)
  })

  it('moves no leaderboard, but counts in the own stats', async () => {
    const bot = await startBot()
    await bot.team()
    const ann = bot.person('ann')
    await ann.says('/quiz apple 1')
    if (ann.sees.includes('two tools')) await ann.answers(['A pruning saw', 'A leaf rake'])
    else await ann.presses('A')
    expect(plainCard(await ann.says('/leaderboard'))).toContain('Nobody has answered')
    expect(plainCard(await ann.says('/stats'))).toMatch(/Practice: [01] of 1 answer right/)
  })

  it('counts one answer to one question, however often it is pressed', async () => {
    const bot = await startBot()
    const ann = bot.person('ann')
    await ann.says('/quiz plum 1')
    const asked = ann.card
    const label = labelsOf(asked).find((l) => l === 'A')
    if (!label) throw new Error('expected letters')
    await ann.presses('A', asked)
    const first = ann.sees
    await ann.presses('B', asked)
    expect(await bot.store.attempts({ platform: 'test', workspace: 'w1', user: 'ann' })).toHaveLength(1)
    expect(ann.sees).not.toBe(first)
  })
})

describe('/leaderboard', () => {
  it('has competition ranks, the own rank off the page, and the step to the next', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const letters = ['A', 'B', 'C', 'D']
    if (!labelsOf(bot.last()).includes('A')) return expect.fail('expected a choice')
    for (let i = 0; i < 14; i++)
      await bot.person(`m${String(i).padStart(2, '0')}`).presses(letters[i % 4] ?? 'A', bot.last())
    const zoe = bot.person('zoe')
    await zoe.presses('A', bot.last())
    await bot.at('2026-11-02T20:00:00Z').tick()
    const board = plainCard(await zoe.says('/leaderboard week'))
    const ranks = [...board.matchAll(/^(\d+)\. /gm)].map((m) => Number(m[1]))
    expect(ranks).toHaveLength(10)
    expect(ranks[0]).toBe(1)
    expect(new Set(ranks.slice(0, 3))).toEqual(new Set([1]))
    expect(board).toMatch(/You: rank \d+ with \d+ points/)
    await zoe.presses('Next')
    expect(labelsOf(zoe.card)).toContain('Previous')
    await zoe.presses('Teams')
    expect(zoe.sees).toMatch(/1\. Orchard: \d+\.\d points a member, 15 members/)
  })

  it('names no team of few to others: its mean would tell what each of them has', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    await bot.team({ topics: ['apple'], channel: 'small', name: 'Small' })
    await bot.team({ topics: ['apple'], channel: 'idle', name: 'Idle' })
    await bot.at('2026-11-02T08:00:00Z').tick()
    for (let i = 0; i < 5; i++) await answerAnyhow(bot.person(`m${i}`), bot.last('study'))
    const few = ['kim', 'lea', 'max', 'nik'].map((user) => bot.person(user, { channel: 'small' }))
    for (const person of few) await answerAnyhow(person, bot.last('small'))
    await bot.at('2026-11-02T20:00:00Z').tick()
    const seen = plainCard(await bot.person('m0').says('/leaderboard season teams'))
    expect(seen).toMatch(/1\. Orchard: /)
    expect(seen).toContain('Idle: 0.0 points')
    expect(seen).not.toContain('Small')
    const [kim] = few
    expect(plainCard((await kim?.says('/leaderboard season teams')) ?? { blocks: [] })).toMatch(
      /Small: \d+\.\d points a member, 4 members/,
    )
  })

  it('hides a name from others, not from its owner', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const [ann, ben] = [bot.person('ann'), bot.person('ben')]
    await ann.presses('A')
    await ann.says('/stats')
    await ann.presses('Hide my name on boards')
    await bot.at('2026-11-02T20:00:00Z').tick()
    expect(plainCard(await ben.says('/leaderboard'))).toContain('Hidden member')
    expect(plainCard(await ben.says('/leaderboard'))).not.toContain('Ann')
    expect(plainCard(await ann.says('/leaderboard'))).toContain('1. Ann')
    expect(JSON.stringify(bot.last())).not.toContain('Ann')
  })

  it('starts each season at zero and posts the podium of the last', async () => {
    const bot = await startBot({ now: '2026-11-30T07:00:00Z' })
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-30T08:00:00Z').tick()
    const ann = bot.person('ann')
    await ann.presses('A')
    await bot.at('2026-11-30T20:00:00Z').tick()
    await bot.at('2026-12-01T00:00:00Z').tick()
    expect(bot.last().title).toBe('Orchard: season 2026-11 is over')
    expect(plainCard(bot.last())).toContain('1. Ann')
    await bot.at('2026-12-01T00:01:00Z').tick()
    expect(bot.channel().filter((c) => c.title?.includes('is over'))).toHaveLength(1)
    expect(plainCard(await ann.says('/leaderboard season'))).toContain('Nobody has answered')
    expect(plainCard(await ann.says('/leaderboard all-time'))).toContain('1. Ann')
  })
})

describe('/study', () => {
  it('is set up by an admin in one form, with a welcome to the channel', async () => {
    const bot = await startBot()
    const ada = bot.person('ada')
    await ada.says('/team setup')
    const values = Object.fromEntries(
      ada.form.fields.map((f) => [f.name, 'values' in f ? f.values : 'value' in f ? (f.value ?? '') : '']),
    )
    await ada.fills({ ...values, name: 'Night owls', time: '21:30', zone: 'Europe/Berlin' })
    expect(ada.card.title).toBe('Night owls is set up')
    expect(ada.sees).toContain('21:30')
    expect(bot.channel()).toHaveLength(1)
    await bot.at('2026-11-02T20:30:00Z').tick()
    expect(bot.last().title).toBe('Question of the day')
    await ada.says('/team setup')
    await ada.fills({ ...values, name: 'Early birds', time: '6:00', zone: 'Europe/Berlin' })
    expect(bot.channel()).toHaveLength(2)
    expect(plainCard(await ada.says('/team status'))).toContain('06:00')
  })

  it('refuses members, and says who can', async () => {
    const bot = await startBot()
    await bot.team()
    const ben = bot.person('ben')
    for (const line of ['/team setup', '/team pause', '/team resume', '/team post-now']) {
      await ben.says(line)
      expect(ben.sees).toContain('for admins')
    }
    const ada = bot.person('ada')
    await ada.says('/team status')
    for (const button of buttonsOf(ada.card)) {
      const reply = await ben.request({ kind: 'press', id: button.id })
      expect(JSON.stringify(reply)).toContain('admin')
    }
  })

  it('refuses wrong values in words, and changes nothing', async () => {
    const bot = await startBot()
    const ada = bot.person('ada')
    await ada.says('/team setup')
    const good = {
      name: 'Owls',
      channel: 'study',
      time: '09:00',
      zone: 'UTC',
      days: ['1'],
      count: '1',
      open: '24',
      pack: 'orchard',
      topics: [],
    }
    const wrong: [object, RegExp][] = [
      [{ name: '' }, /name/],
      [{ name: 'x'.repeat(61) }, /60/],
      [{ time: '25:00' }, /time/i],
      [{ time: 'noon' }, /time/i],
      [{ zone: 'Mars/Base' }, /zone/i],
      [{ days: [] }, /day/],
      [{ days: ['8'] }, /day/],
      [{ count: '6' }, /Questions a day/],
      [{ open: '0' }, /Open for/],
      [{ pack: 'nope' }, /exam/],
      [{ topics: ['nope'] }, /topics/],
    ]
    for (const [change, words] of wrong) {
      await ada.fills({ ...good, ...change })
      expect(ada.sees).toMatch(words)
      expect(await teamsOf(bot.store, { platform: 'test', workspace: 'w1' })).toHaveLength(0)
    }
  })

  it('pauses and resumes', async () => {
    const bot = await startBot()
    await bot.team()
    const ada = bot.person('ada')
    await ada.says('/team pause')
    await bot.at('2026-11-02T08:00:00Z').tick()
    expect(bot.channel()).toHaveLength(0)
    await bot.at('2026-11-02T10:00:00Z').tick()
    await ada.says('/team resume')
    await bot.tick()
    expect(bot.channel()).toHaveLength(0)
    await bot.at('2026-11-03T08:00:00Z').tick()
    expect(bot.channel()).toHaveLength(1)
  })

  it('posts out of turn once a day', async () => {
    const bot = await startBot()
    await bot.team()
    const ada = bot.person('ada')
    await ada.says('/team post-now')
    expect(bot.channel()).toHaveLength(1)
    await ada.says('/team post-now')
    expect(bot.channel()).toHaveLength(1)
    await bot.at('2026-11-02T08:00:00Z').tick()
    expect(bot.channel()).toHaveLength(1)
  })

  it('gives a member all of their data, and forgets it', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const ann = bot.person('ann')
    await ann.presses('A')
    await ann.says('/study export')
    const [data = ''] = fileTexts(ann.card)
    expect(JSON.parse(data)).toMatchObject({ member: { user: 'ann' }, attempts: [{ slot: 0 }], reports: [] })
    await ann.says('/study forget-me')
    await ann.presses('Keep it')
    expect(await bot.store.member({ platform: 'test', workspace: 'w1', user: 'ann' })).toBeDefined()
    await ann.says('/study forget-me')
    await ann.presses('Delete it all')
    expect(await bot.store.member({ platform: 'test', workspace: 'w1', user: 'ann' })).toBeUndefined()
    expect(plainCard(await ann.says('/leaderboard'))).toContain('Nobody has answered')
  })

  it('shows where the team is weak by whole weeks, and only when five people or more have answered', {
    tags: ['slow'],
  }, async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    const status = async () => plainCard(await bot.person('ada').says('/team status'))
    const day = async (date: string, users: readonly string[]) => {
      await bot.at(`${date}T08:00:00Z`).tick()
      for (const user of users) await answerAnyhow(bot.person(user), bot.last())
      await bot.at(`${date}T20:00:00Z`).tick()
    }
    // Five joined, but four answer every day; one came once.
    const four = ['ann', 'ben', 'cem', 'dan']
    await day('2026-11-02', four)
    await day('2026-11-03', four)
    await day('2026-11-04', four)
    expect(await status()).not.toContain('% right')
    await bot.at('2026-11-09T07:00:00Z')
    expect(await status()).toContain('from 5 people who answered on')
    await day('2026-11-09', [...four, 'eve', 'fay', 'gus', 'hal'])
    // The week is not over: two looks at it would tell what was answered in between.
    expect(await status()).not.toContain('% right')
    bot.at('2026-11-16T07:00:00Z')
    expect(await status()).toMatch(/\w: about \d+ % right \(\d+-\d+ %\), of 8 answers/)
  })
})

describe('reports', () => {
  it('are stored with the question and its version', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const ann = bot.person('ann')
    await ann.presses('Report a problem')
    await ann.fills({ reason: 'It is out of date', detail: "'; drop table report; --" })
    const [report] = await bot.store.reports()
    expect(report).toMatchObject({
      user: 'ann',
      reason: 'It is out of date',
      detail: "'; drop table report; --",
    })
    expect(bot.bank.question(report?.question ?? '')?.version).toBe(report?.version)
  })
})
