/** The thread that draws, one picture at a time; `draw-apart.ts` starts it. */
import { parentPort } from 'node:worker_threads'
import type { Picture } from '../bot/ui/card.js'
import { render } from './draw.js'

/** The answer to `{ id, picture }`: the PNG, or an error. */
export interface Drawn {
  readonly id: number
  readonly png?: Uint8Array
  readonly error?: string
}

let before = Promise.resolve()

parentPort?.on('message', ({ id, picture }: { readonly id: number; readonly picture: Picture }) => {
  before = before
    .then(() => render(picture))
    .then(
      (png): Drawn => ({ id, png }),
      (error): Drawn => ({ id, error: error instanceof Error ? error.message : String(error) }),
    )
    .then((drawn) => parentPort?.postMessage(drawn))
})
