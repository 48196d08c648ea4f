// @module-tag slow
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actions } from '../../src/bot/actions/index.js'
import type { Caller } from '../../src/bot/ports/chat.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { type Bot, buttonsOf, startBot } from '../helpers/bot.js'
import { madeUpId } from '../helpers/made-up-id.js'
import { teamsOf } from '../helpers/rounds.js'

const NASTY = [
  '',
  ' ',
  '\u0000',
  '<script>alert(1)</script>',
  '@everyone <!channel> <@U123> @here',
  "'; drop table member; --",
  '\ud800',
  'a\udfffb',
  '\u202Egnp.exe\u2066',
  '\u200b\ufeff',
  '%s%n{{7*7}}',
  '../../etc/passwd',
  '💥'.repeat(500),
  'x'.repeat(100_000),
  '\\',
  '"'.repeat(50),
  'NaN',
  '-1',
  '1e309',
  '99999999999999999999',
  '__proto__',
  'constructor',
]
const ann: Caller = {
  platform: 'test',
  workspace: 'w1',
  channel: 'study',
  user: 'ann',
  name: 'Ann',
  isAdmin: async () => false,
}
const ada: Caller = { ...ann, user: 'ada', name: 'Ada', isAdmin: async () => true }
const anything = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)

async function stored(bot: Bot): Promise<number> {
  const teams = await teamsOf(bot.store, { platform: 'test', workspace: 'w1' })
  const attempts = await bot.store.attempts(ann)
  return teams.length * 1000 + attempts.length + (await bot.store.reports()).length
}

describe('hostile input', () => {
  it('never breaks a command, whatever follows its name', { tags: ['slow'] }, async () => {
    const bot = await startBot({ limits: noLimits })
    for (const command of bot.app.commands) {
      for (const input of NASTY) {
        for (const caller of [ann, ada])
          await bot.app.run({ kind: 'command', caller, name: command.name, input })
        await bot.app.complete(ann, `/${command.name} ${input}`)
        for (const option of Object.keys(command.options))
          await bot.app.suggest(ann, command.name, option, input)
      }
    }
    for (const name of NASTY) await bot.app.run({ kind: 'command', caller: ann, name, input: '' })
    expect(bot.errors.map((e) => String((e.fields as { error?: unknown }).error))).toEqual([])
    expect(await stored(bot)).toBe(0)
  })

  it('turns no board further than its thousandth member', async () => {
    const bot = await startBot({ limits: noLimits })
    await bot.team()
    const titled = async (offset: number) =>
      await bot.person('ann').request({ kind: 'press', id: madeUpId('board', 'season', 'members', offset) })
    expect(await titled(990)).toMatchObject({ card: { title: 'Orchard: this season' } })
    for (const offset of [991, 1000, 2 ** 31 - 1])
      expect(await titled(offset)).toMatchObject({ card: { title: 'That did not work' } })
  })

  it('never breaks an action, whatever its id says', { tags: ['slow'] }, async () => {
    const bot = await startBot({ limits: noLimits })
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const before = await stored(bot)
    const names = fc.constantFrom(...actions.map((a) => a.name))
    const params = fc.array(
      fc.oneof(anything, fc.constantFrom('1', '0', 'zz', '-', 'yes', 'season', 'members', 'apple')),
      {
        maxLength: 11,
      },
    )
    await fc.assert(
      fc.asyncProperty(names, params, anything, async (name, rest, value) => {
        const id = [name, ...rest].join('~')
        await bot.app.run({ kind: 'press', caller: ann, id })
        await bot.app.run({ kind: 'select', caller: ann, id, values: [value] })
        await bot.app.run({
          kind: 'submit',
          caller: ann,
          id,
          values: { p0: value, reason: value, detail: value, name: value },
        })
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(bot.errors.map((e) => String((e.fields as { error?: unknown }).error))).toEqual([])
    // The only thing that such a press may do is to answer the one open round.
    expect((await stored(bot)) - before).toBeLessThanOrEqual(1)
  })

  it('refuses a press on a round of another workspace', async () => {
    const bot = await startBot({ limits: noLimits })
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const id = buttonsOf(bot.last()).find((b) => b.label === 'A')?.id ?? ''
    const stranger = { ...ann, workspace: 'w2' }
    const slot = id.split('~').slice(1, 3)
    for (const kind of [id, madeUpId('ask', ...slot), madeUpId('why', ...slot)]) {
      const reply = await bot.app.run({ kind: 'press', caller: stranger, id: kind })
      expect(JSON.stringify(reply)).toContain('no longer works')
    }
    expect(await bot.store.attempts({ ...stranger })).toEqual([])
  })

  it('counts a form for whoever sent it, never for whoever opened it', async () => {
    const bot = await startBot({ limits: noLimits })
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const pick = buttonsOf(bot.last()).find((b) => b.label === 'A')?.id ?? ''
    const id = madeUpId('filled', ...pick.split('~').slice(1, 4))
    await bot.app.run({
      kind: 'submit',
      caller: { ...ann, user: 'ben', name: 'Ben' },
      id,
      values: { p0: 'A', user: 'ann' },
    })
    expect(await bot.store.attempts(ann)).toEqual([])
    expect(await bot.store.attempts({ ...ann, user: 'ben' })).toHaveLength(1)
  })

  it('does not tell a key before the member has answered', async () => {
    const bot = await startBot({ limits: noLimits })
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const id = buttonsOf(bot.last()).find((b) => b.label === 'A')?.id ?? ''
    const why = ['why', ...id.split('~').slice(1, 3)].join('~')
    expect(JSON.stringify(await bot.app.run({ kind: 'press', caller: ann, id: why }))).toContain(
      'Answer first',
    )
  })

  it('keeps setup for admins, whoever sends the form', async () => {
    const bot = await startBot({ limits: noLimits })
    const values = {
      name: 'X',
      channel: 'study',
      time: '09:00',
      zone: 'UTC',
      days: ['1'],
      count: '1',
      open: '24',
      pack: 'orchard',
      topics: [],
    }
    const reply = await bot.app.run({ kind: 'submit', caller: ann, id: 'setup', values })
    expect(JSON.stringify(reply)).toContain('for admins')
    expect(await teamsOf(bot.store, ann)).toEqual([])
  })

  it('stores names and reports as they are, without what hides or breaks', async () => {
    const bot = await startBot({ limits: noLimits })
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    for (const [i, name] of NASTY.entries()) {
      const caller = { ...ann, user: `u${i}`, name }
      const id = buttonsOf(bot.last()).find((b) => b.label === 'A')?.id ?? ''
      await bot.app.run({ kind: 'press', caller, id })
    }
    expect(bot.errors.map((e) => String((e.fields as { error?: unknown }).error))).toEqual([])
    const board = await bot.app.run({ kind: 'command', caller: ann, name: 'leaderboard', input: 'week' })
    expect(JSON.stringify(board)).not.toMatch(/\p{Cf}|\p{Cs}|\\u[d0]/u)
  })
})
