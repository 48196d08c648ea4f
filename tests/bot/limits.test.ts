// @module-tag slow
/** What a person meets who asks far too often, and what a platform says that is busy. */
import { expect, it } from 'vitest'
import { ChatBusy } from '../../src/bot/ports/chat.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { createMeter } from '../../src/server/metrics.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { figureOf, readFigures } from '../helpers/figures.js'
import { madeUpId } from '../helpers/made-up-id.js'

const WAIT = 'Please wait a moment'

/** Every call of the database by name, in their order. */
function calls(bot: Bot): string[] {
  const names: string[] = []
  for (const [name, verb] of Object.entries(bot.store) as [string, (...args: unknown[]) => unknown][])
    Object.assign(bot.store, {
      [name]: (...args: unknown[]) => {
        names.push(name)
        return verb(...args)
      },
    })
  return names
}

async function times<T>(n: number, act: () => Promise<T>): Promise<T[]> {
  const all: T[] = []
  for (let i = 0; i < n; i++) all.push(await act())
  return all
}

it('a flood is stopped, told kindly, costs nothing, and is over after the time that was told', {
  tags: ['slow'],
}, async () => {
  const bot = await startBot()
  const ann = bot.person('ann')
  const cards = await times(120, () => ann.says('/stats'))
  expect(cards.filter((card) => card.title === WAIT)).toEqual([])
  const asked = calls(bot)
  expect(plainCard(await ann.says('/stats'))).toContain(
    'That was a lot of requests in a short time. Try again in 1 s.',
  )
  expect(asked).toEqual([])
  expect((await bot.person('ben').says('/stats')).title).toBe('Your stats')
  bot.at('2026-11-02T07:00:01Z')
  expect((await ann.says('/stats')).title).toBe('Your stats')
  expect((await ann.says('/stats')).title).toBe(WAIT)
  expect(bot.errors).toEqual([])
})

it('who asks as fast as anybody types never meets a limit', { tags: ['slow'] }, async () => {
  const bot = await startBot()
  const ann = bot.person('ann')
  const start = Date.parse('2026-11-02T07:00:00Z')
  for (let second = 0; second < 600; second++) {
    bot.at(new Date(start + second * 1000).toISOString())
    expect((await ann.says('/explain apple')).title).toBe('Apple')
    if (second % 6 === 0) expect((await ann.says('/quiz apple')).title).toMatch(/^Practice/)
  }
})

it('the question of the day is answered whatever the member did before', { tags: ['slow'] }, async () => {
  const bot = await startBot()
  await bot.team({ topics: ['apple'] })
  await bot.at('2026-11-02T08:00:00Z').tick()
  const ann = bot.person('ann')
  await times(130, () => ann.says('/team pause'))
  await times(130, () => ann.says('/quiz'))
  expect((await ann.says('/quiz')).title).toBe(WAIT)
  for (let i = 0; i < 300; i++) expect((await ann.presses('A', bot.last())).title).not.toBe(WAIT)
})

it('ten reports an hour go through, and five exports', async () => {
  const bot = await startBot()
  const ann = bot.person('ann')
  const question = bot.bank.questions[0]
  let sent = 0
  const report = async () => {
    await ann.request({ kind: 'press', id: madeUpId('report', question?.id ?? '', question?.version ?? '') })
    const reply = await bot.app.run({
      kind: 'submit',
      caller: {
        platform: 'test',
        workspace: 'w1',
        channel: 'study',
        user: 'ann',
        name: 'Ann',
        isAdmin: async () => false,
      },
      id: madeUpId('reported', question?.id ?? '', question?.version ?? ''),
      values: { reason: 'Something else', detail: `${++sent}` },
    })
    return reply.kind === 'card' ? reply.card : undefined
  }
  const reports = await times(11, report)
  const again = 'You have reported this already'
  expect(reports.map((card) => card?.title)).toEqual(['Thank you', ...Array(9).fill(again), WAIT])
  expect(await bot.store.reports()).toMatchObject([{ detail: '10' }])
  expect((await times(5, () => ann.says('/study export'))).map((card) => card.title)).not.toContain(WAIT)
  expect(plainCard(await ann.says('/study export'))).toContain(
    'a lot of exports in a short time. Try again in 720 s.',
  )
  bot.at('2026-11-02T07:12:00Z')
  expect((await ann.says('/study export')).title).toBe('Your data')
  expect((await report())?.title).toBe(again)
})

it('a workspace has a limit of its own, which another does not share', { tags: ['slow'] }, async () => {
  const bot = await startBot()
  const limited = new Set<string>()
  for (let member = 0; member < 301; member++) {
    const person = bot.person(`u${member}`)
    for (const card of await Promise.all(
      Array.from({ length: 11 }, () => person.request({ kind: 'press', id: madeUpId('mydata') })),
    ))
      if (card.kind === 'card' && card.card.title === WAIT) limited.add(plainCard(card.card))
  }
  expect([...limited].filter((card) => card.includes('in this workspace'))).toHaveLength(1)
  const other = bot.person('zoe', { workspace: 'w2' })
  expect((await other.says('/study export')).title).toBe('That did not work')
})

it('completion goes quiet for who asks faster than anybody types, and for nobody else', async () => {
  const meter = createMeter({ clock: Date.now, monotonic: () => performance.now() })
  const bot = await startBot({ metrics: meter })
  const ann = {
    platform: 'test',
    workspace: 'w1',
    channel: 'study',
    user: 'ann',
    name: 'Ann',
    isAdmin: async () => false,
  }
  const complete = () => bot.app.suggest(ann, 'explain', 'query', 'app')
  expect((await times(300, complete)).every((found) => found.length > 0)).toBe(true)
  expect(await complete()).toEqual([])
  expect(await bot.app.complete(ann, '/explain app')).toEqual([])
  expect(await bot.app.suggest({ ...ann, user: 'ben' }, 'explain', 'query', 'app')).not.toEqual([])
  bot.at('2026-11-02T07:00:01Z')
  expect(await complete()).not.toEqual([])
  const figures = readFigures(await meter.registry.metrics())
  const count = (outcome: string) =>
    figureOf(figures, 'cohort_requests_total', { platform: 'test', kind: 'completion', outcome })
  expect([count('ok'), count('limited')]).toEqual([302, 2])
})

it('a clock that was wrong for a day locks nobody out', async () => {
  const bot = await startBot({ now: '2026-11-03T07:00:00Z' })
  const ann = bot.person('ann')
  await times(120, () => ann.says('/stats'))
  bot.at('2026-11-02T07:00:00Z')
  expect(plainCard(await ann.says('/stats'))).toContain('Try again in 1 s.')
  bot.at('2026-11-02T07:00:02Z')
  expect((await ann.says('/stats')).title).toBe('Your stats')
})

it('a platform that asks to wait is told as that, and is no bug', async () => {
  const meter = createMeter({ clock: Date.now, monotonic: () => performance.now() })
  const bot = await startBot({ metrics: meter })
  const isAdmin = async () => Promise.reject(new ChatBusy(19_400))
  const said = plainCard(await bot.person('ada', { platform: 'slack', isAdmin }).says('/team pause'))
  expect(said).toContain('Slack asks us to wait 20 s. Please try again then.')
  expect(bot.errors).toEqual([])
  const figures = readFigures(await meter.registry.metrics())
  expect(
    figureOf(figures, 'cohort_requests_total', { platform: 'slack', kind: 'command', outcome: 'busy' }),
  ).toBe(1)
})
