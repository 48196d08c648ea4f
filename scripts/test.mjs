// `npm test`: every test that this machine can run, in several runs side by side, since much of the time is spent waiting for programs that are
// started and stopped. What is left out is said in one line each; with CI set, nothing may be.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import pg from 'pg'

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const leftOut = []
/** Side by side; each runs its groups one after the other. */
const runs = [['unit', 'bot'], ['program']]
const others = []

const url = process.env.TEST_DATABASE_URL ?? `postgresql://${encodeURIComponent(userInfo().username)}@127.0.0.1:5432/postgres`
const database = await reach(url)
if (database === 'ok') others.push('postgres')
else leftOut.push(`the tests on a real PostgreSQL (${database}); start one on 127.0.0.1:5432 or set TEST_DATABASE_URL`)
if (BROWSERS.some((file) => existsSync(file))) others.push('browser')
else leftOut.push('the tests of the page in a browser; install Chromium, on Debian with: apt-get install chromium')

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-tests-'))
if (others.length > 0) runs.push(others)
const ended = await Promise.all(runs.map((groups, i) => run(groups, i === 0 ? 'inherit' : 'pipe')))
rmSync(folder, { recursive: true, force: true })
for (const { said } of ended) process.stdout.write(said)
const sum = (figure) => ended.reduce((all, { result }) => all + (result?.[figure] ?? 0), 0)
const [passed, failed, pending] = [sum('numPassedTests'), sum('numFailedTests'), sum('numPendingTests')]

for (const what of leftOut) console.log(`Left out: ${what}.`)
if (pending > 0) console.log(`Left out: ${pending} tests that were marked to be skipped.`)
const complete = !process.env.CI || (leftOut.length === 0 && pending === 0)
if (!complete) console.log('With CI set nothing may be left out.')
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = ended.every(({ code }) => code === 0) && complete && passed > 0 ? 0 : 1

/** What the others say is kept until the first has said its own. */
function run(groups, output) {
  const report = path.join(folder, `${groups[0]}.json`)
  const args = ['run', '--passWithNoTests', ...groups.flatMap((name) => ['--project', name])]
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args, ...reporters, ...process.argv.slice(2)], {
    stdio: ['ignore', output, output],
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
