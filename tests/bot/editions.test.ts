/**
 * Two processes on one database whose packs differ: which content holds, and who posts the rounds of whom.
 */
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { type App, createApp } from '../../src/bot/app.js'
import type { Deps } from '../../src/bot/deps.js'
import { openPacks } from '../../src/bot/packs.js'
import { withQuestions } from '../../src/content/bank.js'
import { loadContent } from '../../src/content/load.js'
import { type EditionWatch, watchEditions } from '../../src/server/editions.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'

const root = mkdtempSync(path.join(tmpdir(), 'cohort-editions-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The content of the tests with a remark in its pack; undefined: without the pack. */
function content(title: string | undefined): string {
  const dir = mkdtempSync(path.join(root, 'content-'))
  cpSync('tests/fixtures/content', dir, { recursive: true })
  const { id } = bot.bank.pack
  const file = path.join(dir, id, 'pack.yaml')
  if (title === undefined) renameSync(path.join(dir, id), path.join(dir, 'another'))
  else writeFileSync(file, `${readFileSync(file, 'utf8')}# ${title}\n`)
  return dir
}

interface Process {
  readonly app: App
  readonly deps: Deps
  readonly watch: EditionWatch
}

let bot: Bot
beforeEach(async () => {
  bot = await startBot()
})

/** One more process on the database of the bot, before its start. */
async function processWith(title: string | undefined): Promise<Process> {
  const { banks } = await loadContent(content(title))
  const questions = await bot.store.saveQuestions(banks.flatMap((bank) => bank.questions))
  const deps: Deps = { ...bot.deps, ...openPacks(withQuestions(banks, questions)) }
  return { app: createApp(deps), deps, watch: watchEditions(deps.packs, [], deps) }
}

async function started(title: string | undefined): Promise<Process> {
  const one = await processWith(title)
  await one.watch.start()
  return one
}

const posted = () => bot.channel().length
/** As if so many minutes had passed by the clock of the database. */
async function minutesPass(minutes: number): Promise<void> {
  const { pool } = await testDatabase()
  await pool.query(`update pack set seen_at = seen_at - $1::int * interval '1 minute'`, [minutes])
}

it('new content holds from the start of the first process that has it; the older process posts no round and says so', async () => {
  await bot.team()
  const older = await started('first')
  expect(older.watch.note()).toBe(undefined)
  const newer = await started('second')
  bot.at('2026-11-02T08:00:00Z')
  await older.app.tick()
  expect(posted()).toBe(0)
  await older.watch.beat()
  expect(older.watch.note()).toContain(`${bot.bank.pack.id}: other processes have another content of it`)
  expect(older.watch.counts()).toEqual({ served: older.deps.packs.all.length - 1, other: 1, broken: 0 })
  expect(bot.log.filter(({ level }) => level === 'warn').at(-1)?.message).toContain(
    'another content of a pack',
  )
  await newer.app.tick()
  expect(posted()).toBe(1)
  expect(newer.watch.note()).toBe(undefined)
})

it('a round that is planned is posted by nobody with other content, and still closed by everybody', async () => {
  await bot.team()
  const older = await started('first')
  const newer = await started('second')
  bot.at('2026-11-02T08:00:00Z')
  bot.chat.fail('post', 'down')
  await newer.app.tick()
  bot.at('2026-11-02T08:10:00Z')
  await older.app.tick()
  expect(posted()).toBe(0)
  await newer.app.tick()
  expect(posted()).toBe(1)
  bot.at('2026-11-02T20:00:00Z')
  await older.app.tick()
  expect(posted()).toBe(2)
})

it('what was replaced does not win by a restart while the newer one is there, and does once it is gone', async () => {
  await started('first')
  const newer = await started('second')
  const again = await started('first')
  expect(again.watch.counts().other).toBe(1)
  await minutesPass(2)
  await newer.watch.beat()
  await minutesPass(2)
  await again.watch.beat()
  expect([again.watch.counts().other, newer.watch.counts().other]).toEqual([1, 0])
  await minutesPass(4)
  await again.watch.beat()
  await newer.watch.beat()
  expect([again.watch.counts().other, newer.watch.counts().other]).toEqual([0, 1])
})

it('after a clean stop nobody waits', async () => {
  await started('first')
  await (await started('second')).watch.release()
  expect((await started('first')).watch.counts().other).toBe(0)
})

it('of two that start at once one content holds, and both know which', async () => {
  const both = await Promise.all([processWith('first'), processWith('second')])
  await Promise.all(both.map(({ watch }) => watch.start()))
  await Promise.all(both.map(({ watch }) => watch.beat()))
  expect(both.map(({ watch }) => watch.counts().other).sort()).toEqual([0, 1])
})

it('a process without the pack leaves it to those that have it; once nobody has, the admin is told, once', async () => {
  await bot.team()
  await started('')
  const without = await started(undefined)
  bot.at('2026-11-02T08:00:00Z')
  await without.app.tick()
  expect([posted(), bot.chat.told.length]).toEqual([0, 0])
  expect(without.watch.note()).toContain(`${bot.bank.pack.id}: other processes have it`)
  await minutesPass(4)
  for (const day of ['02', '03', '04']) {
    bot.at(`2026-11-${day}T08:00:00Z`)
    await without.app.tick()
  }
  await without.watch.beat()
  expect([posted(), without.watch.note()]).toEqual([0, undefined])
  expect(bot.chat.told.map(({ card }) => card.title)).toEqual(['There is nothing to ask'])
})

it('Post now says that the questions are changing, and what to do', async () => {
  const team = await bot.team()
  const older = await started('first')
  await started('second')
  const admin = {
    platform: 'test',
    workspace: 'w1',
    channel: team.channel,
    user: 'ada',
    name: 'Ada',
    isAdmin: async () => true,
  }
  const reply = await older.app.run({ kind: 'command', caller: admin, name: 'team', input: 'post-now' })
  expect(JSON.stringify(reply)).toContain('Try again in a few minutes')
  expect(posted()).toBe(0)
})
