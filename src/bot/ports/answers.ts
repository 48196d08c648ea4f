/** Answers to rounds and in practice. */
import type { Confidence } from '../../core/confidence.js'
import type { Answer, Streak } from '../../core/model.js'
import type { UserKey } from './keys.js'

export interface AnswerStore {
  /**
   * Records the one answer to an item of a round and updates the streak: one statement, one round trip.
   * Boards change when the round is settled.
   */
  answer(given: GivenAnswer): Promise<AnswerResult>
  /**
   * Items of open rounds that this user has not answered yet: those of all teams of the workspace, and of the
   * user's teams elsewhere on the platform.
   */
  openItems(who: UserKey): Promise<{ readonly question: string; readonly item: number }[]>
  /** This user's answers to a round, by their slots. */
  answersOf(who: UserKey, round: number): Promise<ReadonlyMap<number, EarlierAnswer>>
  /**
   * Records an answer in practice. Returns `already` when this instance was answered before, `unknown` when
   * the workspace does not exist.
   */
  practise(given: PracticeAnswer): Promise<'recorded' | 'already' | 'unknown'>
}

export interface EarlierAnswer {
  readonly answer: Answer
  readonly right: boolean
  readonly points: number
}

export interface GivenAnswer extends UserKey {
  readonly name: string
  readonly round: number
  readonly slot: number
  readonly answer: Answer
  readonly now: number
  /**
   * The answer counts only for a round of this channel. Undefined if the member is known to be allowed to see
   * the round.
   */
  readonly channel: string | undefined
}

export type AnswerResult =
  | {
      readonly outcome: 'recorded'
      readonly right: boolean
      /** Points for the answer, streak bonus included. */
      readonly points: number
      readonly bonus: number
      /** The member wrote or reviewed the question, so it counts as tried. */
      readonly isKnown: boolean
      readonly streak: Streak
      /** The length of the streak that turned out to be broken. */
      readonly lostDays: number
      /** The member's points in this season after the answer, including those of open rounds. */
      readonly seasonPoints: number
      readonly posted: PostedItem
    }
  | {
      readonly outcome: 'already'
      readonly answer: Answer
      readonly right: boolean
      readonly points: number
      readonly posted: PostedItem
    }
  | { readonly outcome: 'closed' }
  /** The member answered it before their data was deleted, and the round is still open. */
  | { readonly outcome: 'spent' }
  /** There is no such round in this channel. */
  | { readonly outcome: 'unknown' }

/** The data to make the instance of the answered item again. */
export interface PostedItem {
  readonly team: number
  readonly question: string
  readonly version: string
  readonly seed: number
  readonly keyVersion: string | undefined
  /** Index of the item within its question. */
  readonly item: number
  /** The number of items of the round in total. */
  readonly slots: number
}

export interface PracticeAnswer extends UserKey {
  readonly name: string
  readonly question: string
  readonly version: string
  readonly seed: number
  readonly item: number
  readonly answer: Answer
  readonly right: boolean
  readonly confidence?: Confidence | undefined
  readonly now: number
}
