/** What is asked of the database about how hard items are and how able people are. */
import type { Flag, Rating } from '../../core/items.js'
import type { Answer } from '../../core/model.js'

export interface ItemKey {
  readonly question: string
  readonly version: string
  /** Index of the item in its question. */
  readonly item: number
}

/** What an answer to an item is rated by. */
export interface RatedItem {
  readonly pack: string
  /** The chance to be right without knowing. */
  readonly guess: number
  /** Where it stands before anybody has answered. */
  readonly start: Rating
}

/** Of a person who is not named. */
export interface FirstAnswer extends ItemKey {
  readonly seed: number
  readonly answer: Answer
  readonly right: boolean
  /** How able they are in the pack. */
  readonly theta: number
}

export interface ItemFigureStore {
  /**
   * Counts the next answers in, up to `limit`, those of the last minutes left out: people and items move by
   * each first answer, and that it is counted is written down with that. After a regrade all are counted
   * anew. Returns how many were looked at, 0 when there is none; undefined when another process is at it.
   */
  countFirstAnswers(
    now: number,
    limit: number,
    itemOf: (key: ItemKey) => RatedItem | undefined,
  ): Promise<number | undefined>
  /** Sets the mean of each pack to 0, people alike, so that no chance changes; once in this ISO week. */
  centreItems(week: string): Promise<void>
  /** Of these questions, in whatever version; without answers to what was withdrawn. */
  firstAnswers(pack: string, questions: readonly string[]): Promise<FirstAnswer[]>
  itemRatings(pack: string): Promise<(ItemKey & Rating)[]>
  /** Nothing happens for an item without a rating. */
  saveFlags(items: readonly (ItemKey & { readonly flags: readonly Flag[] })[]): Promise<void>
  /** Questions of a pack whose key may be wrong, by the flags of the last night. */
  suspectKeys(pack: string): Promise<string[]>
}
