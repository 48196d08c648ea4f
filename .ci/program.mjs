// The built program in a process of its own, with the local web chat on, and one of its members at the page.
import { spawn } from 'node:child_process'
import path from 'node:path'

const PROGRAM = 'bin/cohort.mjs'

/** Where the program lies, where it is started, what is set, and as whom (`uid`, `gid`); `env` must say the PORT. */
export function start({ app, cwd = app, env, user = {} }) {
  const child = spawn(process.execPath, [path.join(app, PROGRAM), 'start'], {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: '', ...env },
    ...user,
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

export const isQuestion = (message) => message.body.kind === 'card' && message.body.card.title === 'Question of the day'

export function check(ok, what) {
  if (!ok) throw new Error(`failed: ${what}`)
  console.log(`ok: ${what}`)
}
