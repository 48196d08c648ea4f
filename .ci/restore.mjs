// Backup and restore as docs/operations.md tells them, on PostgreSQL and on the embedded database: what was
// there before is there after.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { check, conversation, freePort, isQuestion, start, stop } from './program.mjs'

const PORT = String(await freePort())
const ADDRESS = `http://127.0.0.1:${PORT}`
const SERVER =
  process.env.TEST_DATABASE_URL ??
  `postgresql://${encodeURIComponent(userInfo().username)}@127.0.0.1:5432/postgres`
const app = process.cwd()
const folder = mkdtempSync(path.join(tmpdir(), 'cohort-restore-'))
const databases = ['saved', 'restored'].map((name) => `cohort_${name}_${randomBytes(4).toString('hex')}`)
const running = new Set()

try {
  await onPostgres()
  await onFolder()
} finally {
  for (const child of running) child.kill('SIGKILL')
  for (const name of databases) await sql(`drop database if exists ${name} with (force)`)
  rmSync(folder, { recursive: true, force: true })
}

async function onPostgres() {
  const [saved, restored] = databases.map(
    (name) => Object.assign(new URL(SERVER), { pathname: `/${name}` }).href,
  )
  for (const name of databases) await sql(`create database ${name}`)
  const dump = path.join(folder, 'cohort.dump')
  const before = await during({ DATABASE_URL: saved }, async () => {
    const seen = await answered()
    // The bot goes on meanwhile.
    execFileSync(tool('pg_dump'), ['--format=custom', '--no-owner', `--file=${dump}`, saved], {
      stdio: 'inherit',
    })
    return seen
  })
  execFileSync(
    tool('pg_restore'),
    ['--no-owner', '--exit-on-error', '--single-transaction', `--dbname=${restored}`, dump],
    {
      stdio: 'inherit',
    },
  )
  putBack({ DATABASE_URL: restored })
  compare(before, await during({ DATABASE_URL: restored }, look), 'PostgreSQL, pg_dump and pg_restore')
}

async function onFolder() {
  const [saved, copy] = ['data', 'copy'].map((name) => path.join(folder, name))
  const before = await during({ COHORT_DATA_DIR: saved }, answered)
  cpSync(saved, copy, { recursive: true })
  putBack({ DATABASE_URL: '', COHORT_DATA_DIR: copy })
  compare(before, await during({ COHORT_DATA_DIR: copy }, look), 'the embedded folder, stopped and copied')
}

function putBack(env) {
  execFileSync(process.execPath, [path.join(app, 'bin/cohort.mjs'), 'restored'], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
}

function compare(before, after, how) {
  check(after.question !== undefined && after.question === before.question, `${how}: the same question, once`)
  check(
    /\b1[05] points|\b3 points/.test(before.board) && after.board === before.board,
    `${how}: the same points`,
  )
  check(after.again === before.again, `${how}: a second answer does not count`)
}

/** Starts the program, does something, and stops it. */
async function during(env, work) {
  const child = await start({
    app,
    cwd: folder,
    env: { PORT, CONTENT_DIR: path.join(app, 'content'), ...env },
  })
  running.add(child)
  const result = await work()
  check((await stop(child)) === 0, 'the program ends')
  running.delete(child)
  return result
}

async function answered() {
  await press(firstButton((await conversation(ADDRESS)).find(isQuestion)))
  return look()
}

/** The question with its options, what happens to a second answer, and the board. */
async function look() {
  const questions = (await conversation(ADDRESS)).filter(isQuestion)
  const [question] = questions
  const posed = JSON.stringify(
    question.body.card.blocks.filter((block) => block.kind === 'list' || block.kind === 'text'),
  )
  const again = await press(firstButton(question))
  const board = await told(() => post('say', { as: 'ann', text: '/leaderboard' }))
  return { question: questions.length === 1 ? posed : undefined, again, board }
}

function firstButton(message) {
  const buttons = message.body.card.blocks.find((block) => block.kind === 'buttons')
  return { as: 'ann', message: message.id, id: buttons.buttons[0].id }
}

function press(what) {
  return told(() => post('press', what))
}

/** The card that comes after what `act` does, as text. */
async function told(act) {
  await act()
  return JSON.stringify((await conversation(ADDRESS)).at(-1).body)
}

async function post(act, body) {
  const headers = { Origin: ADDRESS, 'Content-Type': 'application/json' }
  const answer = await fetch(`${ADDRESS}/api/${act}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${act} was answered with ${answer.status}`)
}

async function sql(text) {
  const client = new pg.Client({ connectionString: SERVER })
  await client.connect()
  await client.query(text)
  await client.end()
}

/** Of the newest PostgreSQL on this machine: older tools refuse a newer server. */
function tool(name) {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  return versions.map((version) => path.join(root, version, 'bin', name)).find(existsSync) ?? name
}
