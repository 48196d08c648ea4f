/** The program of the thread in `read-in-worker.ts`: it reads one file and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import type { SourceFile } from './formats/format.js'
import { readOrTell } from './read-apart.js'

parentPort?.postMessage(readOrTell(workerData as SourceFile))
