// @module-tag slow
/**
 * What accounts of one person share, and what becomes of them: `/study unlink`, an export, `/study
 * forget-me`.
 */

import { beforeEach, describe, expect, it } from 'vitest'
import { learnerOf } from '../../src/bot/member/plan.js'
import { DAY_MS } from '../../src/core/time.js'

import { type Bot, buttonsOf, labelsOf, type Person } from '../helpers/bot.js'
import { countOf, testDatabase } from '../helpers/database.js'
import { exported } from '../helpers/exported.js'
import { answersMany } from '../helpers/learned.js'
import { ANN, ANNA, codeOf, DISCORD, type Sides, SLACK, seenBy, twoSides } from '../helpers/two-sides.js'

let sides: Sides
let bot: Bot
let ann: Person
let anna: Person

beforeEach(async () => {
  sides = await twoSides()
  ;({ bot, ann, anna } = sides)
})

describe('linked accounts', () => {
  it('have one memory, of the answers of both, each counted once', async () => {
    await answersMany(bot, ANN, 30)
    await answersMany(bot, ANNA, 40, 3 * DAY_MS)
    await ann.says('/study status')
    expect(ann.sees).toContain('Not enough answers yet')
    await sides.link()
    const all = await seenBy(bot, ANN)
    expect(Object.keys(all)).toHaveLength(40)
    expect(Object.values(all).filter((times) => times === 2)).toHaveLength(30)
    expect(await seenBy(bot, ANNA)).toEqual(all)
    const ranges = []
    for (const person of [ann, anna]) {
      await person.says('/stats')
      ranges.push(/Expect [\d-]+ %/.exec(person.sees)?.[0])
    }
    expect(ranges[0]).toBeDefined()
    expect(ranges[0]).toBe(ranges[1])
    expect(await countOf('select count(*) as n from attempt')).toBe(70)
  })

  it.each([
    ['the one that there is', undefined, '2027-02-01', '2027-02-01', undefined],
    ['the one that there is', '2027-02-01', undefined, '2027-02-01', undefined],
    ['the earlier day', '2027-03-01', '2027-02-01', '2027-02-01', 'the earlier one stays, not 2027-03-01'],
    ['the earlier day', '2027-01-01', '2027-02-01', '2027-01-01', 'the earlier one stays, not 2027-02-01'],
    ['the same day', '2027-01-01', '2027-01-01', '2027-01-01', undefined],
  ])('keep %s of the exam', async (_what, first, second, kept, said) => {
    if (first) await ann.says(`/study exam ${first}`)
    if (second) await anna.says(`/study exam ${second}`)
    await bot.store.saveGoal(ANNA, 20)
    await sides.link()
    expect(ann.sees).toContain(`The plan is to ${kept}, with 20 answers a day.`)
    if (said) expect(ann.sees).toContain(said)
    else expect(ann.sees).not.toContain('the earlier one stays')
    for (const who of [ANN, ANNA])
      expect(await learnerOf(who, bot.deps)).toMatchObject({ exam: { on: kept }, goal: 20 })
    await anna.says('/study exam 2027-04-01')
    expect((await learnerOf(ANN, bot.deps))?.exam?.on).toBe('2027-04-01')
  })

  it('keep boards and streaks with each team', async () => {
    const teams = [await bot.team({ ...SLACK }), await bot.team({ ...DISCORD })]
    bot.at('2026-11-03T08:00:30Z')
    await bot.tick()
    for (const [i, who] of [ANN, ANNA].entries()) {
      const [round] = await bot.store.openRounds(teams[i]?.id ?? 0)
      const given = { ...who, round: round?.id ?? 0, slot: 0, answer: 'A', channel: undefined }
      await bot.store.answer({ ...given, now: bot.deps.clock() })
    }
    const boards = async () => {
      const of = (team: number) =>
        bot.store.board({ team, period: 'all', user: undefined, limit: 9, offset: 0, everybody: true })
      return Promise.all(teams.map(({ id }) => of(id)))
    }
    bot.at('2026-11-03T21:00:00Z')
    await bot.tick()
    const before = await boards()
    expect(before.map(({ total }) => total)).toEqual([1, 1])
    await sides.link()
    expect(await boards()).toEqual(before)
    expect((await bot.store.streak(ANN, teams[0]?.id ?? 0, '2026-11-03'))?.days).toBe(1)
  })

  it('are reminded of nothing while one of them is answered on', async () => {
    await answersMany(bot, ANN, 1, 2 * DAY_MS)
    await answersMany(bot, ANNA, 1, 3_600_000)
    await bot.store.remind(ANN, bot.deps.clock() - 3 * DAY_MS)
    const now = bot.deps.clock()
    const last = async () => {
      const { id = 0 } = (await bot.store.member(ANN)) ?? {}
      return (await bot.store.remindersOf(id, now))?.state.active
    }
    expect(await last()).toBe(now - 2 * DAY_MS)
    await sides.link()
    expect(await last()).toBe(now - 3_600_000)
  })

  it('are not asked in practice what stands in an open round of either', async () => {
    await bot.team({ ...DISCORD })
    bot.at('2026-11-03T08:00:30Z')
    await bot.tick()
    await answersMany(bot, ANN, 1)
    const { rows } = await (await testDatabase()).pool.query('select question from round_item')
    const items = async (who: typeof ANN) => (await bot.store.openItems(who)).map(({ question }) => question)
    expect(await items(ANN)).toEqual([])
    await sides.link()
    expect(await items(ANN)).toEqual([])
    const [round] = await bot.store.openRounds(
      (await bot.store.teamIn({ ...DISCORD, channel: 'study' }))?.id ?? 0,
    )
    await bot.store.leaveTeam(ANNA, round?.team.id ?? 0)
    expect(await items(ANNA)).toEqual([rows[0].question])
    await (await testDatabase()).pool.query(
      "insert into membership (team_id, member_id) select $1, id from member where user_id = '77'",
      [round?.team.id],
    )
    expect(await items(ANN)).toEqual([rows[0].question])
    await bot.store.answer({
      ...{ ...ANNA, round: round?.id ?? 0, slot: 0, answer: 'A', channel: undefined },
      now: bot.deps.clock(),
    })
    expect(await items(ANN)).toEqual([])
  })

  it('come apart by /study unlink, each with its own answers; the day of the exam stays with both', async () => {
    await answersMany(bot, ANN, 3)
    await answersMany(bot, ANNA, 5)
    const [own, other] = [await seenBy(bot, ANN), await seenBy(bot, ANNA)]
    await ann.says('/study exam 2027-02-01')
    await sides.link()
    await learnerOf(ANN, bot.deps)
    await anna.says('/study unlink')
    expect(anna.sees).toContain('• Ann on Slack')
    await anna.presses('Keep')
    expect(await bot.store.accounts(ANN)).toHaveLength(2)
    await anna.says('/study unlink')
    await anna.presses('Unlink')
    expect(anna.card.title).toBe('Unlinked')
    expect([await seenBy(bot, ANN), await seenBy(bot, ANNA)]).toEqual([own, other])
    for (const who of [ANN, ANNA]) expect((await learnerOf(who, bot.deps))?.exam?.on).toBe('2027-02-01')
    await anna.says('/study unlink')
    expect(anna.sees).toContain('This account is not linked with another.')
    await sides.link()
    expect(await bot.store.accounts(ANN)).toHaveLength(2)
  })

  it('have one mock exam at a time, which goes with who pressed in it', async () => {
    const [question] = bot.bank.questions
    const item = { question: question?.id ?? '', version: 'v', seed: 1, item: 0, key: 'A', domain: 1 }
    const start = (who: typeof ANN) =>
      bot.store.startExam(who, {
        ...{ pack: bot.bank.pack.id, exam: 'e', length: 'short', minutes: 40 },
        ...{ startedAt: bot.deps.clock(), items: [item] },
      })
    const ids = []
    for (const who of [ANN, ANNA]) {
      const begun = await start(who)
      ids.push(typeof begun === 'object' ? begun.id : 0)
    }
    const [first = 0, second = 0] = ids
    await anna.says(`/study link ${await codeOf(ann)}`)
    await anna.presses('Link')
    const asked = await sides.told(sides.slack, ANN.user)
    await ann.presses('Link', asked)
    expect(ann.sees).toContain('Both accounts have a mock exam that runs')
    expect(await bot.store.accounts(ANN)).toHaveLength(1)
    await bot.store.handInExam(ANNA, second, bot.deps.clock())
    await ann.presses('Link', asked)
    expect(ann.card.title).toBe('Linked')
    for (const who of [ANN, ANNA])
      expect([(await bot.store.exam(who))?.id, (await bot.store.exam(who, second))?.id]).toEqual([
        first,
        second,
      ])
    expect(await start(ANNA)).toBe('running')
    await bot.store.unlink(ANNA)
    expect((await bot.store.exam(ANNA))?.id).toBe(second)
    expect(await bot.store.exam(ANNA, first)).toBeUndefined()
    expect((await bot.store.exam(ANN))?.id).toBe(first)
    expect(await bot.store.exam(ANN, second)).toBeUndefined()
  })

  it('have one ability in rating items, by how many answers each was of, which stays with both', async () => {
    const { pool } = await testDatabase()
    const ability = async (who: typeof ANN) =>
      (
        await pool.query(
          'select y.pack, y.theta, y.n from ability y join member m on m.person_id = y.person_id where m.user_id = $1 order by 1',
          [who.user],
        )
      ).rows
    for (const [who, theta, n, pack] of [
      [ANN, 1, 30, 'p'],
      [ANNA, -1, 10, 'p'],
      [ANNA, 2, 5, 'q'],
    ] as const) {
      await answersMany(bot, who, 1)
      await learnerOf(who, bot.deps)
      await pool.query(
        'insert into ability (person_id, pack, theta, n) select person_id, $2, $3, $4 from member where user_id = $1',
        [who.user, pack, theta, n],
      )
    }
    await sides.link()
    const both = [
      { pack: 'p', theta: 0.5, n: 40 },
      { pack: 'q', theta: 2, n: 5 },
    ]
    expect(await ability(ANN)).toEqual(both)
    await bot.store.unlink(ANNA)
    for (const who of [ANN, ANNA]) expect(await ability(who)).toEqual(both)
  })

  it('say in the export which they are, and hold the answers of the one that asks', async () => {
    await answersMany(bot, ANN, 3)
    await answersMany(bot, ANNA, 5)
    await sides.link()
    const data = await exported(bot.store, ANN)
    expect(data).toMatchObject({
      learning: { members: 2, linkedAccounts: [{ platform: 'discord', user: '77', name: 'Anna' }] },
    })
    expect(data?.attempts).toHaveLength(3)
    expect(JSON.stringify(await exported(bot.store, ANN))).not.toMatch(/"(salt|hash)"/)
  })
})

