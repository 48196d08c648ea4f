/** An answer file with every kind, given as a person gives it, against what was counted by hand. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { plain } from '../../../src/core/text.js'
import { type Bot, labelsOf, type Person, startBot } from '../../helpers/bot.js'
import { testDatabase } from '../../helpers/database.js'
import { examPack } from '../../helpers/exam-pack.js'

interface Given {
  readonly asks: string
  readonly choose?: readonly string[]
  readonly match?: Readonly<Record<string, string>>
  readonly requests?: string
}

const file = parse(readFileSync('tests/fixtures/exam-answers.yaml', 'utf8')) as readonly Given[]

async function answersAll(ann: Person, bot: Bot): Promise<void> {
  const seen = new Set<string>()
  for (;;) {
    const given = file.find(({ asks }) => ann.sees.includes(asks))
    if (!given) throw new Error(`no answer for ${ann.sees}`)
    seen.add(given.asks)
    await ann.answers(textsOf(given, ann))
    expect(ann.sees).toContain('Your answer: ')
    expect(ann.sees).not.toMatch(/because|ripens|right/i)
    if (!labelsOf(ann.card).includes('Next')) break
    bot.at(new Date(bot.deps.clock() + 30_000).toISOString())
    await ann.presses('Next')
  }
  expect(seen.size).toBe(file.length)
}

function textsOf({ choose, match }: Given, { card, sees }: Person): readonly string[] {
  if (choose) return choose
  if (match) {
    const prompts = card.blocks.flatMap((b) => (b.kind === 'list' && b.style === 'numbers' ? b.items : []))
    return prompts.map((prompt) => match[plain(prompt)] ?? '')
  }
  const [, rate, percent, minutes] =
    /steady (\d+) requests.* canary: (\d+) % .* lasts (\d+) minutes/.exec(sees)?.map(Number) ?? []
  const requests = ((rate ?? 0) * (minutes ?? 0) * 60 * (percent ?? 0)) / 100
  return [`${requests.toLocaleString('en')} requests`]
}

it('is marked all or nothing, and its answers feed what the person remembers once', async () => {
  const bot = await startBot({ content: examPack() })
  const ann = bot.person('ann')
  await ann.says('/exam')
  expect(labelsOf(ann.card)).toEqual(['Full: 20 minutes', 'Full, extra time: 30 minutes'])
  await ann.presses('Full: 20 minutes')
  await answersAll(ann, bot)
  await ann.presses('Overview')
  expect(ann.sees).toContain('Answered: 8 (1-8)')
  await ann.presses('Hand in')
  await ann.presses('Hand in now')
  expect(ann.sees).toContain('Mock exam: 5 of 8 right (63 %)')
  expect(ann.sees).toContain('1 Fruit | 5 of 8 | 63 % | 26 s')
  const who = { platform: 'test', workspace: 'w1', user: 'ann' }
  const attempts = await bot.store.attempts(who)
  expect(attempts.map(({ right, points, team }) => ({ right, points, team }))).toEqual(
    expect.arrayContaining([{ right: true, points: 0, team: undefined }]),
  )
  expect([attempts.length, attempts.filter(({ right }) => right).length]).toEqual([8, 5])
  // Nothing of it moves a board, and it is handed in once.
  const { pool } = await testDatabase()
  expect((await pool.query('select 1 from standing')).rows).toEqual([])
  const [{ id }] = (await pool.query('select id from mock_exam')).rows
  expect(await bot.store.handInExam(who, id, bot.deps.clock())).toBe(false)
  expect((await bot.store.attempts(who)).length).toBe(8)
  await ann.presses('Go through the misses')
  expect(ann.sees).toContain('Miss 1 of 3')
  expect(ann.sees).toContain('Common misconception')
  await ann.presses('Next')
  await ann.presses('Next')
  expect(ann.sees).toContain('Miss 3 of 3')
  expect(labelsOf(ann.card)).not.toContain('Next')
  expect(bot.errors).toEqual([])
})
