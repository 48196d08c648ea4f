/** The outbox: claim, draw, post, record. */
import type { Round, Team } from '../../core/model.js'
import type { Edition } from './editions.js'
import type { UserKey } from './keys.js'
import type { Notice } from './regrades.js'
import type { ReportOrder } from './team-reports.js'

export interface DeliveryStore {
  /** Adds a delivery; does nothing if its key exists already. */
  enqueue(delivery: NewDelivery): Promise<void>
  /**
   * Claims what is due on any of the platforms for this process, until the lease ends by the clock of the
   * database; oldest first. A podium waits for the rounds of its season, and a round for the reveal of the
   * one before, a minute at most. `only`: only the delivery with this key. `editions`: the content of this
   * process; rounds of packs whose current content is another are left to other processes.
   */
  claimDeliveries(
    now: number,
    leaseMs: number,
    limit: number,
    platforms: readonly string[],
    only?: string,
    editions?: readonly Edition[],
  ): Promise<Delivery[]>
  /**
   * Records that it was sent. A round is open from then on, and its reveal is due when it closes; a round is
   * closed with its reveal, and its direct messages are then redrawn one after the other, from `now` on.
   * `channel`: where a round was posted, since its team may have moved meanwhile.
   */
  recordSent(key: string, message: string, now?: number, channel?: string): Promise<void>
  /**
   * Records that it will never be sent: its round is skipped and never counts as a scheduled day, or is
   * closed without a reveal. `word`: the notice about that, under the key `missed-…`, `empty-…` or
   * `refusal-…`; returns true unless the same was already said since the last question that came.
   */
  dropDelivery(key: string, reason: string, word?: WordForDropped, now?: number): Promise<boolean>
  /** Moves it to the next person, to be tried at once, because this one cannot be reached. */
  passOver(key: string): Promise<void>
  /** Posts that a team did not get, or not yet, since its latest question, oldest first. */
  troubles(team: number): Promise<Trouble[]>
  /**
   * If nobody answered the latest `rounds` closed rounds, nor any since, returns the last round that was
   * answered, or 0 if there is none. Undefined otherwise, and for a team with fewer rounds.
   */
  silentSince(team: number, rounds: number): Promise<number | undefined>
  /**
   * Releases it until then. Returns true if its channel refuses it, and has refused none of the team's other
   * deliveries since the last success: then a notice to the admin who set the team up is due, under the key
   * `refused-…`. `page`: where the search for an earlier try continues.
   */
  putOff(key: string, now: number, until: number, why: PutOff, page?: string): Promise<boolean>
}

/** A message that the bot sends by itself, once. */
export type Delivery = DeliveryBase & ((OfTeam & TeamDelivery) | (OfMember & MemberDelivery))

interface DeliveryBase {
  /** The key by which an earlier try is found on the platform. */
  readonly key: string
  readonly platform: string
  readonly dueAt: number
  /** Earlier tries; one of them may have got through without being recorded. */
  readonly tries: number
  /** The page where the search for an earlier try continues. */
  readonly page?: string
}

interface OfTeam {
  readonly team: Team
  /** The people who can be notified about the team; the one who saved its setup last comes first. */
  readonly admins: readonly string[]
  /** How many of them could not be reached. */
  readonly passed?: number
}

/** A private message to one member; deleted when the member is forgotten. */
interface OfMember {
  readonly member: UserKey & { readonly id: number }
}

type MemberDelivery =
  /**
   * A reminder, for a member who asked for it. `wording`: the index of the text; `isLater`: postponed once.
   */
  | { readonly kind: 'reminder'; readonly wording: number; readonly isLater?: true }
  /** Five reminders were not answered, so there will be no more. */
  | { readonly kind: 'reminders-over' }
  /** Another member has typed this member's code and agreed: this member is asked, too. */
  | { readonly kind: 'link' }
  /** The other member has agreed, too. */
  | { readonly kind: 'linked' }
  /** A warning some minutes before a mock exam ends, and its report at the end. */
  | { readonly kind: 'exam-warning' | 'exam-over'; readonly exam: number; readonly minutes: number }
  /** Others have decided on a question that this member wrote. */
  | { readonly kind: 'decided'; readonly question: number }
  /** Somebody else has written this version of a question whose author this member is. */
  | { readonly kind: 'edited'; readonly question: number; readonly version: number }

