import { describe, expect, it, vi } from 'vitest'
import { createApp } from '../../src/bot/app.js'
import { ChannelGone } from '../../src/bot/ports/chat.js'
import { type RegradeAsk, regrade } from '../../src/bot/rounds/regrade.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { type Bank, createBank } from '../../src/content/bank.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { Question, Team } from '../../src/core/model.js'
import { isoWeek, localDate, season, seasonEnd } from '../../src/core/schedule.js'
import { maxPoints } from '../../src/core/scoring.js'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { leasesAge } from '../helpers/rounds.js'

const HOUR = 3_600_000
const CORRECTED = 'The key of a question was corrected'
const WITHDRAWN = 'This question was withdrawn: every answer counts as right.'

/** Posts this very question of the content, open for twelve hours. */
async function posts(bot: Bot, team: Team, id: string): Promise<void> {
  const question = bot.bank.question(id)
  if (!question) throw new Error(`no question ${id}`)
  const now = bot.deps.clock()
  const [date, seed] = [localDate(now, 'UTC'), 3]
  const items = instantiate(question, seed).items.map(({ key }) => ({
    key,
    maxPoints: maxPoints(question.difficulty),
  }))
  const key = season(date)
  await bot.store.planNow(team.id, () => ({
    nextPostAt: Date.parse('2100-01-01T08:00Z'),
    round: {
      ...{
        date,
        dueAt: now,
        closesAt: now + 12 * HOUR,
        season: key,
        seasonEndsAt: seasonEnd(key, 'UTC'),
        week: isoWeek(date),
      },
      questions: [{ question: id, version: question.version, seed, items }],
    },
  }))
  await bot.tick()
}

async function posted(id: string): Promise<{ bot: Bot; team: Team }> {
  const bot = await startBot()
  const team = await bot.team()
  await posts(bot, team, id)
  return { bot, team }
}

/** The content with one question changed, or taken out. */
function changed(bank: Bank, id: string, change: (question: Question) => Question | undefined): Bank {
  const made = (q: Question) => {
    const other = q.id === id ? change(q) : q
    return other ? [other === q ? q : { ...other, version: 'ffffffffffff' }] : []
  }
  return createBank({ ...bank, questions: bank.questions.flatMap(made) })
}

/** The choice with this text is right. */
function rightIs(text: string) {
  return (q: Question): Question => {
    if (q.kind !== 'choice') throw new Error('no choice question')
    return {
      ...q,
      misconception: 'New.',
      choices: q.choices.map((c) => ({ ...c, right: c.text === text, why: `Today: ${c.text}.` })),
    }
  }
}

/** As the command line does it, in a process of its own with the content of today. */
function regrades(bot: Bot, bank: Bank, ask: Partial<RegradeAsk> = {}) {
  const order = {
    question: 'apple-store',
    withdraw: false,
    why: 'A stove keeps them dry.',
    apply: true,
    ...ask,
  }
  return regrade(order, { questions: bank, store: bot.store, clock: bot.deps.clock })
}

const STOVE = 'Beside a warm stove'
const CELLAR = 'In a cool dark cellar'
const notices = (bot: Bot) =>
  bot.channel().filter((c) => c.title === CORRECTED || c.title === 'A question was withdrawn')
const told = (bot: Bot) => plainCard(bot.last())

