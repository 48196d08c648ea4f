/**
 * The clock of the machine is set while the program runs: it goes on posting, before and after, and nothing
 * comes twice.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { comes, createWorld, shiftTo, type World } from './world.js'

const TEAMS = 4
const PATIENCE_MS = 60_000
const DUE = '2027-03-01T08:00:00Z'
const HOUR_MS = 3_600_000

let world: World
let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cohort-clock-'))
})
afterEach(() => {
  world.stop()
  rmSync(folder, { recursive: true, force: true })
})

it('set back by an hour, and ahead by a month', async () => {
  world = await createWorld(TEAMS)
  const { pool } = await world.setUp(Date.parse(DUE))
  const file = path.join(folder, 'shift')
  const start = shiftTo(DUE) + 2000
  const set = (shiftMs: number) => writeFileSync(file, String(shiftMs))
  // Questions, not messages: a reveal comes in between.
  const hasEach = (n: number) =>
    comes(() => world.counts('Question of the day').every((count) => count >= n), PATIENCE_MS)
  set(start)
  const program = await world.start(start, { CLOCK_SHIFT_FILE: file, LOG_LEVEL: 'warn' })
  expect(await hasEach(1)).toBe(true)

  set(start - HOUR_MS)
  expect(await comes(() => program.err.includes('the clock of this machine was set'), PATIENCE_MS)).toBe(true)
  // As if the round were of the day before, and the next one due at this moment of the clock that was set
  // back.
  await pool.query('update round set date = date - 1')
  await pool.query('update team set next_post_at = $1', [new Date(Date.parse(DUE) - HOUR_MS)])
  expect(await hasEach(2)).toBe(true)

  set(start + 30 * 24 * HOUR_MS)
  // The rounds that are open close, and the question of that day comes.
  expect(await comes(() => world.counts('Question of the day').every((n) => n === 3), PATIENCE_MS)).toBe(true)
  expect(program.code).toBeUndefined()
  expect(program.err.match(/the clock of this machine was set/g)).toHaveLength(2)
  // Whatever node-cron has to say of runs that it missed is no line of the log.
  for (const line of program.err.trim().split('\n')) expect(() => JSON.parse(line), line).not.toThrow()
  expect(await program.kill('SIGTERM')).toBe(0)
}, 300_000)
