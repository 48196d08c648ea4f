/**
 * Draws in a thread of its own: a picture takes a tenth of a second, which would stall everybody who answers
 * meanwhile.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Drawn } from './draw-worker.js'
import { type Draw, remembering } from './remembering.js'

interface Waiting {
  readonly resolve: (png: Uint8Array) => void
  readonly reject: (error: Error) => void
}

/** The built worker next to this file; without a build, pictures are drawn in this thread. */
const ENTRY = new URL('./draw-worker.js', import.meta.url)

/**
 * The thread starts with the first picture and does not keep the program alive; if it fails, the next picture
 * starts another one. `here` draws in this thread.
 */
export function createDrawer(here: Draw): Draw {
  return existsSync(fileURLToPath(ENTRY)) ? remembering(apart()) : here
}

function apart(): Draw {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0

  function begin(): Worker {
    const begun = new Worker(ENTRY, { env: {} })
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
