// `npm test`: every test that this machine can run. What is left out is said in one line each; with CI set, nothing may be.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import pg from 'pg'

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const leftOut = []
const groups = ['embedded']

const url = process.env.TEST_DATABASE_URL ?? `postgresql://${encodeURIComponent(userInfo().username)}@127.0.0.1:5432/postgres`
const database = await reach(url)
if (database === 'ok') groups.push('postgres')
else leftOut.push(`the tests on a real PostgreSQL (${database}); start one on 127.0.0.1:5432 or set TEST_DATABASE_URL`)
if (BROWSERS.some((file) => existsSync(file))) groups.push('browser')
else leftOut.push('the tests of the page in a browser; install Chromium, on Debian with: apt-get install chromium')

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-tests-'))
const report = path.join(folder, 'report.json')
const args = [
  'run',
  ...groups.flatMap((name) => ['--project', name]),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
]
const run = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, TEST_DATABASE_URL: url },
})
const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
rmSync(folder, { recursive: true, force: true })
const { numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: pending = 0 } = result ?? {}

for (const what of leftOut) console.log(`Left out: ${what}.`)
if (pending > 0) console.log(`Left out: ${pending} tests that were marked to be skipped.`)
const complete = !process.env.CI || (leftOut.length === 0 && pending === 0)
if (!complete) console.log('With CI set nothing may be left out.')
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = run.status === 0 && complete && passed > 0 ? 0 : 1

/** `ok`, or why it cannot be used. */
async function reach(address) {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    await client.query('select 1')
    return 'ok'
  } catch (error) {
    return error.code ?? error.message
  } finally {
    await client.end().catch(() => {})
  }
}
