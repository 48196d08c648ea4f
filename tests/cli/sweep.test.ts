// @module-tag slow
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../../src/store/open.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { cohort } from '../helpers/cohort.js'
import { fillDataDir } from '../helpers/database.js'
import { figureOf, readFigures } from '../helpers/figures.js'
import { createPrograms, type Programs } from '../helpers/program.js'
import { until } from '../helpers/until.js'

const DAY = 86_400_000

let programs: Programs
beforeEach(() => {
  programs = createPrograms()
})
afterEach(() => programs.stop())

it('a program that starts deletes what is older than COHORT_KEEP_DAYS, says so, and keeps the rest', async () => {
  const dataDir = path.join(programs.folder, 'data')
  await fillDataDir(dataDir)
  const before = await openDatabase({ dataDir })
  const message = { workspace: 'local', channel: 'study', author: 'ann', body: { kind: 'said', text: 'x' } }
  const [old, young] = [Date.now() - 61 * DAY, Date.now() - 59 * DAY]
  for (const at of [old, young]) await createMessageLog(before).add({ ...message, at })
  await before.close()

  const shift = path.join(programs.folder, 'shift')
  writeFileSync(shift, '0')
  const program = await programs.start({
    DATABASE_URL: '',
    COHORT_KEEP_DAYS: '60',
    LOG_LEVEL: 'info',
    CLOCK_SHIFT_FILE: shift,
  })
  const figure = async (name: string, labels: Record<string, string>) =>
    figureOf(readFigures(await (await fetch(`${program.address}/metrics`)).text()), name, labels) ?? 0
  const messages = () => figure('cohort_deleted_rows_total', { what: 'messages' })
  await until(async () => (await messages()) === 1)
  await until(() => /"messages":1,.*"msg":"old rows deleted"/.test(program.err))
  // A clock that jumps ahead deletes nothing: it may be wrong.
  writeFileSync(shift, String(700 * DAY))
  const ahead = Date.now() / 1000 + (699 * DAY) / 1000
  await until(
    async () => (await figure('cohort_tick_last_success_timestamp_seconds', { platform: 'web' })) > ahead,
  )
  expect(program.err).toContain('the clock of this machine was set')
  expect(await messages()).toBe(1)
  await program.kill('SIGTERM')
  const after = await openDatabase({ dataDir })
  const { rows } = await after.pool.query("select at from web_message where author = 'ann'")
  expect(rows.map((row) => new Date(row.at).getTime())).toEqual([young])
  await after.close()
})

it.each(['29', '0', '-1', '400.5', 'ever', '100000'])(
  'COHORT_KEEP_DAYS=%s stops the start in one line',
  async (days) => {
    expect(await cohort(['start'], { COHORT_KEEP_DAYS: days })).toMatchObject({
      code: 1,
      err: 'cohort: COHORT_KEEP_DAYS should be a whole number of days, 30 or more\n',
    })
  },
)
