import type { Bank } from '../../content/bank.js'
import type { Search } from '../../search/search.js'

/** The packs, in their order. */
export interface Packs {
  readonly all: readonly LoadedPack[]
  /** What holds where nobody chose. */
  readonly first: LoadedPack
  get(id: string): LoadedPack | undefined
}

/** What a pack holds, and its look-up. */
export interface LoadedPack {
  readonly bank: Bank
  readonly search: Search
}