describe('a corrected key', () => {
  it('holds at once in a bot that runs with older content: for answers, reasons and the reveal', async () => {
    const { bot } = await posted('apple-store')
    const question = bot.last()
    const [ann, ben] = [bot.person('ann'), bot.person('ben')]
    await ann.answers([CELLAR], question)
    expect(ann.card.title).toBe('Right')
    expect(await regrades(bot, changed(bot.bank, 'apple-store', rightIs(STOVE)))).toMatchObject({
      attempts: 1,
      taken: 7,
      open: 1,
    })
    await ben.answers([STOVE], question)
    expect(ben.card.title).toBe('Right')
    expect(ben.sees).toMatch(/✓ [A-D]: Beside a warm stove \(your pick\) Today: Beside a warm stove\./)
    await ann.answers([STOVE], question)
    expect(ann.sees).toContain('Your first answer counts: not right, +3 points.')
    expect(ann.sees).toMatch(/✗ [A-D]: In a cool dark cellar \(your pick\) Today: In a cool dark cellar\./)
    await bot.at('2026-11-02T20:00:00Z').tick()
    const reveal = bot.channel().find((c) => c.title?.startsWith('The answer of the day'))
    expect(reveal && plainCard(reveal)).toMatch(
      /Answer: [A-D]: Beside a warm stove\n\n2 members answered\..*Why: Today: .*misconception: New\./s,
    )
  })

  it('is told to the team once: the question, both keys, why, what moved, and the way to the reasons', async () => {
    const { bot } = await posted('apple-store')
    const question = bot.last()
    for (const user of ['ann', 'ben', 'cid', 'dan']) await bot.person(user).answers([CELLAR], question)
    await bot.person('eve').answers([STOVE], question)
    await bot.at('2026-11-02T20:00:00Z').tick()
    await regrades(bot, changed(bot.bank, 'apple-store', rightIs(STOVE)))
    await bot.at('2026-11-02T20:01:00Z').tick()
    expect(told(bot)).toMatch(/^The key of a question was corrected\n\nWhere does an apple keep longest\?/)
    expect(told(bot)).toMatch(
      /Right until now: [A-D]: In a cool dark cellar\n\nRight from now on: [A-D]: Beside a warm stove\n\nWhy: A stove keeps them dry\./,
    )
    expect(told(bot)).toContain('5 members have other points now, -21 in all.')
    expect(told(bot)).toContain('Streaks stay as they are')
    const fay = bot.person('fay')
    await fay.presses('Every option explained', bot.last())
    expect(fay.sees).toContain('Today: Beside a warm stove.')
    for (const hour of ['21', '22', '23']) await bot.at(`2026-11-02T${hour}:00:00Z`).tick()
    expect(notices(bot)).toHaveLength(1)
  })

  it('is not given away while the round is open', async () => {
    const { bot } = await posted('apple-store')
    const question = bot.last()
    await bot.person('ann').answers([CELLAR], question)
    await regrades(bot, changed(bot.bank, 'apple-store', rightIs(STOVE)), { why: 'The notes were wrong.' })
    await bot.tick()
    expect(told(bot)).toMatch(/^The key of a question was corrected/)
    expect(told(bot)).not.toMatch(/stove|cellar/)
    expect(told(bot)).toContain('Points that change are corrected.')
    const ben = bot.person('ben')
    await ben.presses('Every option explained', bot.last())
    expect(ben.sees).toContain('Answer first')
  })

  it('of one part of a case is told for that part alone', async () => {
    const { bot } = await posted('plum-case')
    const ann = bot.person('ann')
    await ann.presses('Answer 1', bot.last())
    await ann.answers(['Piled in a heap'])
    await bot.at('2026-11-02T20:00:00Z').tick()
    const bank = changed(bot.bank, 'plum-case', (q) => {
      if (q.kind !== 'case') throw new Error('no case')
      const [first, ...rest] = q.items
      if (first?.kind !== 'choice') throw new Error('no choice')
      return {
        ...q,
        items: [
          { ...first, choices: first.choices.map((c) => ({ ...c, right: c.text === 'Piled in a heap' })) },
          ...rest,
        ],
      }
    })
    expect(await regrades(bot, bank, { question: 'plum-case' })).toMatchObject({
      rounds: 1,
      attempts: 1,
      given: 7,
      reworded: [],
    })
    await bot.tick()
    expect(told(bot)).toMatch(
      /A keeper has forty kilos.*Right until now: [A-D]: Dried on racks\n\nRight from now on: [A-D]: Piled in a heap\n\nWhy/s,
    )
    expect(labelsOf(bot.last())).toEqual(['Every option explained'])
  })

  it('is refused with the reason, and nothing is done, where it cannot be told what was right then', async () => {
    const { bot } = await posted('apple-store')
    await bot.person('ann').answers([CELLAR])
    const other = changed(bot.bank, 'apple-store', (q) => {
      if (q.kind !== 'choice') throw new Error('no choice')
      return { ...q, choices: [{ text: 'In sand', right: true, why: 'w' }, ...q.choices.slice(1)] }
    })
    await expect(regrades(bot, other)).rejects.toThrow(
      /apple-store .* cannot take today's key: .*"In sand".*--void/,
    )
    await expect(
      regrades(
        bot,
        changed(bot.bank, 'apple-store', () => undefined),
      ),
    ).rejects.toThrow(/no longer in the content.*--void/)
    await expect(regrades(bot, bot.bank, { question: 'nope' })).rejects.toThrow('there is no question "nope"')
    await bot.tick()
    expect(notices(bot)).toEqual([])
  })

  it('says which versions asked in other words', async () => {
    const { bot } = await posted('apple-store')
    await bot.person('ann').answers([CELLAR])
    const bank = changed(
      bot.bank,
      'apple-store',
      (q) => ({ ...rightIs(STOVE)(q), stem: 'Where does an apple keep dry?' }) as Question,
    )
    const posting = bot.bank.question('apple-store')?.version
    expect(await regrades(bot, bank, { apply: false })).toMatchObject({
      versions: [posting],
      reworded: [posting],
    })
  })
})

