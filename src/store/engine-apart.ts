/**
 * Runs the embedded Postgres in a thread of its own: it opens while the program is still loaded, and nobody
 * waits for the statements of others.
 */
import { threadOf } from '../content/thread.js'
import type { Place } from './embedded-folder.js'
import type { Answer, Bytes, Engine } from './engine.js'

export type Asked = Bytes | 'reset' | 'close'

/** The answers, in order; the first one tells that the folder is open. */
export type Told =
  | { readonly kind: 'done' }
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly why: string }

interface Waiting {
  readonly resolve: (answer: Answer | undefined) => void
  readonly reject: (error: Error) => void
}

/** Resolves when the folder is open. The thread keeps the program alive only while it works. */
export async function engineApart(place: Place): Promise<Engine> {
  const waiting: Waiting[] = []
  let ended: Error | undefined
  const worker = threadOf(new URL('./engine-thread.js', import.meta.url), { workerData: place })

  function settled(act: (one: Waiting) => void): void {
    const one = waiting.shift()
    if (waiting.length === 0) worker.unref()
    if (one) act(one)
  }
  function end(error: Error): void {
    ended ??= error
    while (waiting.length > 0) settled(({ reject }) => reject(error))
  }
  const next = () =>
    new Promise<Answer | undefined>((resolve, reject) => {
      if (ended) return reject(ended)
      waiting.push({ resolve, reject })
      worker.ref()
    })
  const done = async (asked: Asked) => {
    worker.postMessage(asked, typeof asked === 'object' ? [asked.buffer] : [])
    return next()
  }

  worker.on('message', (told: Told) => {
    if (told.kind === 'failed') settled(({ reject }) => reject(new Error(told.why)))
    else settled(({ resolve }) => resolve(told.kind === 'answer' ? told.answer : undefined))
  })
  worker.on('error', end)
  worker.on('exit', (code) => end(new Error(`its thread has ended with ${code}`)))
  try {
    await next()
  } catch (error) {
    await worker.terminate()
    throw error
  }
  return {
    async reset() {
      await done('reset')
    },
    async ask(request) {
      const answer = await done(request)
      if (!answer) throw new Error('no answer to a request')
      return answer
    },
    async close() {
      await done('close').finally(() => worker.terminate())
    },
  }
}
