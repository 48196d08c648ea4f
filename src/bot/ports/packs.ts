import type { Bank } from '../../content/bank.js'
import type { Search } from '../../search/search.js'
import type { Caller } from './chat.js'
import type { Edition } from './editions.js'

/** The packs, in their order. */
export interface Packs {
  readonly all: readonly LoadedPack[]
  /** What holds where nobody chose. */
  readonly first: LoadedPack
  /** Of those that were read of files: what is compared with other processes. */
  readonly editions: readonly Edition[]
  /** All of a pack, whichever exam it serves. */
  get(id: string): LoadedPack | undefined
  /**
   * The pack as somebody prepares with it: the exam stands first in its bank, which has only the questions that
   * serve it. That of the first pack where there is no such pack.
   */
  preparing(of: Preparing | undefined): LoadedPack
}

/** A pack and one of its exams; the first one where it is left out, or not there. */
export interface Preparing {
  readonly pack: string
  readonly exam?: string | undefined
}

/** What a pack holds, and its look-up. */
export interface LoadedPack {
  readonly bank: Bank
  readonly search: Search
}

/** What somebody prepares for with a pack. */
export const preparedIn = ({ bank: { pack } }: Pick<LoadedPack, 'bank'>): Preparing => ({
  pack: pack.id,
  exam: pack.exams[0]?.id,
})

/** Which pack people are answered from where they are. */
export interface PackChoices {
  /** What `ask` gave for this caller in this channel in the last minute, else what it gives now. */
  of(caller: Caller, ask: () => Promise<Preparing | undefined>): Promise<Preparing | undefined>
  /** Whatever the caller did may have changed it. */
  forget(caller: Caller): void
}
