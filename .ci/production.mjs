// The steps of the Dockerfile without Docker: production packages only, the built output, start, a health check, stop, start again.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const PORT = 3917
const at = (file) => `http://127.0.0.1:${PORT}${file}`
const app = mkdtempSync(path.join(tmpdir(), 'cohort-image-'))

for (const name of ['package.json', 'package-lock.json', 'dist', 'bin', 'content', 'prisma/migrations'])
  cpSync(name, path.join(app, name), { recursive: true })
execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: app, stdio: 'inherit' })

try {
  const first = await start()
  check((await (await fetch(at('/healthz'))).json()).status === 'ok', '/healthz says ok')
  check((await (await fetch(at('/'))).text()).includes('Cohort'), 'the page is served')
  check((await (await fetch(at('/metrics'))).text()).includes('cohort_'), '/metrics has figures')
  const before = await question()
  check(before !== undefined, 'a question is waiting')
  const second = await run({ PORT: String(PORT + 1) })
  check(second.code === 1 && /another Cohort runs on the data folder/.test(second.output), 'a second process on the folder is refused')
  check((await stop(first)) === 0, 'SIGTERM ends it')
  const again = await start()
  check((await question())?.id === before?.id, 'the same question is there after a restart')
  await stop(again)
} finally {
  rmSync(app, { recursive: true, force: true })
}

function start() {
  const child = spawn(process.execPath, ['bin/cohort.mjs', 'start'], {
    cwd: app,
    env: { ...process.env, NODE_ENV: 'production', PORT: String(PORT), DATABASE_URL: '' },
  })
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (data) => {
      output += data
      if (output.includes('Ready in')) resolve(child)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => reject(new Error(`it ended with ${code}:\n${output}`)))
  })
}

function run(env) {
  const child = spawn(process.execPath, ['bin/cohort.mjs', 'start'], { cwd: app, env: { ...process.env, ...env, DATABASE_URL: '' } })
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (output += data))
  return new Promise((resolve) => child.on('exit', (code) => resolve({ code, output })))
}

function stop(child) {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.on('exit', resolve)
    child.kill('SIGTERM')
  })
}

/** The first question in the conversation of the first member. */
async function question() {
  const stream = await fetch(at('/api/events?as=ann'))
  const reader = stream.body.getReader()
  let text = ''
  while (!text.includes('\n\n')) text += new TextDecoder().decode((await reader.read()).value)
  await reader.cancel()
  const { messages } = JSON.parse(text.slice(text.indexOf('{'), text.indexOf('\n', text.indexOf('{'))))
  return messages.find((m) => m.body.kind === 'card' && m.body.card.title === 'Question of the day')
}

function check(ok, what) {
  if (!ok) throw new Error(`failed: ${what}`)
  console.log(`ok: ${what}`)
}
