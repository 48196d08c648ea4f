import { expect, it } from 'vitest'
import { readInWorker } from '../../src/content/read-in-worker.js'

const file = (text: string, path = 'week-1.txt') => ({ path, bytes: new TextEncoder().encode(text) })

/** A thread that does something else than to read. */
const doing = (code: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { workerData, parentPort } from 'node:worker_threads'\n${code}`)}`,
  )

it('reads a file as it is read in place, and says what a file is that nobody reads', {
  tags: ['slow'],
}, async () => {
  const [read, picture] = await Promise.all([
    readInWorker(file('What is a pear?\nA. A fruit\nB. A stone\nANSWER: A\n')),
    readInWorker(file('%PDF-1.7 …', 'a.txt')),
  ])
  expect(read).toMatchObject({ kind: 'read', file: { format: 'Aiken', leftOut: [] } })
  expect(read.kind === 'read' && read.file.questions.map(({ item }) => item.stem)).toEqual([
    'What is a pear?',
  ])
  expect(picture).toMatchObject({ kind: 'unknown', why: expect.stringContaining('PDF') })
})

it('gives up a file that takes too long, while everything else goes on', async () => {
  let turns = 0
  const timer = setInterval(() => turns++, 5)
  const entry = doing('for (;;) {}')
  expect(await readInWorker(file('x'), { entry, timeoutMs: 300 })).toEqual({ kind: 'too-much' })
  clearInterval(timer)
  expect(turns).toBeGreaterThan(5)
})

it('gives up a file that takes too much memory, and this process lives on', async () => {
  const entry = doing('const kept = []; for (;;) kept.push(new Array(10_000).fill(Math.random()))')
  expect(await readInWorker(file('x'), { entry, heapMb: 16 })).toEqual({ kind: 'too-much' })
})

it('gives up a thread that ends without a word', async () => {
  expect(await readInWorker(file('x'), { entry: doing('process.exit(0)') })).toEqual({ kind: 'too-much' })
})

it('tells of a bug where it is, and nothing of the file', async () => {
  const entry = doing('throw new TypeError(new TextDecoder().decode(workerData.bytes))')
  const error = await readInWorker(file('the key is B'), { entry }).catch((one: Error) => one)
  expect(error).toMatchObject({ message: 'a question file was not read', cause: { name: 'TypeError' } })
  expect(JSON.stringify([error, (error as Error).cause])).not.toContain('the key is B')
})

it('hands no token of the environment to whatever reads a file, and prints nothing of it', async () => {
  process.env.COHORT_TEST_TOKEN = 'xoxb-secret'
  const entry = doing(
    'console.log("printed"); parentPort.postMessage({ kind: "unknown", why: JSON.stringify(process.env) })',
  )
  expect(await readInWorker(file('x'), { entry })).toEqual({ kind: 'unknown', why: '{}' })
  delete process.env.COHORT_TEST_TOKEN
})
