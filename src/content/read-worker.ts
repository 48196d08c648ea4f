/** What the thread of `read-in-worker.ts` runs: one file, and it is over. */
import { parentPort, workerData } from 'node:worker_threads'
import type { SourceFile } from './formats/format.js'
import { readOrTell } from './read-apart.js'

parentPort?.postMessage(readOrTell(workerData as SourceFile))
