/** One person on several platforms: `/study link`, a yes on both sides, `/study unlink`, and what becomes of the data. */
import { beforeEach, describe, expect, it } from 'vitest'
import { isCode } from '../../src/bot/member/link-code.js'
import type { Card } from '../../src/bot/ui/card.js'
import { DAY_MS } from '../../src/core/memory.js'
import { type Bot, buttonsOf, labelsOf, type Person, startBot } from '../helpers/bot.js'
import { type TestChat, testChat } from '../helpers/chat.js'
import { testDatabase } from '../helpers/database.js'
import { exported } from '../helpers/exported.js'
import { answersMany } from '../helpers/learned.js'

const SLACK = { platform: 'slack', workspace: 's1' }
const DISCORD = { platform: 'discord', workspace: 'd1' }
const ANN = { ...SLACK, user: 'U1', name: 'Ann' }
const ANNA = { ...DISCORD, user: '77', name: 'Anna' }

let bot: Bot
/** Ann on Slack, and on Discord. */
let ann: Person
let anna: Person
let slack: TestChat
let discord: TestChat

beforeEach(async () => {
  bot = await startBot({ content: 'content', now: '2026-11-02T09:00:00Z' })
  slack = testChat('slack')
  discord = testChat('discord')
  for (const chat of [slack, discord]) (bot.deps.chats as Map<string, TestChat>).set(chat.platform, chat)
  await bot.store.openWorkspaces('slack', ['s1'])
  await bot.store.openWorkspaces('discord', ['d1'])
  ann = bot.person(ANN.user, ANN)
  anna = bot.person(ANNA.user, ANNA)
})

const codeIn = (card: Card) => {
  const block = card.blocks.find((one) => one.kind === 'code')
  return (block?.kind === 'code' && /link (\S+)/.exec(block.text)?.[1]) || ''
}

async function codeOf(person: Person): Promise<string> {
  const code = codeIn(await person.says('/study link'))
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/)
  return code
}

/** What was told to this user last, in private, by the bot itself. */
async function told(chat: TestChat, user: string): Promise<Card> {
  await bot.tick()
  const card = chat.told.filter((one) => one.user === user).at(-1)?.card
  if (!card) throw new Error(`nothing was told to ${user}`)
  return card
}

/** Both say yes. */
async function linked(): Promise<void> {
  await anna.says(`/study link ${await codeOf(ann)}`)
  await anna.presses('Link')
  await ann.presses('Link', await told(slack, ANN.user))
  expect(ann.card.title).toBe('Linked')
}

const learner = (who: { platform: string; workspace: string; user: string }) =>
  bot.store.learner(who, (id) => {
    const question = bot.deps.questions.question(id)
    return question && { pack: question.pack, concept: question.concept }
  })

/** Answers by question, over all concepts. */
async function seen(who: typeof ANN): Promise<Record<string, number>> {
  const all = (await learner(who))?.concepts.flatMap((one) => Object.entries(one.seen)) ?? []
  return Object.fromEntries(all.map(([question, { times }]) => [question, times]))
}

const count = async (sql: string) => Number((await (await testDatabase()).pool.query(sql)).rows[0].n)

