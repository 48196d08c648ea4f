/** The outbox: claim, draw, post, record. */
import type { Round, Team } from '../../core/model.js'
import type { Edition } from './editions.js'
import type { UserKey } from './keys.js'
import type { Notice } from './regrades.js'
import type { ReportOrder } from './team-reports.js'

export interface DeliveryStore {
  /** Adds one; does nothing if its key exists already. */
  enqueue(delivery: NewDelivery): Promise<void>
  /**
   * Claims what is due on any of the platforms for this process, until the lease ends by the clock of the
   * database; oldest first. A podium waits for the rounds of its season, and a round for the reveal of the
   * one before, a minute at most. `only`: just the one with this key. `editions`: what this process has;
   * rounds of a pack of which another content holds are left to others.
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
   * It was sent. A round is open from then on, and its reveal is due when it closes; a round is closed with
   * its reveal, and its direct messages are then redrawn one after the other, from `now` on. `channel`: where
   * a round was posted, since its team may have moved meanwhile.
   */
  recordSent(key: string, message: string, now?: number, channel?: string): Promise<void>
  /**
   * It is never sent: its round is skipped and never counts as a scheduled day, or is closed without a
   * reveal. `word`: the notice about that, under the key `missed-…`, `empty-…` or `refusal-…`; returns true
   * unless the same was already said since the last question that came.
   */
  dropDelivery(key: string, reason: string, word?: WordForDropped, now?: number): Promise<boolean>
  /** The person it was for cannot be reached: the next one is tried at once. */
  passOver(key: string): Promise<void>
  /** What a team did not get, or not yet, since its latest question, oldest first. */
  troubles(team: number): Promise<Trouble[]>
  /**
   * If nobody answered the latest `rounds` closed rounds, nor any since: the last round that somebody
   * answered, 0 if there is none. Undefined while somebody answers, and for a team with fewer rounds.
   */
  silentSince(team: number, rounds: number): Promise<number | undefined>
  /**
   * Releases it until then. Returns true if its channel refuses it, and none of the team's other deliveries
   * since the last success: then a notice to whoever set the team up is due, under the key `refused-…`.
   * `page`: where the look for an earlier try continues.
   */
  putOff(key: string, now: number, until: number, why: PutOff, page?: string): Promise<boolean>
}

/** Something that the bot says by itself, once. */
export type Delivery = DeliveryBase & ((OfTeam & TeamDelivery) | (OfMember & MemberDelivery))

interface DeliveryBase {
  /** The key by which an earlier try is found on the platform. */
  readonly key: string
  readonly platform: string
  readonly dueAt: number
  /** Earlier tries; one of them may have got through without being recorded. */
  readonly tries: number
  /** Where the look for an earlier try continues. */
  readonly page?: string
}

interface OfTeam {
  readonly team: Team
  /** Who can be notified about the team, whoever saved its setup last first. */
  readonly admins: readonly string[]
  /** How many of them could not be reached. */
  readonly passed?: number
}

/** For one member, in private; deleted when they are forgotten. */
interface OfMember {
  readonly member: UserKey & { readonly id: number }
}

type MemberDelivery =
  /** To somebody who asked to be reminded. `wording`: which of the wordings; `isLater`: postponed once. */
  | { readonly kind: 'reminder'; readonly wording: number; readonly isLater?: true }
  /** Five of them were not answered, so there will be no more. */
  | { readonly kind: 'reminders-over' }
  /** Somebody has typed their code and agreed: they are asked, too. */
  | { readonly kind: 'link' }
  /** The other has agreed, too. */
  | { readonly kind: 'linked' }
  /** Some minutes before a mock exam ends, and its report at the end. */
  | { readonly kind: 'exam-warning' | 'exam-over'; readonly exam: number; readonly minutes: number }
  /** Others have decided on a question that they wrote. */
  | { readonly kind: 'decided'; readonly question: number }

type TeamDelivery =
  | { readonly kind: 'round'; readonly round: Round }
  /** The same for one member who wants it as a direct message; an empty user has been forgotten since. */
  | { readonly kind: 'direct'; readonly round: Round; readonly user: string }
  /**
   * That message once its round is closed. `message`: undefined if it was never sent, or not yet
   * (`isComing`).
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
  /** For the discussion under a reveal; `message` is that of the reveal. */
  | { readonly kind: 'thread'; readonly round: Round; readonly reveal: string }
  /**
   * A channel refuses what is to be posted there; to whoever set the team up, as are the next ones. `isOver`:
   * it is not tried again.
   */
  | {
      readonly kind: 'refusal'
      readonly what: Refusable
      readonly reason: string
      readonly isOver?: true
    }
  /** It could not be posted while it was open. */
  | { readonly kind: 'missed'; readonly round: Round }
  /** There was nothing to ask: its topics or its pack no longer exist. */
  | { readonly kind: 'empty'; readonly round: Round }
  /** The team's channel was deleted. */
  | { readonly kind: 'gone' }
  /** Nobody has answered for ten scheduled days. */
  | { readonly kind: 'idle' }
  /** The exam that it prepares for is no longer held. */
  | { readonly kind: 'new-exam' }
  /** Questions that members wrote wait for review; once a day at most. */
  | { readonly kind: 'review' }
  /** For the channel of a team that was set up a moment ago. */
  | { readonly kind: 'welcome' }
  /** The same for a team that was moved there. */
  | { readonly kind: 'arrived' }
  /** About the weeks that are over; without an order it is no longer wanted. */
  | { readonly kind: 'report'; readonly order: ReportOrder | undefined }
  | ({ readonly kind: 'twin' } & Twin)

/**
 * Something was posted although nobody could tell whether an earlier try got through: the other message is
 * looked for and deleted.
 */
export interface Twin {
  /** The key of both. */
  readonly of: string
  readonly channel: string
  /** The message that stays. */
  readonly message: string
  /** When the earlier one can have been posted. */
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
]

/** The kinds about whose refusal whoever set the team up is notified. */
export type Refusable = 'round' | 'reveal' | 'podium' | 'notice' | 'idle' | 'new-exam' | 'review' | 'report'

/** The notice to whoever set the team up about something that was dropped. */
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

/** For a team or for a member, by its id. */
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
