/** The program of the thread in `engine-apart.ts`: opens the folder, then answers until it is told to close. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { openFolder, type Place } from './embedded-folder.js'
import { type Engine, engineHere } from './engine.js'
import type { Asked, Told } from './engine-apart.js'

if (parentPort) await run(parentPort, workerData as Place)

async function run(port: MessagePort, place: Place): Promise<void> {
  const tell = (told: Told) => port.postMessage(told, told.kind === 'answer' ? [told.answer.data.buffer] : [])
  const work = async (act: () => Promise<Told>) =>
    tell(await act().catch((error): Told => ({ kind: 'failed', why: reason(error) })))
  let engine: Engine | undefined
  await work(async () => {
    engine = engineHere(await openFolder(place))
    return { kind: 'done' }
  })
  if (!engine) return
  let last = Promise.resolve()
  const { ask, reset, close } = engine
  port.on('message', (asked: Asked) => {
    last = last.then(() =>
      work(async () => {
        if (typeof asked === 'object') return { kind: 'answer', answer: await ask(asked) }
        await { reset, close }[asked]()
        return { kind: 'done' }
      }),
    )
  })
}

/** PGlite's file system throws no `Error`, only a number as in C. */
const NO_ROOM = 51

function reason(error: unknown): string {
  if (error instanceof Error) return error.message
  const errno = typeof error === 'object' && error !== null && 'errno' in error ? error.errno : undefined
  return errno === NO_ROOM
    ? 'there is no room left on the disk'
    : `its files cannot be written or read (${errno ?? error})`
}
