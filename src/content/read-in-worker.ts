/**
 * Reads question files in a separate thread: the bot serves everybody else meanwhile, and a file that takes
 * too much time or memory ends only its thread.
 */
import type { Worker } from 'node:worker_threads'
import type { QuestionFile, SourceFile } from './formats/format.js'
import { threadOf } from './thread.js'

/** `why`: what the file is instead, and what to do. `too-much`: reading was stopped. */
export type ApartReading =
  | { readonly kind: 'read'; readonly file: QuestionFile }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'too-much' }

export interface WorkerLimits {
  readonly timeoutMs?: number
  readonly heapMb?: number
  /** The module that the thread runs. */
  readonly entry?: URL
}

/** Far more than a real file of 5 MB takes. */
const TIMEOUT_MS = 20_000
const HEAP_MB = 256
const ENTRY = new URL('./read-worker.js', import.meta.url)

/** Rejects if a reader has a bug, with a message that contains nothing of the file. */
export function readInWorker(
  file: SourceFile,
  { timeoutMs = TIMEOUT_MS, heapMb = HEAP_MB, entry = ENTRY }: WorkerLimits = {},
): Promise<ApartReading> {
  const worker = open(entry, file, heapMb)
  return new Promise((resolve, reject) => {
    const end = (reading: ApartReading) => {
      clearTimeout(late)
      resolve(reading)
      void worker.terminate()
    }
    const late = setTimeout(() => end({ kind: 'too-much' }), timeoutMs)
    worker.once('message', (reading: ApartReading) => end(reading))
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return end({ kind: 'too-much' })
      clearTimeout(late)
      // The message of a parser may quote the file.
      reject(
        new Error('a question file was not read', { cause: { name: error.name, stack: linesOf(error) } }),
      )
    })
    worker.once('exit', () => end({ kind: 'too-much' }))
  })
}

/** Returns where it failed, without the error's message. */
function linesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n')
}

/** The thread gets no environment, since that holds tokens, and nobody reads what its libraries print. */
function open(entry: URL, file: SourceFile, heapMb: number): Worker {
  const worker = threadOf(entry, {
    ...{ workerData: file, env: {}, stdout: true, stderr: true },
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  worker.stdout.resume()
  worker.stderr.resume()
  return worker
}
