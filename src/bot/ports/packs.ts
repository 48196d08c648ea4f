import type { Bank } from '../../content/bank.js'
import type { Search } from '../../search/search.js'
import type { Caller } from './chat.js'
import type { Edition } from './editions.js'

/** The packs, in their order. */
export interface Packs {
  readonly all: readonly LoadedPack[]
  /** The pack that is used where nobody chose one. */
  readonly first: LoadedPack
  /** The packs that were read from files; they are compared with other processes. */
  readonly editions: readonly Edition[]
  /** The whole pack, with the content for all its exams. */
  get(id: string): LoadedPack | undefined
  /**
   * The pack as a person prepares with it: its bank has the exam first, and only the questions that serve it.
   * If the pack is unknown, this is the first pack with its exam.
   */
  preparing(of: Preparing | undefined): LoadedPack
}

/** A pack and one of its exams; the first exam if it is left out or unknown. */
export interface Preparing {
  readonly pack: string
  readonly exam?: string | undefined
}

/** The content of a pack, and its look-up. */
export interface LoadedPack {
  readonly bank: Bank
  readonly search: Search
}

/** The pack and exam that a person prepares for. */
export const preparedIn = ({ bank: { pack } }: Pick<LoadedPack, 'bank'>): Preparing => ({
  pack: pack.id,
  exam: pack.exams[0]?.id,
})

/** Which pack answers people in the place where they are. */
export interface PackChoices {
  /** Returns the result of `ask` for this caller in this channel, cached for a minute. */
  of(caller: Caller, ask: () => Promise<Preparing | undefined>): Promise<Preparing | undefined>
  /** Drops the cached result, after the caller did something that may have changed it. */
  forget(caller: Caller): void
}
