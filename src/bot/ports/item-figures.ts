/** The database's verbs about how hard items are and how able people are. */
import type { Flag, Rating } from '../../core/items.js'
import type { Answer } from '../../core/model.js'

export interface ItemKey {
  readonly question: string
  readonly version: string
  /** Index of the item in its question. */
  readonly item: number
}

/** The facts about an item that rate an answer to it. */
export interface RatedItem {
  readonly pack: string
  /** The chance to be right without knowing the answer. */
  readonly guess: number
  /** Its rating before anybody has answered. */
  readonly start: Rating
}

/** The first answer of one person, without the person's identity. */
export interface FirstAnswer extends ItemKey {
  readonly seed: number
  readonly answer: Answer
  readonly right: boolean
  /** The person's ability in the pack. */
  readonly theta: number
}

export interface ItemFigureStore {
  /**
   * Counts the next answers, up to `limit`, without those of the last minutes: each first answer changes the
   * ratings of a person and an item, and is marked as counted in the same transaction. After a regrade
   * everything is counted again. Returns how many were read, 0 if there are none; undefined when another
   * process is doing it.
   */
  countFirstAnswers(
    now: number,
    limit: number,
    itemOf: (key: ItemKey) => RatedItem | undefined,
  ): Promise<number | undefined>
  /**
   * Sets the mean of each pack to 0 and shifts people alike, so that no chance changes; once in this ISO
   * week.
   */
  centreItems(week: string): Promise<void>
  /** First answers to these questions, in any version; without answers to withdrawn ones. */
  firstAnswers(pack: string, questions: readonly string[]): Promise<FirstAnswer[]>
  itemRatings(pack: string): Promise<(ItemKey & Rating)[]>
  /** Does nothing for an item without a rating. */
  saveFlags(items: readonly (ItemKey & { readonly flags: readonly Flag[] })[]): Promise<void>
  /** Questions of a pack whose key may be wrong, by last night's flags. */
  suspectKeys(pack: string): Promise<string[]>
}
