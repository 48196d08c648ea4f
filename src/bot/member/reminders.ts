/** Reminders: plans the due ones with each tick, and lets people change theirs. */

import { UserError } from '../../core/errors.js'
import {
  freshWording,
  GIVES_UP_AFTER,
  isInHours,
  laterToday,
  mayRemind,
  nextReminder,
} from '../../core/reminders.js'
import { knownZone, localDate } from '../../core/schedule.js'
import { DAY_MS, HOUR_MS } from '../../core/time.js'
import {
  ALREADY_LATER,
  laterCard,
  NO_MEMBER,
  NOT_REMINDED,
  offCard,
  REMINDERS,
  reminderCard,
  remindersCard,
  remindersOverCard,
  tooLateCard,
  wentOffBlock,
} from '../cards/reminder.js'
import type { Deps } from '../deps.js'
import type { Caller, Reply } from '../ports/chat.js'
import type { Delivery } from '../ports/deliveries.js'
import type { DueReminder, ReminderPlan } from '../ports/habits.js'
import type { Card } from '../ui/card.js'

const BATCH = 200
/** A reminder later than this is dropped. */
const LATE_MS = HOUR_MS
const LATE = 'it could not be sent for an hour'

/** Plans all reminders that are due on the platforms of this process. */
export async function planReminders(deps: Deps): Promise<void> {
  const platforms = [...deps.chats.keys()]
  for (;;) {
    const now = deps.clock()
    const taken = await deps.store.planReminders(now, BATCH, platforms, (due) => planOf(due, now))
    if (taken === 0 || deps.stop?.aborted) return
  }
}

function planOf({ state }: DueReminder, now: number): ReminderPlan {
  const next = nextReminder(state, now, REMINDERS.length)
  // Teams, their days and the wordings may have changed by tomorrow.
  if (!next) return { next: now + DAY_MS }
  if (next.at > now) return { next: Math.min(next.at, now + DAY_MS) }
  return { next: now + DAY_MS, due: { ...next, date: localDate(now, state.zone) } }
}

type Of<K extends Delivery['kind']> = Extract<Delivery, { kind: K }>

/** Draws the reminder, or says why it is dropped if something has changed since it was planned. */
export async function drawReminder(reminder: Of<'reminder'>, { store, clock }: Deps): Promise<Card | string> {
  const now = clock()
  const { member, wording, dueAt } = reminder
  if (now - dueAt > LATE_MS) return LATE
  const found = await store.remindersOf(member.id, now)
  if (!found || found.off) return 'it is not wanted any more'
  return mayRemind(found.state, now)
    ? reminderCard(member.id, wording)
    : 'they have answered, or it is no time for it'
}

export async function drawOver(over: Of<'reminders-over'>, { store, clock }: Deps): Promise<Card | string> {
  const now = clock()
  const { member, dueAt } = over
  if (now - dueAt > LATE_MS) return LATE
  const found = await store.remindersOf(member.id, now)
  if (found?.off !== 'unanswered') return 'reminders are wanted again, or not at all'
  return isInHours(found.state, now) ? remindersOverCard(GIVES_UP_AFTER) : 'it is no time for it'
}

/**
 * Adds once, before a reply to a command that only the caller sees, why their reminders were switched off.
 */
export async function withReminderWord(reply: Reply, caller: Caller, { store, log }: Deps): Promise<Reply> {
  if (reply.kind !== 'card' || reply.to !== 'caller') return reply
  // The command itself has succeeded, so an error here must not make it look failed.
  const off = await store.takeReminderWord(caller).catch((error) => {
    log.error({ error, platform: caller.platform }, 'a word about reminders was not read')
  })
  if (!off) return reply
  return { ...reply, card: { ...reply.card, blocks: [wentOffBlock(off), ...reply.card.blocks] } }
}

export async function reminders(caller: Caller, deps: Deps): Promise<Card> {
  return remindersCard(await deps.store.reminders(caller))
}

export async function setReminders(on: boolean, caller: Caller, deps: Deps): Promise<Card> {
  if (!on) {
    await deps.store.stopReminding(caller)
    return offCard()
  }
  const teams = await deps.store.teamsJoined(caller)
  if (teams.length === 0 || !(await deps.store.remind(caller, deps.clock()))) throw new UserError(NO_MEMBER)
  const zone = knownZone(caller.zone)
  if (zone !== undefined) await deps.store.keepZone(caller, zone)
  return remindersCard({ off: undefined })
}

/** Stops reminders, for the button in the message, in any workspace or none. */
export async function stopReminders(member: number, caller: Caller, deps: Deps): Promise<Card> {
  if (!(await deps.store.stopRemindingMember(member, caller))) throw new UserError(NOT_REMINDED)
  return offCard()
}

export async function remindLater(member: number, caller: Caller, deps: Deps): Promise<Card> {
  const now = deps.clock()
  const found = await deps.store.remindersOf(member, now, caller)
  if (!found || found.off) throw new UserError(NOT_REMINDED)
  const { state } = found
  const at = laterToday(state, now)
  const wording = at === undefined ? undefined : freshWording(state.sent, at, REMINDERS.length)
  if (at === undefined || wording === undefined) return tooLateCard()
  const later = { at, wording, date: localDate(now, state.zone) }
  if (!(await deps.store.remindLater(member, caller, later))) throw new UserError(ALREADY_LATER)
  return laterCard(at, state.zone)
}
