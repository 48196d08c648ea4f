// `npm test`: every test that this machine can run, in one run more side by side than it has cores, since
// much of the time is spent waiting for programs and platforms; more would make late what has to be in time.
// What has changed since the build is built first: a start from the sources takes twice the work. What is
// left out is said in one line each; with CI set, nothing may be. With TEST_LONG set, what this leaves for
// later runs: the tests with the tags `slow` and `longer`, several programs on one PostgreSQL, and on the
// embedded database all that asks one for something. Files that are named run whole.
import { execFileSync, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs'
import { availableParallelism, tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { findBrowser } from './browser.mjs'

const IN_MEMORY = '/dev/shm'
const ROOM = 4 * 2 ** 30
const LATER = 'slow'
const LONG = ['slow', 'longer']
const named = process.argv.slice(2)
const leftOut = []
if (process.env.TEST_LONG) {
  for (const name of ['FUZZ_SEED', 'FAULT_SEED']) process.env[name] ??= String(randomInt(1e9))
  const { FUZZ_SEED, FAULT_SEED } = process.env
  console.log(`The long forms; FUZZ_SEED=${FUZZ_SEED} FAULT_SEED=${FAULT_SEED} draws the same again.`)
}
/** The groups, the longest first. */
const runs = ['bot', 'unit', 'program']

const url =
  process.env.TEST_DATABASE_URL ??
  `postgresql://${encodeURIComponent(userInfo().username)}@127.0.0.1:5432/postgres`
const database = await reach(url)
// On a real server what asks a database takes a third less work; the embedded one has it in the long forms.
if (database === 'ok')
  runs.splice(0, 1, ...(process.env.TEST_LONG ? ['bot', 'postgres', 'long'] : ['postgres']))
else
  leftOut.push(
    `the tests on a real PostgreSQL (${database}); start one on 127.0.0.1:5432 or set TEST_DATABASE_URL`,
  )
if (findBrowser()) runs.push('browser')
else
  leftOut.push(
    'the tests of the page in a browser; install Chromium, on Debian with: apt-get install chromium',
  )

if (!isBuilt()) execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
readContent()
const temporary = temporaryFolder()
const folder = mkdtempSync(path.join(temporary, 'cohort-tests-'))
const ended = []
await Promise.all(Array.from({ length: availableParallelism() + 1 }, work))
rmSync(folder, { recursive: true, force: true })
const sum = (figure) => ended.reduce((all, { result }) => all + (result?.[figure] ?? 0), 0)
const [passed, failed] = [sum('numPassedTests'), sum('numFailedTests')]
const [later, pending] = [true, false].map(
  (isLater) => ended.flatMap(skipped).filter((one) => isFiltered(one) === isLater).length,
)

for (const { group, code, result } of ended) {
  for (const file of result?.testResults ?? []) {
    for (const words of failures(file)) console.log(`Failed: ${words}`)
    for (const words of failures(file, 'passed')) console.log(`Passed at the second try: ${words}`)
  }
  if (code !== 0) console.log(`${group}: ended with ${code}${result ? '' : ', without a report'}`)
}
for (const what of leftOut) console.log(`Left out: ${what}.`)
if (pending > 0) console.log(`Left out: ${pending} tests that were marked to be skipped.`)
if (later > 0 && !process.env.TEST_LONG)
  console.log(`Left to npm run test:long: ${later} tests, which are slow or stand in a file that is.`)
const complete = !process.env.CI || (leftOut.length === 0 && pending === 0)
if (!complete) console.log('With CI set nothing may be left out.')
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = ended.every(({ code }) => code === 0) && complete && passed > 0 ? 0 : 1

/** Takes one run after the other, until none is left. */
async function work() {
  for (let group = runs.shift(); group; group = runs.shift()) {
    console.log(`${group}: running`)
    const one = await run(group)
    process.stdout.write(one.said)
    ended.push(one)
  }
}

/**
 * The tests of a file that ended so after a failure, each with the beginning of why: the last lines are read
 * first.
 */
function failures({ name, message, assertionResults }, status = 'failed') {
  const said = assertionResults
    .filter((one) => one.status === status && one.failureMessages.length > 0)
    .map(({ fullName, failureMessages }) => [fullName, failureMessages.join('\n')])
  if (status === 'failed' && said.length === 0 && message) said.push(['(the file)', message])
  return said.map(([test, why]) => `${path.relative('.', name)} > ${test}\n${why.slice(0, 2000)}`)
}

/** By the tags of the tests. */
function filter(group) {
  if (named.length > 0) return []
  if (!process.env.TEST_LONG) return [`--tags-filter=!${LATER}`]
  return ['bot', 'long'].includes(group) ? [] : [`--tags-filter=${LONG.join(' || ')}`]
}

/** Of a group, the tests that did not run. */
function skipped({ group, result }) {
  const all = (result?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults)
  return all
    .filter(({ status }) => !['passed', 'failed'].includes(status))
    .map(({ tags }) => ({ group, tags }))
}

/** Whether it was its tags that kept it from running. */
function isFiltered({ group, tags }) {
  if (filter(group).length === 0) return false
  return process.env.TEST_LONG ? !LONG.some((tag) => tags.includes(tag)) : tags.includes(LATER)
}

/** What it says is kept until it has ended, so that runs do not mix. */
function run(group) {
  const report = path.join(folder, `${group}.json`)
  const args = ['run', '--passWithNoTests', '--project', group, ...filter(group)]
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(process.execPath, ['node_modules/vitest/vitest.mjs', ...args, ...reporters, ...named], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      TMPDIR: temporary,
      TEST_DATABASE_URL: database === 'ok' ? url : '',
      TEST_STORED: database === 'ok' && !process.env.TEST_LONG ? 'server' : '',
    },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += part))
  return new Promise((resolve) =>
    child.on('exit', (code) =>
      resolve({
        group,
        code,
        said,
        result: existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined,
      }),
    ),
  )
}

/** Once, and not in each of the workers. */
function readContent() {
  const read = "await (await import('./tests/helpers/shipped.ts')).shippedContent()"
  const args = ['--import', 'tsx', '--input-type=module', '--eval', read]
  execFileSync(process.execPath, args, { stdio: 'inherit' })
}

function isBuilt() {
  const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
  const sources = ['src', 'content'].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name)),
  )
  return sources.every((name) => changed(name) < changed('dist/app/main.js'))
}

/** In memory, where there is room: embedded databases write much that is thrown away. */
function temporaryFolder() {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize > ROOM ? IN_MEMORY : tmpdir()
  } catch {
    return tmpdir()
  }
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
