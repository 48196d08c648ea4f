/**
 * Measures the time from start to ready, the first time and again, and the memory of the process: idle, and
 * after some answers over HTTP.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Card } from '../src/bot/ui/card.js'
import type { Bank } from '../src/content/bank.js'
import { SECOND_MS } from '../src/core/time.js'
import type { Done, StreamEvent } from '../src/platforms/web/wire.js'
import { type Child, freePort, run, startBot } from './load/child.js'
import { startDiscordSide } from './load/discord.js'
import { HOST } from './load/side.js'
import { startSlackSide } from './load/slack.js'
import { messageOf, questionsOf } from './load/world.js'
import type { Line } from './measure.js'
import { openScratch } from './scratch.js'

/** The number of questions that one person may practise in about a minute. */
const ANSWERS = 100
/** People who practise faster are asked to wait. */
const PAUSE_MS = 1000
/** Within this time the work that follows the start is done. */
const IDLE_MS = 30 * SECOND_MS
/** Opens the database of a data folder that the bot has left, and nothing else. */
const DATABASE_ALONE = `const { PGlite } = await import('@electric-sql/pglite')
await PGlite.create(process.argv[1])
console.log('Ready')
setInterval(() => {}, 1000)`

export async function benchMemory(bank: Bank, url: string | undefined): Promise<Line[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cohort-bench-'))
  try {
    const bare = await nodeAlone()
    const first = await startEmbedded(folder)
    const before = first.child.memory()
    await practise(first.address)
    const after = first.child.memory()
    await first.child.end()
    const again = await startEmbedded(folder)
    const readyAgain = again.child.memory()
    await again.child.end()
    const alone = await databaseAlone(folder)
    return [
      {
        what: 'start to ready, first',
        figure: `${first.seconds.toFixed(2)} s`,
        against: `node doing nothing: ${bare.toFixed(2)} s; ratio ${(first.seconds / bare).toFixed(1)}`,
      },
      {
        what: 'start to ready, again',
        figure: `${again.seconds.toFixed(2)} s`,
        against: `node doing nothing: ratio ${(again.seconds / bare).toFixed(1)}`,
      },
      {
        what: `resident memory, embedded, after ${ANSWERS} answers`,
        figure: `${after} MB`,
        against: `when ready: ${before} MB; when ready again: ${readyAgain} MB; the database alone: ${alone} MB`,
      },
      await onPostgres(bank, url),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Returns the median of five runs, in seconds. */
async function nodeAlone(): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const began = performance.now()
    const child = spawn(process.execPath, ['-e', '0'])
    await new Promise((resolve) => child.on('exit', resolve))
    times.push((performance.now() - began) / SECOND_MS)
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN
}

/** Uses the embedded database whatever DATABASE_URL says, since newcomers start with it. */
async function startEmbedded(folder: string): Promise<{ child: Child; address: string; seconds: number }> {
  const port = String(await freePort())
  const began = performance.now()
  const child = await startBot({
    DATABASE_URL: '',
    COHORT_DATA_DIR: folder,
    PORT: port,
    LOG_LEVEL: 'error',
  })
  return {
    child,
    address: `http://${HOST}:${port}/`,
    seconds: (performance.now() - began) / SECOND_MS,
  }
}

async function databaseAlone(folder: string): Promise<number> {
  const child = await run(['--input-type=module', '-e', DATABASE_ALONE, path.join(folder, 'pg')], {})
  const memory = child.memory()
  await child.end()
  return memory
}

/** Measures with Slack and Discord on, and no users. */
async function onPostgres(bank: Bank, url: string | undefined): Promise<Line> {
  const what = 'resident memory on PostgreSQL, Slack and Discord on, when ready'
  if (!url) return { what, figure: 'left out', against: 'it needs a Postgres: set DATABASE_URL' }
  const scratch = await openScratch(url)
  const card = messageOf(questionsOf(bank)[0], Date.now())
  const sides = [await startSlackSide(card, 1), await startDiscordSide(card, 1)]
  try {
    const port = String(await freePort())
    const env = Object.assign({}, ...sides.map((side) => side.env)) as Readonly<Record<string, string>>
    const child = await startBot({
      ...env,
      DATABASE_URL: scratch.url ?? '',
      PORT: port,
      LOG_LEVEL: 'error',
    })
    const ready = child.memory()
    await wait(IDLE_MS)
    const idle = child.memory()
    await child.end()
    return { what, figure: `${ready} MB`, against: `idle for ${IDLE_MS / SECOND_MS} s: ${idle} MB` }
  } finally {
    for (const side of sides) side.stop()
    await scratch.drop()
  }
}

type Post = (act: string, body: object) => Promise<Done>

/** Practises like a person: /quiz, an answer of any kind, the next question. */
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

/** Returns false if the card asks nothing. */
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

/** Returns the private cards that arrive over the stream. */
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
