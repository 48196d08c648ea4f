// `npm test`: every test that this machine can run, in as many runs side by side as it has cores, since much of the time is spent waiting for
// programs that are started and stopped; more would make late what has to be in time. What is left out is said in one line each; with CI set,
// nothing may be.
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import pg from 'pg'

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const leftOut = []
if (process.env.TEST_LONG) {
  for (const name of ['FUZZ_SEED', 'FAULT_SEED']) process.env[name] ??= String(randomInt(1e9))
  const { FUZZ_SEED, FAULT_SEED } = process.env
  console.log(`The long forms; FUZZ_SEED=${FUZZ_SEED} FAULT_SEED=${FAULT_SEED} draws the same again.`)
}
/** The groups of each run, one after the other. */
const runs = [['program'], ['bot'], ['unit']]
/** The longest run, which begins first. */
const others = []

const url = process.env.TEST_DATABASE_URL ?? `postgresql://${encodeURIComponent(userInfo().username)}@127.0.0.1:5432/postgres`
const database = await reach(url)
if (database === 'ok') others.push('postgres')
else leftOut.push(`the tests on a real PostgreSQL (${database}); start one on 127.0.0.1:5432 or set TEST_DATABASE_URL`)
if (BROWSERS.some((file) => existsSync(file))) others.push('browser')
else leftOut.push('the tests of the page in a browser; install Chromium, on Debian with: apt-get install chromium')

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-tests-'))
if (others.length > 0) runs.unshift(others)
const ended = []
await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
rmSync(folder, { recursive: true, force: true })
const sum = (figure) => ended.reduce((all, { result }) => all + (result?.[figure] ?? 0), 0)
const [passed, failed, pending] = [sum('numPassedTests'), sum('numFailedTests'), sum('numPendingTests')]

for (const what of leftOut) console.log(`Left out: ${what}.`)
if (pending > 0) console.log(`Left out: ${pending} tests that were marked to be skipped.`)
const complete = !process.env.CI || (leftOut.length === 0 && pending === 0)
if (!complete) console.log('With CI set nothing may be left out.')
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = ended.every(({ code }) => code === 0) && complete && passed > 0 ? 0 : 1

/** Takes one run after the other, until none is left. */
async function work() {
  for (let groups = runs.shift(); groups; groups = runs.shift()) {
    console.log(`${groups.join(', ')}: running`)
    const one = await run(groups)
    process.stdout.write(one.said)
    ended.push(one)
  }
}

/** What it says is kept until it has ended, so that runs do not mix. */
function run(groups) {
  const report = path.join(folder, `${groups[0]}.json`)
  const args = ['run', '--passWithNoTests', ...groups.flatMap((name) => ['--project', name])]
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args, ...reporters, ...process.argv.slice(2)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TEST_DATABASE_URL: database === 'ok' ? url : '' },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += part))
  return new Promise((resolve) =>
    child.on('exit', (code) => resolve({ code, said, result: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined })),
  )
}

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
