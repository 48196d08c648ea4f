// The built program in a process of its own, with the local web chat on, and one of its members at the page.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'

const PROGRAM = 'bin/cohort.mjs'
/** Far above what a start takes, also where the database is made first. */
const START_MS = 60_000

/** One that nobody listens on at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/**
 * Where the program lies, where it is started, what is set, as whom (`uid`, `gid`), and by which Node; `env`
 * must say the PORT.
 */
export function start({ app, cwd = app, env, user = {}, node = process.execPath }) {
  const child = spawn(node, [path.join(app, PROGRAM), 'start'], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: '', ...env },
    ...user,
  })
  return new Promise((resolve, reject) => {
    let output = ''
    const giveUp = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`it is not ready after ${START_MS / 1000} s:\n${output}`))
    }, START_MS)
    const read = (data) => {
      output += data
      if (!output.includes('Ready in')) return
      clearTimeout(giveUp)
      resolve(child)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', (code) => {
      clearTimeout(giveUp)
      reject(new Error(`it ended with ${code}:\n${output}`))
    })
  })
}

/** Gives its exit code. */
export function stop(child) {
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.on('exit', resolve)
    child.kill('SIGTERM')
  })
}

/** What Ann sees on the page, oldest first. */
export async function conversation(address) {
  const stream = await fetch(`${address}/api/events?as=ann`)
  const reader = stream.body.getReader()
  let text = ''
  while (!text.includes('\n\n')) text += new TextDecoder().decode((await reader.read()).value)
  await reader.cancel()
  return JSON.parse(text.slice(text.indexOf('{'), text.indexOf('\n', text.indexOf('{')))).messages
}

export const isQuestion = (message) =>
  message.body.kind === 'card' && message.body.card.title === 'Question of the day'

export function check(ok, what) {
  if (!ok) throw new Error(`failed: ${what}`)
  console.log(`ok: ${what}`)
}
