/** Keeps the database told which content of each pack this process has, and knows of which another one holds. */
import type { Log } from '../bot/deps.js'
import type { Packs } from '../bot/ports/packs.js'
import type { Store } from '../bot/ports/store.js'
import type { BrokenPack } from './content.js'

export interface EditionWatch {
  /** Once, when all else has started: content that the database has not seen holds from now on. */
  start(): Promise<void>
  /** Often: that this process is there, and what holds. */
  beat(): Promise<void>
  /** At a clean stop. */
  release(): Promise<void>
  /** The packs of which another content holds, or that only others have. */
  others(): readonly string[]
  /** How many packs are served, of which another content holds, and are left out. */
  counts(): Readonly<Record<PackState, number>>
  /** For `/healthz`; undefined when all is as it should be. */
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
