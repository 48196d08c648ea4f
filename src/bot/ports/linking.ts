/** The database's verbs about the accounts of one person. */

import type { UserKey } from './keys.js'
import type { ExamPlan } from './learning.js'

/** A member on any platform. */
export interface Account extends UserKey {
  /** The row of the member. */
  readonly id: number
  readonly name: string
}

/** A code as it is stored. */
export interface HashedCode {
  readonly salt: Uint8Array
  readonly hash: Uint8Array
}

/** The result of typing a code. */
export type TypedCode =
  /** `first`: the account that the code belongs to. From now on the code no longer works. */
  | { readonly outcome: 'found'; readonly first: Account }
  | { readonly outcome: 'own' }
  | { readonly outcome: 'linked'; readonly first: Account }
  /** There is no such code, or it has expired. `left`: how many more wrong tries are allowed. */
  | { readonly outcome: 'wrong'; readonly left: number }
  /** There were too many wrong tries; nothing was compared. */
  | { readonly outcome: 'locked'; readonly until: number }
  /** The workspace does not exist. */
  | { readonly outcome: 'unknown' }

/** A code of a member that another member has typed. */
export interface Linking {
  readonly other: Account
  /** The other member has agreed. */
  readonly isAgreed: boolean
  readonly expiresAt: number
}

export interface Linked {
  /** All accounts of the person now. */
  readonly accounts: readonly Account[]
  readonly exam: ExamPlan | undefined
  /** The later exam day, if both had one. */
  readonly dropped: ExamPlan | undefined
  readonly goal: number
}

export interface LinkingStore {
  /** The member with this id. */
  account(id: number): Promise<Account | undefined>
  /** All accounts of the same person, the asker's own first; empty for non-members. */
  accounts(who: UserKey): Promise<Account[]>
  /**
   * Stores a code; an earlier one of the same member ends, in any state. A person who never answered becomes
   * a member. False when the workspace does not exist.
   */
  openLinking(
    who: UserKey & { readonly name: string },
    code: HashedCode,
    times: { readonly now: number; readonly expiresAt: number },
  ): Promise<boolean>
  /**
   * Finds a code with `isIt`, which is called for every code. The try is counted before anything is compared.
   * `expiresAt`: until when both can agree.
   */
  typeCode(
    who: UserKey & { readonly name: string },
    isIt: (code: HashedCode) => boolean,
    times: { readonly now: number; readonly expiresAt: number },
  ): Promise<TypedCode>
  /** The state of this member's code; undefined if nobody has typed it, or it is over. */
  linking(who: UserKey, now: number): Promise<Linking | undefined>
  /**
   * Records that the person who typed the code agrees; a delivery asks the other, once. False when it is
   * over.
   */
  agree(who: UserKey, first: number, now: number): Promise<boolean>
  /** Ends the linking, because one of the two refuses; false when it is over. */
  refuseLinking(who: UserKey, first: number): Promise<boolean>
  /**
   * The owner of the code agrees, too: both become one person, in one transaction, and a delivery tells the
   * other. Undefined when it is over. `exams` while both have a running mock exam: then nothing is done.
   */
  link(who: UserKey, other: number, now: number): Promise<Linked | 'exams' | undefined>
  /**
   * Makes the account a separate person again, with a memory computed from its own answers; false when not
   * linked.
   */
  unlink(who: UserKey): Promise<boolean>
}
