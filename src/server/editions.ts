/**
 * Tells the database which content of each pack this process has, and tracks for which packs another content
 * holds.
 */
import type { Log } from '../bot/deps.js'
import type { Packs } from '../bot/ports/packs.js'
import type { Store } from '../bot/ports/store.js'
import type { BrokenPack } from './content.js'

export interface EditionWatch {
  /** Call once, after everything else has started: content that is new to the database holds from now on. */
  start(): Promise<void>
  /** Call often: reports that this process is running, and reads which contents hold. */
  beat(): Promise<void>
  /** Call at a clean stop. */
  release(): Promise<void>
  /** Packs for which another content holds, or that only other processes have. */
  others(): readonly string[]
  /** The number of packs that are served, have another content, and are left out. */
  counts(): Readonly<Record<PackState, number>>
  /** A note for `/healthz`; undefined if everything is in order. */
  note(): string | undefined
}

export type PackState = 'served' | 'other' | 'broken'

export function watchEditions(
  { editions, all }: Pick<Packs, 'editions' | 'all'>,
  broken: readonly Pick<BrokenPack, 'id'>[],
  { store, log }: { readonly store: Pick<Store, 'holdEditions' | 'releaseEditions'>; readonly log: Log },
): EditionWatch {
  let others: readonly string[] = []
  const isOwn = (id: string) => editions.some((one) => one.id === id)
  async function hold(isStart: boolean): Promise<void> {
    const found = await store.holdEditions(editions, isStart)
    const [lost, back] = [missing(found, others), missing(others, found)]
    others = found
    if (lost.length > 0)
      log.warn({ packs: lost }, 'another content of a pack holds, no round of it is posted by this process')
    if (back.length > 0) log.info({ packs: back }, 'the content of a pack holds again')
  }
  return {
    start: () => hold(true),
    beat: () => hold(false),
    release: () => store.releaseEditions(editions),
    others: () => others,
    counts: () => ({
      served: all.length - others.filter(isOwn).length,
      other: others.length,
      broken: broken.length,
    }),
    note() {
      const said = [
        ...others.map(
          (id) =>
            `${id}: other processes have ${isOwn(id) ? 'another content of it' : 'it'}, and this one posts no questions of it; give it the same files and restart it`,
        ),
        ...broken.map(
          ({ id }) => `${id}: left out, since its files have problems; "cohort content check" lists them`,
        ),
      ]
      return said.length > 0 ? said.join('; ') : undefined
    },
  }
}

const missing = (from: readonly string[], others: readonly string[]) =>
  from.filter((id) => !others.includes(id))
