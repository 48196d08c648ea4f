/** From start to ready, first and again, and the memory of the process after some answers over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Card } from '../src/bot/ui/card.js'
import type { Done, StreamEvent } from '../src/platforms/web/wire.js'
import type { Line } from './measure.js'

/** What one person may practise in about a minute. */
const ANSWERS = 100
/** Whoever practises faster is asked to wait. */
const PAUSE_MS = 1000
const PROGRAM = fileURLToPath(new URL('../bin/cohort.mjs', import.meta.url))

export async function benchMemory(): Promise<Line[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cohort-bench-'))
  try {
    const bare = await nodeAlone()
    const first = await startBot(folder)
    const before = memory(first.child)
    await practise(first.address)
    const after = memory(first.child)
    await end(first.child)
    const again = await startBot(folder)
    await end(again.child)
    return [
      {
        what: 'start to ready, first',
        figure: `${first.seconds.toFixed(2)} s`,
        against: `node doing nothing: ${bare.toFixed(2)} s`,
      },
      {
        what: 'start to ready, again',
        figure: `${again.seconds.toFixed(2)} s`,
        against: `the first: ratio ${(again.seconds / first.seconds).toFixed(2)}`,
      },
      { what: `resident memory after ${ANSWERS} answers`, figure: after, against: `when ready: ${before}` },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function nodeAlone(): Promise<number> {
  const began = performance.now()
  const child = spawn(process.execPath, ['-e', '0'])
  await new Promise((resolve) => child.on('exit', resolve))
  return (performance.now() - began) / 1000
}

/** The embedded database whatever DATABASE_URL says: this is what a newcomer starts. */
function startBot(folder: string): Promise<{ child: ChildProcess; address: string; seconds: number }> {
  const began = performance.now()
  const env = {
    ...process.env,
    DATABASE_URL: '',
    COHORT_DATA_DIR: folder,
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  }
  const child = spawn(process.execPath, [PROGRAM, 'start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let output = ''
    child.stdout.on('data', (data) => {
      output += data
      const address = /Open (http:\S+\/)/.exec(output)?.[1]
      if (address && output.includes('Ready in'))
        resolve({ child, address, seconds: (performance.now() - began) / 1000 })
    })
    child.on('exit', (code) => reject(new Error(`the bot ended with ${code}: ${output}`)))
  })
}

function end(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit')
  return new Promise((resolve) => {
    child.on('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

function memory(child: ChildProcess): string {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
    return `${Math.round(Number(kilobytes) / 1024)} MB`
  } catch {
    return 'unknown on this system'
  }
}

type Post = (act: string, body: object) => Promise<Done>

/** Practises as a person would: /quiz, an answer of whatever kind, the next question. */
async function practise(address: string): Promise<void> {
  const post: Post = async (act, body) => {
    const headers = { 'content-type': 'application/json', origin: address.slice(0, -1) }
    const response = await fetch(`${address}api/${act}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ as: 'ben', ...body }),
    })
    if (!response.ok) throw new Error(`${act}: ${response.status}`)
    return (await response.json()) as Done
  }
  const cards = await follow(address)
  let answers = 0
  await post('say', { text: '/quiz 20' })
  for await (const { id, card } of cards) {
    if (answers >= ANSWERS) return
    if (await answer(id, card, post)) answers++
    else await goOn(id, card, post)
  }
}

/** Returns false when the card asks nothing. */
async function answer(message: number, card: Card, post: Post): Promise<boolean> {
  const buttons = card.blocks.flatMap((b) => (b.kind === 'buttons' ? b.buttons : []))
  const press = buttons.find((b) => ['B', 'Match', 'Put in order'].includes(b.label))
  const menu = card.blocks.find((b) => b.kind === 'select')
  if (menu)
    await post('select', {
      message,
      id: menu.id,
      values: menu.options.slice(0, menu.min).map((o) => o.value),
    })
  const { form } = press ? await post('press', { message, id: press.id }) : {}
  if (form) {
    const values = form.form.fields.map((f, i) => [
      f.name,
      f.kind === 'select' ? f.options[Math.min(i, f.options.length - 1)]?.value : '',
    ])
    await post('submit', { form: form.token, values: Object.fromEntries(values) })
  }
  return menu !== undefined || press !== undefined
}

async function goOn(message: number, card: Card, post: Post): Promise<void> {
  if (card.title?.startsWith('Please wait')) await wait(PAUSE_MS)
  const buttons = card.blocks.flatMap((b) => (b.kind === 'buttons' ? b.buttons : []))
  const onward = buttons.find((b) => /^Next|^See how|^Practise more/.test(b.label))
  if (onward) await post('press', { message, id: onward.id })
  else await post('say', { text: '/quiz 20' })
}

/** Private cards as they come over the stream. */
async function follow(address: string): Promise<AsyncGenerator<{ id: number; card: Card }>> {
  const response = await fetch(`${address}api/events?as=ben`)
  return read(response.body?.getReader())
}

async function* read(
  reader: ReadableStreamDefaultReader<Uint8Array> | undefined,
): AsyncGenerator<{ id: number; card: Card }> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (reader) {
      const { value, done } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      for (let cut = text.indexOf('\n\n'); cut !== -1; cut = text.indexOf('\n\n')) {
        const data = text
          .slice(0, cut)
          .split('\n')
          .find((l) => l.startsWith('data: '))
        text = text.slice(cut + 2)
        const event = data ? (JSON.parse(data.slice(6)) as StreamEvent) : undefined
        if (event?.kind === 'put' && event.message.hidden && event.message.body.kind === 'card')
          yield { id: event.message.id, card: event.message.body.card }
      }
    }
  } finally {
    await reader?.cancel()
  }
}