describe('a question that was withdrawn', () => {
  it('gives everybody full points and says so wherever a key would stand', async () => {
    const { bot } = await posted('apple-store')
    const question = bot.last()
    const [ann, ben] = [bot.person('ann'), bot.person('ben')]
    await ann.answers([STOVE], question)
    expect(await regrades(bot, bot.bank, { withdraw: true })).toBeUndefined()
    const gone = changed(bot.bank, 'apple-store', () => undefined)
    expect(await regrades(bot, gone, { withdraw: true, why: 'Two were right.' })).toMatchObject({
      to: '*',
      given: 7,
      taken: 0,
      teams: 1,
    })
    await bot.tick()
    expect(told(bot)).toMatch(/^A question was withdrawn\n\n/)
    expect(told(bot)).toMatch(/Right until now: [A-D]: In a cool dark cellar/)
    expect(told(bot)).toContain(`Right from now on: ${WITHDRAWN}`)
    await ben.answers(['In a bowl of water'], question)
    expect(ben.sees).toMatch(/^Right\n\n\+10 points/)
    expect(ben.sees).toContain(WITHDRAWN)
    expect(ben.sees).not.toMatch(/[✓✗]/)
    await bot.at('2026-11-02T20:00:00Z').tick()
    const reveal = bot.channel().find((c) => c.title?.startsWith('The answer of the day'))
    expect(reveal && plainCard(reveal)).toContain(`Answer: ${WITHDRAWN}\n\n2 members answered.`)
    expect(reveal && plainCard(reveal)).not.toMatch(/\(right\)|Common misconception|Why: /)
    await ann.presses('Every option explained', reveal)
    expect(ann.sees).toContain(WITHDRAWN)
  })

  it.each([
    ['apple-two', ['A leaf rake', 'A wooden ladder']],
    ['pear-order', ['Freeze it on the tree', 'Keep it in a warm room', 'Pick it while it is firm']],
    ['pear-match', ['Pips', 'Pips', 'Pips', 'Pips', 'Pips', 'Pips', 'Pips']],
  ])('is still answered in the same way, by menu and form (%s)', async (id, texts) => {
    const { bot, team } = await posted(id)
    const question = bot.last()
    await bot.person('ann').answers(texts, question)
    await regrades(
      bot,
      changed(bot.bank, id, () => undefined),
      { question: id, withdraw: true },
    )
    const ben = bot.person('ben')
    await ben.answers(texts, question)
    expect(ben.sees).toMatch(/^Right\n/)
    expect(ben.sees).toContain(WITHDRAWN)
    await bot.at('2026-11-02T20:00:00Z').tick()
    const reveal = bot.channel().find((c) => c.title?.startsWith('The answer of the day'))
    expect(reveal && plainCard(reveal)).toContain(
      '2 members answered. How they chose is shown from 5 answers on.',
    )
    const { rows } = await bot.store.board({
      team: team.id,
      period: 'all',
      user: undefined,
      limit: 9,
      offset: 0,
    })
    expect(rows.map((r) => r.points)).toEqual([10, 10])
    expect(bot.errors).toEqual([])
  })
})

describe('the message to a team', () => {
  async function owed(): Promise<{ bot: Bot; team: Team }> {
    const { bot, team } = await posted('apple-store')
    await bot.person('ann').answers([CELLAR])
    await bot.at('2026-11-02T20:00:00Z').tick()
    await regrades(bot, changed(bot.bank, 'apple-store', rightIs(STOVE)))
    return { bot, team }
  }
  const tries = async () =>
    (await (await testDatabase()).pool.query("select tries from delivery where kind = 'notice'")).rows[0]
      ?.tries
  const open = async () =>
    (await (await testDatabase()).pool.query("select message from delivery where kind = 'notice'")).rows.map(
      (row) => row.message,
    )

  const dropped = async () =>
    (await (await testDatabase()).pool.query("select state from delivery where kind = 'notice'")).rows.map(
      (row) => row.state,
    )

  it('is not posted again when the answer of the platform is lost, or the bot falls before it writes that down', async () => {
    const { bot } = await owed()
    bot.chat.fail('post', 'lost')
    await bot.tick()
    expect([notices(bot).length, await open()]).toEqual([1, [null]])
    const { recordSent } = bot.store
    Object.assign(bot.store, { recordSent: () => new Promise(() => {}), putOff: () => new Promise(() => {}) })
    void bot.at('2026-11-02T20:00:11Z').tick()
    const two = createApp({ ...bot.deps, store: { ...bot.store, recordSent } })
    await vi.waitFor(async () => expect(await tries()).toBe(2))
    await two.tick()
    expect([notices(bot).length, await open()]).toEqual([1, [null]])
    await leasesAge(await testDatabase(), 61_000)
    await two.tick()
    expect([notices(bot).length, await open()]).toEqual([1, [bot.chat.posted.at(-1)?.id]])
  })

  it('comes later when the platform is down, and by one of two processes', async () => {
    const { bot } = await owed()
    const other = createApp(bot.deps)
    bot.chat.fail('post', 'down')
    await Promise.all([bot.tick(), other.tick()])
    expect(notices(bot)).toHaveLength(0)
    bot.at('2026-11-02T20:02:00Z')
    await Promise.all([bot.tick(), other.tick()])
    await Promise.all([bot.tick(), other.tick()])
    expect(notices(bot)).toHaveLength(1)
  })

  it('ends where the channel is gone', async () => {
    const { bot } = await owed()
    Object.assign(bot.chat, { post: () => Promise.reject(new ChannelGone('The channel is gone.')) })
    await bot.tick()
    expect([await dropped(), bot.errors]).toEqual([['dropped'], []])
  })
})