describe('/study link', () => {
  it('joins two accounts once both sides have said yes, and each side is told who the other is', async () => {
    const code = await codeOf(ann)
    expect(ann.sees).toContain('What is joined: One plan, one memory and one readiness')
    await anna.says(`/study link ${code.toLowerCase().replace('-', ' ')}`)
    expect(anna.sees).toContain('The code is of Ann on Slack.')
    await anna.presses('Link')
    expect(anna.sees).toContain('Nothing is linked before')
    expect(await bot.store.accounts(ANN)).toHaveLength(1)
    const question = await told(slack, ANN.user)
    await ann.presses('Link', question)
    expect(ann.sees).toMatch(/• Ann on Slack\n• Anna on Discord/)
    expect(JSON.stringify(await told(discord, ANNA.user))).toContain('The other side has said yes, too')
    expect((await bot.store.accounts(ANNA)).map(({ name }) => name)).toEqual(['Anna', 'Ann'])
    await ann.presses('Link', question)
    expect(ann.sees).toContain('This is over')
  })

  it('asks whose code it was by /study link too, where no message comes', async () => {
    slack.fail('tell', 'refused')
    await anna.says(`/study link ${await codeOf(ann)}`)
    await ann.says('/study link')
    expect(ann.sees).toContain('Anna on Discord typed your code, and has not said yes yet.')
    await anna.presses('Link')
    await bot.tick()
    expect(slack.told).toEqual([])
    await ann.says('/study link')
    expect(ann.sees).toContain('Anna on Discord typed your code and said yes.')
    await ann.presses('Link')
    expect(ann.card.title).toBe('Linked')
  })

  it.each(['Ann', 'Anna'])('links nothing when %s says no', async (who) => {
    await anna.says(`/study link ${await codeOf(ann)}`)
    if (who === 'Anna') await anna.presses('No')
    else {
      await anna.presses('Link')
      await ann.presses('No', await told(slack, ANN.user))
    }
    expect((who === 'Anna' ? anna : ann).card.title).toBe('Not linked')
    expect(await count('select count(*) as n from member where person_id is not null')).toBe(0)
    await ann.says('/study link')
    expect(ann.card.title).toBe('Link your accounts')
  })

  it('takes a code once, for ten minutes, and only the latest', async () => {
    const [earlier, code] = [await codeOf(ann), await codeOf(ann)]
    const wrong = /There is no such code, or it no longer works/
    await anna.says(`/study link ${earlier}`)
    expect(anna.sees).toMatch(wrong)
    const eve = bot.person('99', { ...DISCORD, name: 'Eve' })
    await anna.says(`/study link ${code}`)
    expect(anna.card.title).toBe('Is this you?')
    await eve.says(`/study link ${code}`)
    expect(eve.sees).toMatch(wrong)
    await anna.presses('No')
    const late = await codeOf(ann)
    bot.at('2026-11-02T09:10:00Z')
    await anna.says(`/study link ${late}`)
    expect(anna.sees).toMatch(wrong)
  })

  it('ends ten minutes after the code was typed, on both sides', async () => {
    await anna.says(`/study link ${await codeOf(ann)}`)
    await anna.presses('Link')
    const question = await told(slack, ANN.user)
    bot.at('2026-11-02T09:10:00Z')
    await ann.presses('Link', question)
    expect(ann.sees).toContain('This is over')
    expect(await bot.store.accounts(ANN)).toHaveLength(1)
  })

  it('takes five wrong codes an hour of a member, whatever else is typed between, and says no more than that', async () => {
    const [code, own] = [await codeOf(ann), await codeOf(anna)]
    for (const left of [4, 3]) {
      await anna.says('/study link 2222-3333')
      expect(anna.sees).toContain(`${left} more tries`)
    }
    await anna.says(`/study link ${own}`)
    expect(anna.sees).toContain('the code of this very account')
    for (const words of ['2 more tries', '1 more try', 'in an hour']) {
      await anna.says('/study link nonsense')
      expect(anna.sees).toContain(words)
    }
    await anna.says(`/study link ${code}`)
    expect(anna.sees).toContain('Too many codes were wrong. The next can be typed in 60 minutes.')
    await bot.person('99', { ...DISCORD, name: 'Eve' }).says(`/study link 2222-3333`)
    bot.at('2026-11-02T10:00:01Z')
    await anna.says(`/study link ${await codeOf(ann)}`)
    expect(anna.card.title).toBe('Is this you?')
  })

  it('keeps no code, only a salted hash of it', async () => {
    const code = (await codeOf(ann)).replace('-', '')
    const { rows } = await (await testDatabase()).pool.query(
      'select l::text as row, salt, hash from linking l',
    )
    expect(rows[0].row).not.toContain(code)
    expect(isCode(code, rows[0])).toBe(true)
    expect(isCode('22223333', rows[0])).toBe(false)
    expect(bot.log.map((line) => JSON.stringify(line)).join()).not.toContain(code)
  })

  it('counts for nobody else: not its buttons, and not its question', async () => {
    await anna.says(`/study link ${await codeOf(ann)}`)
    const asked = anna.card
    const eve = bot.person('99', { ...DISCORD, name: 'Eve' })
    await eve.presses('Link', asked)
    expect(eve.sees).toContain('This is over')
    await anna.presses('Link')
    const question = await told(slack, ANN.user)
    for (const stranger of [eve, anna, bot.person('U1', { ...SLACK, workspace: 's2', name: 'Other' })]) {
      await stranger.presses('Link', question)
      expect(stranger.sees).toContain('This is over')
    }
    expect(await bot.store.accounts(ANN)).toHaveLength(1)
  })

  it('finds the account in a direct message of no workspace, once the platform has said that they are there', async () => {
    await ann.says(`/study link ${await codeOf(anna)}`)
    await ann.presses('Link')
    const question = await told(discord, ANNA.user)
    discord.gone.add(ANNA.user)
    const direct = bot.person(ANNA.user, { ...ANNA, workspace: '@direct', channel: '' })
    await direct.presses('Link', question)
    expect(direct.sees).toContain('This is over')
    discord.gone.clear()
    await direct.presses('Link', question)
    expect(direct.card.title).toBe('Linked')
  })

  it('says so when they are one person already', async () => {
    await linked()
    await anna.says(`/study link ${await codeOf(ann)}`)
    expect(anna.card.title).toBe('Linked already')
    await ann.says('/study link')
    expect(ann.sees).toContain('Linked with this account already:')
    expect(labelsOf(ann.card)).toContain('Unlink this account')
  })

  it('joins two accounts of one workspace, and a third of whoever is linked with either', async () => {
    const work = bot.person('U2', { ...SLACK, name: 'Ann at work' })
    await linked()
    await work.says(`/study link ${await codeOf(anna)}`)
    expect(work.sees).toContain('Linked with it, and joined too:\n\n• Ann on Slack')
    await work.presses('Link')
    await anna.presses('Link', await told(discord, ANNA.user))
    expect((await bot.store.accounts(ANN)).map(({ name }) => name)).toEqual(['Ann', 'Anna', 'Ann at work'])
    expect(await count('select count(*) as n from person')).toBe(1)
  })
})

