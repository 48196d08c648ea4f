/**
 * Draws in a thread of its own: a picture takes a tenth of a second, which would stall everybody who answers
 * meanwhile.
 */
import type { Worker } from 'node:worker_threads'
import { threadOf } from '../content/thread.js'
import type { Drawn } from './draw-worker.js'
import { type Draw, remembering } from './remembering.js'

interface Waiting {
  readonly resolve: (png: Uint8Array) => void
  readonly reject: (error: Error) => void
}

const ENTRY = new URL('./draw-worker.js', import.meta.url)

/**
 * The thread starts with the first picture and does not keep the program alive; if it fails, the next picture
 * starts another one.
 */
export const createDrawer = (): Draw => remembering(apart())

function apart(): Draw {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0

  function begin(): Worker {
    const begun = threadOf(ENTRY, { env: {} })
    begun.unref()
    begun.on('message', ({ id, png, error }: Drawn) => {
      const one = waiting.get(id)
      waiting.delete(id)
      if (png) one?.resolve(png)
      else one?.reject(new Error(error))
    })
    begun.on('error', (error) => end(begun, error))
    begun.on('exit', (code) => end(begun, new Error(`the thread that draws ended with ${code}`)))
    return begun
  }

  function end(ended: Worker, error: Error): void {
    if (worker !== ended) return
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  return (picture) => {
    worker ??= begin()
    const id = ++last
    worker.postMessage({ id, picture })
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
  }
}
