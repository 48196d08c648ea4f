/** What people type behind a command, in whatever form and order; and the wish to know how. */
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../src/bot/commands/index.js'
import { findCommand, parseArgs } from '../../src/bot/ui/parse.js'
import { type Bot, startBot } from '../helpers/bot.js'

function read(line: string) {
  const found = findCommand(commands, line.slice(1))
  if (!found) throw new Error(`no command in ${line}`)
  return parseArgs(found.command, found.rest)
}

describe('/leaderboard', () => {
  it.each([
    ['', {}],
    ['all time', { span: 'all-time' }],
    ['ALL-TIME', { span: 'all-time' }],
    ['all‑time', { span: 'all-time' }],
    ['all_time', { span: 'all-time' }],
    ['alltime', { span: 'all-time' }],
    ['all', { span: 'all-time' }],
    ['overall teams', { span: 'all-time', whose: 'teams' }],
    ['this week', { span: 'week' }],
    ['weekly', { span: 'week' }],
    ['the weeks', { span: 'week' }],
    ['teams week', { span: 'week', whose: 'teams' }],
    ['week teams', { span: 'week', whose: 'teams' }],
    ['team all time', { span: 'all-time', whose: 'teams' }],
    ['all\u00a0time\u3000members', { span: 'all-time', whose: 'members' }],
    ['this month', { span: 'season' }],
    ["this season's members", { span: 'season', whose: 'members' }],
    ['“all time”, teams', { span: 'all-time', whose: 'teams' }],
    ['[week] [teams]', { span: 'week', whose: 'teams' }],
    ['span:week whose:teams', { span: 'week', whose: 'teams' }],
    ['--week', { span: 'week' }],
    ['Ｗｅｅｋ', { span: 'week' }],
    ['teams of this week, please', { span: 'week', whose: 'teams' }],
    ['week week', { span: 'week' }],
  ])('%s', (words, values) => {
    expect(read(`/leaderboard ${words}`)).toEqual(values)
  })

  it.each(['last week', 'week season', 'the moon', 'yesterday'])('%s is refused, not guessed', (words) => {
    expect(() => read(`/leaderboard ${words}`)).toThrow(/I do not understand/)
  })
})

describe('/quiz', () => {
  it.each([
    ['', {}],
    ['canary', { topic: 'canary' }],
    ['5', { count: 5 }],
    ['５', { count: 5 }],
    ['five', { count: 5 }],
    ['5 questions', { count: 5 }],
    ['5 canary', { count: 5, topic: 'canary' }],
    ['canary 5', { count: 5, topic: 'canary' }],
    ['canary, 5', { count: 5, topic: 'canary' }],
    ['canary x5', { count: 5, topic: 'canary' }],
    ['canary x 5', { count: 5, topic: 'canary' }],
    ['5x canary', { count: 5, topic: 'canary' }],
    ['five canary', { count: 5, topic: 'canary' }],
    ['canary five', { count: 5, topic: 'canary' }],
    ['Twelve questions on canary traffic', { count: 12, topic: 'canary traffic' }],
    ['canary traffic 5 questions', { count: 5, topic: 'canary traffic' }],
    ['canary\u00a05', { count: 5, topic: 'canary' }],
    ['“Phase 2”', { topic: '“Phase 2”' }],
    ['"Phase 2" 5', { count: 5, topic: '"Phase 2"' }],
    ['EC2', { topic: 'EC2' }],
    ['on-demand capacity', { topic: 'on-demand capacity' }],
  ])('%s', (words, values) => {
    expect(read(`/quiz ${words}`)).toEqual(values)
  })

  it.each(['canary 21', 'canary 0', '-1', '99 canary', 'zero'])('%s names what is out of range', (words) => {
    expect(() => read(`/quiz ${words}`)).toThrow(/whole number from 1 to 20/)
  })

  it('says what was understood', async () => {
    const ann = (await startBot()).person('ann')
    await ann.says('/quiz 2 aple')
    expect(ann.card.title).toBe('Practice: question 1 of 2')
    expect(ann.sees).toContain('Practice on Apple · ')
    for (const line of ['/quiz two questions on aple', '/quiz apple x2', '/quiz “apple” two']) {
      await ann.says(line)
      expect([ann.card.title, ann.sees]).toEqual([
        'Practice: question 1 of 2',
        expect.stringContaining('Practice on Apple · '),
      ])
    }
    await ann.says('/quiz')
    expect(ann.sees).not.toContain('Practice on')
  })
})

describe('help', () => {
  let bot: Bot
  beforeAll(async () => {
    bot = await startBot()
  })

  it.each([
    ['/quiz help', '/quiz [topic] [count]', 'count: How many questions, 1 to 20'],
    ['/quiz HELP', '/quiz [topic] [count]', 'Practise by yourself'],
    ['/quiz --help', '/quiz [topic] [count]', 'Practise by yourself'],
    ['/quiz ?', '/quiz [topic] [count]', 'Practise by yourself'],
    ['/help quiz', '/quiz [topic] [count]', 'Practise by yourself'],
    ['/help /quiz', '/quiz [topic] [count]', 'Practise by yourself'],
    ['/explain help', '/explain <anything>', 'Look something up'],
    [
      '/leaderboard help',
      '/leaderboard [week | season | all-time] [members | teams]',
      'week, season, all-time',
    ],
    ['/stats -h', '/stats', 'Your own totals'],
    ['/study help', '/study', '/study forget-me: Delete what is stored about you'],
    ['/team help', '/team', '/team setup: Set this team up'],
    ['/study export help', '/study export', 'Get what is stored about you'],
    ['/help help', 'What Cohort can do', '/quiz'],
    ['/help', 'What Cohort can do', '/quiz'],
  ])('%s is answered', async (line, title, words) => {
    const ann = bot.person('ann')
    await ann.says(line)
    expect([ann.card.title, ann.sees]).toEqual([title, expect.stringContaining(words)])
  })

  it('is an answer to each command, for everybody', async () => {
    const ann = bot.person('ann')
    for (const { name } of commands) {
      await ann.says(`/${name} help`)
      expect(ann.sees).not.toMatch(/did not work|Not covered|admins of/)
    }
  })

  it('is not what a question about it is', async () => {
    const ann = bot.person('ann')
    await ann.says('/explain')
    expect(ann.sees).toContain('Something is missing after /explain. Type /explain <anything>.')
    await ann.says('/explain help with the apple')
    expect(ann.card.title).toBe('Apple')
  })

  it('comes second where a topic is called so, and is asked for by /help then', async () => {
    const content = mkdtempSync(path.join(tmpdir(), 'help-'))
    cpSync('tests/fixtures/content', content, { recursive: true })
    writeFileSync(
      path.join(content, 'orchard/01-fruit/help.md'),
      `---\ntitle: Help\nsummary: Hands for the harvest.\nsources: { notes: [1], aws: ['The orchard book'], checked: 2026-11-01 }\n---\n- Help is paid by the basket.\n`,
    )
    const ann = (await startBot({ content })).person('ann')
    await ann.says('/explain help')
    expect(ann.card.title).toBe('Help')
    await ann.says('/help explain')
    expect(ann.card.title).toBe('/explain <anything>')
    await ann.says('/leaderboard help')
    expect(ann.card.title).toMatch(/^\/leaderboard/)
  })
})
