// A quick part of the tests, and one start of the program, under the other versions of Node that it is run
// with.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { check, conversation, freePort, isQuestion, start, stop } from './program.mjs'

const VERSIONS = ['22', '24']
/**
 * What leans on Node's own zones, letters and native code; the start of the program adds the embedded
 * database.
 */
const TESTS = [
  ...['grade', 'instantiate', 'schedule', 'streak', 'text'].map((name) => `tests/core/${name}.test.ts`),
  'tests/content/parse.test.ts',
  'tests/search/search.test.ts',
  'tests/pictures/draw.test.ts',
]

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-nodes-'))
try {
  for (const version of VERSIONS.filter((other) => other !== process.versions.node.split('.')[0]))
    await runUnder(version)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function runUnder(version) {
  const began = performance.now()
  const node = install(version)
  const name = `Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`
  const env = { ...process.env, TEST_DATABASE_URL: '' }
  execFileSync(node, ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', ...TESTS], {
    stdio: 'inherit',
    env,
  })
  await serves(node, name, path.join(folder, `data-${version}`))
  console.log(`${name}: ${Math.round((performance.now() - began) / 1000)} s`)
}

/** Returns the path of the program; npm's packages `node-<platform>-<arch>` hold it. */
function install(version) {
  const name = `node-${process.platform}-${process.arch}`
  const prefix = path.join(folder, version)
  execFileSync(
    'npm',
    ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', prefix, `${name}@${version}`],
    { stdio: 'inherit' },
  )
  return path.join(prefix, 'node_modules', name, 'bin/node')
}

async function serves(node, name, data) {
  const port = String(await freePort())
  const address = `http://127.0.0.1:${port}`
  const child = await start({ app: process.cwd(), node, env: { PORT: port, COHORT_DATA_DIR: data } })
  try {
    check((await (await fetch(`${address}/healthz`)).json()).status === 'ok', `${name}: /healthz says ok`)
    check((await conversation(address)).some(isQuestion), `${name}: a question is waiting`)
  } finally {
    check((await stop(child)) === 0, `${name}: SIGTERM ends it`)
  }
}