describe('linked accounts', () => {
  it('have one memory, of the answers of both, each counted once', async () => {
    await answersMany(bot, ANN, 30)
    await answersMany(bot, ANNA, 40, 3 * DAY_MS)
    await ann.says('/study status')
    expect(ann.sees).toContain('Not enough answers yet')
    await linked()
    const all = await seen(ANN)
    expect(Object.keys(all)).toHaveLength(40)
    expect(Object.values(all).filter((times) => times === 2)).toHaveLength(30)
    expect(await seen(ANNA)).toEqual(all)
    const ranges = []
    for (const person of [ann, anna]) {
      await person.says('/stats')
      ranges.push(/Expect [\d-]+ %/.exec(person.sees)?.[0])
    }
    expect(ranges[0]).toBeDefined()
    expect(ranges[0]).toBe(ranges[1])
    expect(await count('select count(*) as n from attempt')).toBe(70)
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
    await linked()
    expect(ann.sees).toContain(`The plan is to ${kept}, with 20 answers a day.`)
    if (said) expect(ann.sees).toContain(said)
    else expect(ann.sees).not.toContain('the earlier one stays')
    for (const who of [ANN, ANNA]) expect(await learner(who)).toMatchObject({ exam: { on: kept }, goal: 20 })
    await anna.says('/study exam 2027-04-01')
    expect((await learner(ANN))?.exam?.on).toBe('2027-04-01')
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
    await linked()
    expect(await boards()).toEqual(before)
    expect((await bot.store.streak(ANN, teams[0]?.id ?? 0, '2026-11-03'))?.days).toBe(1)
  })

  it('are not asked in practice what stands in an open round of either', async () => {
    await bot.team({ ...DISCORD })
    bot.at('2026-11-03T08:00:30Z')
    await bot.tick()
    await answersMany(bot, ANN, 1)
    const { rows } = await (await testDatabase()).pool.query('select question from round_item')
    const items = async (who: typeof ANN) => (await bot.store.openItems(who)).map(({ question }) => question)
    expect(await items(ANN)).toEqual([])
    await linked()
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
    const [own, other] = [await seen(ANN), await seen(ANNA)]
    await ann.says('/study exam 2027-02-01')
    await linked()
    await learner(ANN)
    await anna.says('/study unlink')
    expect(anna.sees).toContain('• Ann on Slack')
    await anna.presses('Keep')
    expect(await bot.store.accounts(ANN)).toHaveLength(2)
    await anna.says('/study unlink')
    await anna.presses('Unlink')
    expect(anna.card.title).toBe('Unlinked')
    expect([await seen(ANN), await seen(ANNA)]).toEqual([own, other])
    for (const who of [ANN, ANNA]) expect((await learner(who))?.exam?.on).toBe('2027-02-01')
    await anna.says('/study unlink')
    expect(anna.sees).toContain('This account is not linked with another.')
    await linked()
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
    const asked = await told(slack, ANN.user)
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

  it('say in the export which they are, and hold the answers of the one that asks', async () => {
    await answersMany(bot, ANN, 3)
    await answersMany(bot, ANNA, 5)
    await linked()
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
  await linked()
  expect(await sweep()).toBe(0)
  await anna.says('/study unlink')
  await anna.presses('Unlink')
  await anna.says('/study exam in 2 years')
  expect(await sweep()).toBe(0)
  await anna.says('/study exam clear')
  expect(await sweep()).toBe(1)
  expect(await bot.store.member(ANN)).toBeDefined()
})

describe('/study forget-me', () => {
  beforeEach(async () => {
    await answersMany(bot, ANN, 3)
    await answersMany(bot, ANNA, 5)
    await linked()
    await learner(ANN)
  })

  it('asks which, and takes this account only: the others remember their own answers', async () => {
    await ann.says('/study forget-me')
    expect(ann.sees).toContain('This account is linked with:')
    expect(ann.sees).toContain('• Anna on Discord')
    expect(labelsOf(ann.card)).toEqual(['Delete this account only', 'Delete all 2', 'Keep it'])
    await ann.presses('Delete this account only')
    expect(await bot.store.member(ANN)).toBeUndefined()
    expect(Object.keys(await seen(ANNA))).toHaveLength(5)
    expect((await bot.store.accounts(ANNA)).map(({ name }) => name)).toEqual(['Anna'])
  })

  it('takes all of them, wherever they are, and the person with them', async () => {
    await anna.says('/study forget-me')
    await anna.presses('Delete all 2')
    expect(anna.sees).toContain('on 2 accounts')
    for (const table of ['member', 'person', 'memory', 'attempt', 'linking', 'delivery'])
      expect(await count(`select count(*) as n from ${table}`), table).toBe(0)
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
    expect(Object.keys(await seen(ANNA))).toHaveLength(5)
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
      slack.told.filter(({ card }) => buttonsOf(card).some(({ label }) => label === 'Link')),
    ).toHaveLength(1)
    expect(own?.name).toBe('Ann')
  })
})

it('every table that is of a person is moved by a link', async () => {
  const { rows } = await (await testDatabase()).pool.query(
    "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'person_id' order by 1",
  )
  // The memory is made again; `join` in src/store/linking.ts moves the others.
  expect(rows.map(({ name }) => name)).toEqual(['member', 'memory', 'mock_exam'])
})