it('an account without answers stays while it is linked with one that has some, or its exam is to come', async () => {
  const sweep = async () => (await bot.store.deleteLeft(0, 100))?.members
  await answersMany(bot, ANN, 1)
  await sides.link()
  expect(await sweep()).toBe(0)
  await anna.says('/study unlink')
  await anna.presses('Unlink')
  await anna.says('/study exam in 2 years')
  expect(await sweep()).toBe(0)
  await anna.says('/study exam clear')
  expect(await sweep()).toBe(1)
  expect(await bot.store.member(ANN)).toBeDefined()
})

it('nothing is kept of a code or of a wrong try once both are old', async () => {
  await codeOf(ann)
  await anna.says('/study link 2222-3333')
  const left = () => countOf('select count(*) as n from linking')
  bot.at('2026-11-02T09:59:00Z')
  await bot.store.deleteOld(bot.deps.clock(), 100)
  expect(await left()).toBe(1)
  await bot.store.deleteOld(bot.deps.clock() + 120_000, 100)
  expect(await left()).toBe(0)
})

describe('/study forget-me', () => {
  beforeEach(async () => {
    await answersMany(bot, ANN, 3)
    await answersMany(bot, ANNA, 5)
    await sides.link()
    await learnerOf(ANN, bot.deps)
  })

  it('asks which, and takes this account only: the others remember their own answers', async () => {
    await ann.says('/study forget-me')
    expect(ann.sees).toContain('This account is linked with:')
    expect(ann.sees).toContain('• Anna on Discord')
    expect(labelsOf(ann.card)).toEqual(['Delete this account only', 'Delete all 2', 'Keep it'])
    await ann.presses('Delete this account only')
    expect(await bot.store.member(ANN)).toBeUndefined()
    expect(Object.keys(await seenBy(bot, ANNA))).toHaveLength(5)
    expect((await bot.store.accounts(ANNA)).map(({ name }) => name)).toEqual(['Anna'])
  })

  it('takes all of them, wherever they are, and the person with them', async () => {
    await anna.says('/study forget-me')
    await anna.presses('Delete all 2')
    expect(anna.sees).toContain('on 2 accounts')
    for (const table of ['member', 'person', 'memory', 'attempt', 'linking', 'delivery'])
      expect(await countOf(`select count(*) as n from ${table}`), table).toBe(0)
  })

  it('says so when there was nothing left to delete', async () => {
    await anna.says('/study forget-me')
    const { card } = anna
    await anna.presses('Delete all 2', card)
    await anna.presses('Delete all 2', card)
    expect(anna.card.title).toBe('Nothing was stored')
  })

  it('asks nothing where nothing is linked', async () => {
    await ann.says('/study unlink')
    await ann.presses('Unlink')
    await ann.says('/study forget-me')
    expect(labelsOf(ann.card)).toEqual(['Delete it all', 'Keep it'])
  })

  it('is as the purge of a workspace: what the rest remember is made again', async () => {
    await bot.store.removeWorkspace(SLACK, 0)
    await bot.store.purgeWorkspace(SLACK)
    expect(Object.keys(await seenBy(bot, ANNA))).toHaveLength(5)
    expect(await bot.store.accounts(ANNA)).toHaveLength(1)
  })

  it('in the midst of a link ends it', async () => {
    const eve = bot.person('99', { ...DISCORD, name: 'Eve' })
    await eve.says(`/study link ${await codeOf(ann)}`)
    await eve.presses('Link')
    await eve.says('/study forget-me')
    await eve.presses('Delete it all')
    const [own] = await bot.store.accounts(ANN)
    expect(await bot.store.linking(ANN, bot.deps.clock())).toBeUndefined()
    await bot.tick()
    expect(
      sides.slack.told.filter(({ card }) => buttonsOf(card).some(({ label }) => label === 'Link')),
    ).toHaveLength(1)
    expect(own?.name).toBe('Ann')
  })
})

it('every table that is of a person is moved by a link', async () => {
  const { rows } = await (await testDatabase()).pool.query(
    "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'person_id' order by 1",
  )
  // The memory is made again; `join` in src/store/linking.ts moves the others.
  expect(rows.map(({ name }) => name)).toEqual(['ability', 'member', 'memory', 'mock_exam'])
})
