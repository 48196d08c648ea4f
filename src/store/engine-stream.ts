/** A connection to the embedded Postgres, which takes the place of a socket in the driver. */
import { Duplex } from 'node:stream'
import type { Watched } from './watch.js'

type Done = (error?: Error | null) => void

export class EngineStream extends Duplex {
  readonly #engine: Watched

  constructor(engine: Watched) {
    super()
    this.#engine = engine
  }

  connect(): this {
    this.#engine.reset().then(
      () => this.emit('connect'),
      (error) => this.destroy(error),
    )
    return this
  }

  setNoDelay(): this {
    return this
  }

  ref(): void {}

  unref(): void {}

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#ask([chunk], done)
  }

  /** The driver writes all messages of a statement at once. */
  override _writev(chunks: { readonly chunk: Buffer }[], done: Done): void {
    this.#ask(
      chunks.map(({ chunk }) => chunk),
      done,
    )
  }

  override _final(done: Done): void {
    this.push(null)
    done()
  }

  #ask(chunks: readonly Buffer[], done: Done): void {
    // In memory of its own, which is handed over.
    const request = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const chunk of chunks) {
      request.set(chunk, at)
      at += chunk.length
    }
    this.#engine.ask(request).then(({ data, last }) => {
      if (data.length > 0) this.push(data)
      done(last)
    }, done)
  }
}
