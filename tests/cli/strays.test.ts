// @module-tag slow
/** What reaches the process by no way of ours, in a process of its own. */
import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PROGRAM } from '../helpers/program.js'

const SETUP = `
  const { createLog } = await import('./src/log.ts')
  const { logStrays } = await import('./src/server/strays.ts')
  const log = createLog('info')
  logStrays(log)
  const soon = () => new Promise((done) => setImmediate(done))
`

async function run(
  work: string,
  err: 'pipe' | number = 'pipe',
): Promise<{ code: number | null; out: string; lines: Record<string, unknown>[] }> {
  const args = [
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    `${SETUP}${work}; await soon(); await soon(); console.log('alive')`,
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', err] })
  const said = { out: '', err: '' }
  child.stdout?.on('data', (part) => {
    said.out += part
  })
  child.stderr?.on('data', (part) => {
    said.err += part
  })
  const code = await new Promise<number | null>((done) => child.on('close', done))
  const lines = said.err.split('\n').filter((line) => line !== '')
  return { code, out: said.out.trim(), lines: lines.map((line) => JSON.parse(line)) }
}

it('an error that nobody caught is a line of the log with its stack, and the process goes on', {
  tags: ['slow'],
}, async () => {
  const { code, out, lines } = await run(`
    setImmediate(() => { throw new TypeError('of a callback') })
    Promise.reject(new Error('of a promise'))
    Promise.reject(undefined)
    setImmediate(() => { throw Object.assign(new Error('x'), { stack: 5, message: { odd: true } }) })`)
  expect([code, out]).toEqual([0, 'alive'])
  const errors = lines.filter((line) => line.msg === 'an error that nobody caught')
  expect(errors).toHaveLength(4)
  expect(errors).toContainEqual(
    expect.objectContaining({
      origin: 'uncaughtException',
      error: expect.objectContaining({
        name: 'TypeError',
        message: 'of a callback',
        stack: expect.stringMatching(/^ +at /),
      }),
    }),
  )
  expect(errors).toContainEqual(
    expect.objectContaining({
      origin: 'unhandledRejection',
      error: expect.objectContaining({ message: 'of a promise' }),
    }),
  )
})

it('what Node warns of and what a library prints are lines of the log too', async () => {
  const { lines } = await run(`
    process.emitWarning('of Node')
    console.error('of', 'a library')
    console.warn(new Error('of another'))`)
  expect(lines).toMatchObject([
    { msg: 'a library printed', text: 'of' },
    { msg: 'a library printed', error: { message: 'of another' } },
    { msg: 'a warning of Node', error: { message: 'of Node' } },
  ])
})

it('what was no JSON is not quoted, nor what the database cannot take, neither in the message nor in the stack', {
  tags: ['slow'],
}, async () => {
  const { lines } = await run(`
    try { JSON.parse('hunter2') } catch (error) { log.error({ error }, 'broken') }
    log.error({ error: Object.assign(new Error('invalid input syntax: "hunter2"'), { code: '22P02' }) }, 'broken')`)
  const message = 'not told, since it quotes what was sent'
  expect(lines).toMatchObject([
    { error: { name: 'SyntaxError', message } },
    { error: { code: '22P02', message } },
  ])
  expect(JSON.stringify(lines)).not.toContain('hunter2')
})

it('a log that cannot be written ends nothing', { tags: ['slow'] }, async () => {
  const { code, out } = await run(
    `log.error({}, 'x'); setImmediate(() => { throw new Error('y') })`,
    openSync('/dev/full', 'w'),
  )
  expect([code, out]).toEqual([0, 'alive'])
})

it('whoever closes what a command prints, such as head, ends it quietly', { tags: ['slow'] }, async () => {
  const child = spawn(process.execPath, [...PROGRAM, 'slack', 'manifest'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.destroy()
  let err = ''
  child.stderr.on('data', (part) => {
    err += part
  })
  const code = await new Promise<number | null>((done) => child.on('close', done))
  expect([code, err]).toEqual([0, ''])
})
