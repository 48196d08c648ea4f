/** The database's verbs about reminders, away times, and repaired streaks. */
import type { AwayTime } from '../../core/away.js'
import type { NextReminder, ReminderState } from '../../core/reminders.js'
import type { UserKey } from './keys.js'

/** Why the bot switched reminders off: the platform refuses them, or nobody answered. */
export type RemindersOff = 'refused' | 'unanswered'

/** `off` is undefined while they are on. */
export interface Reminders {
  readonly off: RemindersOff | undefined
}

export interface DueReminder {
  readonly member: number
  readonly state: ReminderState
}

/** `next`: when to check again. */
export interface ReminderPlan {
  readonly next: number
  /** The reminder that is due now. `date`: the local date; there is one reminder per date. */
  readonly due?: NextReminder & { readonly date: string }
}

/** A streak as it was before it broke. */
export interface BrokenStreak {
  readonly days: number
  /** ISO date of its last day. */
  readonly last: string
  /** The close of the round that broke it. */
  readonly at: number
  /** A new streak has begun since. */
  readonly isFollowed: boolean
}

export interface HabitStore {
  // ---- reminders ---------------------------------------------------------------------------
  /** Switches reminders on; false for non-members. */
  remind(who: UserKey, now: number): Promise<boolean>
  /** Switches reminders off and deletes everything about them. */
  stopReminding(who: UserKey): Promise<void>
  /** Does the same for this member, if it is this user: a direct message may belong to no workspace. */
  stopRemindingMember(member: number, who: Pick<UserKey, 'platform' | 'user'>): Promise<boolean>
  /**
   * Records that the member could not be told directly why their reminders are off, so the next command tells
   * them. With `refused` they are off from now on.
   */
  remindersUntold(member: number, why: RemindersOff): Promise<void>
  /** Undefined for a person who did not ask for reminders. */
  reminders(who: UserKey): Promise<Reminders | undefined>
  /** Returns why reminders are off, if the person has not been told; undefined the next time. */
  takeReminderWord(who: UserKey): Promise<RemindersOff | undefined>
  /**
   * Reads up to `limit` members of these platforms whose next check is due, asks `plan` for each, and writes
   * what is due and the next checks in one statement. Returns how many were written: call again until 0.
   */
  planReminders(
    now: number,
    limit: number,
    platforms: readonly string[],
    plan: (due: DueReminder) => ReminderPlan,
  ): Promise<number>
  /** Undefined for a person who did not ask for reminders, and if the member is not `who`. */
  remindersOf(
    member: number,
    now: number,
    who?: Pick<UserKey, 'platform' | 'user'>,
  ): Promise<(Reminders & { readonly state: ReminderState }) | undefined>
  /**
   * Postpones a reminder to `at`, once per local date; false if the member is not `who`, and when it was
   * already postponed.
   */
  remindLater(
    member: number,
    who: Pick<UserKey, 'platform' | 'user'>,
    later: { readonly at: number; readonly date: string; readonly wording: number },
  ): Promise<boolean>

  // ---- away times --------------------------------------------------------------------------
  /** Away times that end on the ISO date `from` or later. */
  awayTimes(who: UserKey, from: string): Promise<AwayTime[]>
  /** Stores an away time from this day on; replaces the end of a current one. False for non-members. */
  setAway(who: UserKey, time: AwayTime, now: number): Promise<boolean>
  /** Ends the away time on this day; false for a person who is not away. */
  endAway(who: UserKey, today: string, now: number): Promise<boolean>

  // ---- streaks -----------------------------------------------------------------------------
  /**
   * Questions in closed rounds of a team after that date that this user did not answer, without those of
   * their away times.
   */
  unanswered(who: UserKey, team: number, after: string): Promise<string[]>
  /** Repairs a streak; false when it was repaired meanwhile, or has changed. */
  repairStreak(who: UserKey, team: number, broken: BrokenStreak, now: number): Promise<boolean>
  /** Sets whether practice asks how sure the person is; false for non-members. */
  rateAnswers(who: UserKey, rates: boolean): Promise<boolean>
  /** Stores the time zone of a member, as the platform reports it. */
  keepZone(who: UserKey, zone: string): Promise<void>
}
