// The steps of the Dockerfile without Docker: production packages only, the built output, start, a health check, stop, start again.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { check, conversation, isQuestion, start, stop } from './program.mjs'

const PORT = 3917
const at = (file) => `http://127.0.0.1:${PORT}${file}`
const app = mkdtempSync(path.join(tmpdir(), 'cohort-image-'))

for (const name of ['package.json', 'package-lock.json', 'dist', 'bin', 'content', 'prisma/migrations'])
  cpSync(name, path.join(app, name), { recursive: true })
execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: app, stdio: 'inherit' })

try {
  const first = await start({ app, env: { PORT: String(PORT) } })
  check((await (await fetch(at('/healthz'))).json()).status === 'ok', '/healthz says ok')
  check((await (await fetch(at('/'))).text()).includes('Cohort'), 'the page is served')
  check((await (await fetch(at('/metrics'))).text()).includes('cohort_'), '/metrics has figures')
  const before = await question()
  check(before !== undefined, 'a question is waiting')
  const second = await run({ PORT: String(PORT + 1) })
  check(second.code === 1 && /another Cohort runs on the data folder/.test(second.output), 'a second process on the folder is refused')
  check((await stop(first)) === 0, 'SIGTERM ends it')
  const again = await start({ app, env: { PORT: String(PORT) } })
  check((await question())?.id === before?.id, 'the same question is there after a restart')
  await stop(again)
} finally {
  rmSync(app, { recursive: true, force: true })
}

function run(env) {
  const child = spawn(process.execPath, ['bin/cohort.mjs', 'start'], { cwd: app, env: { ...process.env, ...env, DATABASE_URL: '' } })
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (output += data))
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, output })))
}

/** The first question in the conversation of the first member. */
async function question() {
  return (await conversation(at(''))).find(isQuestion)
}