type TeamDelivery =
  | { readonly kind: 'round'; readonly round: Round }
  /**
   * The round for one member who wants it as a direct message. `user` is empty if they were forgotten since.
   */
  | { readonly kind: 'direct'; readonly round: Round; readonly user: string }
  /**
   * Redraws that direct message once its round is closed. `message`: undefined if it was never sent, or not
   * yet (`isComing`).
   */
  | {
      readonly kind: 'direct-close'
      readonly round: Round
      readonly user: string
      readonly message: string | undefined
      readonly isComing: boolean
    }
  | { readonly kind: 'reveal'; readonly round: Round }
  /** `season`: `2026-11` */
  | { readonly kind: 'podium'; readonly season: string }
  | ({ readonly kind: 'notice'; readonly round: Round } & Notice)
  /** A thread for the discussion under a reveal; `reveal`: the id of the message with the reveal. */
  | { readonly kind: 'thread'; readonly round: Round; readonly reveal: string }
  /**
   * A channel refuses a post. This notice and the next ones go to the admin who set the team up. `isOver`: it
   * is not tried again.
   */
  | {
      readonly kind: 'refusal'
      readonly what: Refusable
      readonly reason: string
      readonly isOver?: true
    }
  /** The round could not be posted while it was open. */
  | { readonly kind: 'missed'; readonly round: Round }
  /** The round had nothing to ask: its topics or its pack no longer exist. */
  | { readonly kind: 'empty'; readonly round: Round }
  /** The team's channel was deleted. */
  | { readonly kind: 'gone' }
  /** Nobody has answered for ten scheduled days. */
  | { readonly kind: 'idle' }
  /** The exam that the team prepares for is no longer held. */
  | { readonly kind: 'new-exam' }
  /** Questions that members wrote wait for review. Sent once a day at most. */
  | { readonly kind: 'review' }
  /** A welcome in the channel of a team that was set up a moment ago. */
  | { readonly kind: 'welcome' }
  /** A greeting in the channel that a team has moved to. */
  | { readonly kind: 'arrived' }
  /** The report about the weeks that are over; without an order it is no longer wanted. */
  | { readonly kind: 'report'; readonly order: ReportOrder | undefined }
  | ({ readonly kind: 'twin' } & Twin)

/**
 * A message was posted although nobody could tell whether an earlier try got through. If there is another
 * message, it is found and deleted.
 */
export interface Twin {
  /** The key of both messages. */
  readonly of: string
  readonly channel: string
  /** The message that stays. */
  readonly message: string
  /** The earliest time at which the other one can have been posted. */
  readonly since: number
}

export const DELIVERIES: readonly Delivery['kind'][] = [
  'round',
  'direct',
  'direct-close',
  'reveal',
  'podium',
  'notice',
  'thread',
  'idle',
  'new-exam',
  'refusal',
  'missed',
  'empty',
  'gone',
  'welcome',
  'arrived',
  'report',
  'twin',
  'reminder',
  'link',
  'linked',
  'reminders-over',
  'exam-warning',
  'exam-over',
  'review',
  'decided',
  'edited',
]

/** The kinds whose refusal is reported to the admin who set the team up. */
export type Refusable = 'round' | 'reveal' | 'podium' | 'notice' | 'idle' | 'new-exam' | 'review' | 'report'

/** The notice to the admin who set the team up about a dropped delivery. */
export type WordForDropped = 'missed' | 'empty' | 'refusal'

export interface Trouble {
  readonly kind: 'round' | 'reveal' | 'podium' | 'notice' | 'thread'
  /** The date of its round, ISO. */
  readonly date: string | undefined
  /** Whether it can no longer come. */
  readonly isOver: boolean
  /** Why, in words for a person, if known. */
  readonly reason: string | undefined
}

/** A delivery to add, with the id of its team or its member. */
export type NewDelivery = { readonly key: string; readonly dueAt: number } & (
  | ({ readonly team: number } & (
      | { readonly kind: 'gone' | 'idle' | 'new-exam' | 'welcome' | 'arrived' | 'report' | 'review' }
      | ({ readonly kind: 'twin' } & Twin)
    ))
  | ({ readonly member: number } & MemberDelivery)
)

/**
 * `untried`: the platform was not asked, so the next try counts as the first again. `refused`: why, in words
 * for a person.
 */
export type PutOff = 'untried' | 'failed' | { readonly refused: string }
