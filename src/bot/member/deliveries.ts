/** What the bot says to one member by itself, kind by kind: private, once, and gone with the member. */
import { reminderCard } from '../cards/reminder.js'
import type { Kinds } from '../delivery/deliver.js'
import { EXAM_KINDS } from '../exam/deliveries.js'
import type { Person } from '../ports/chat.js'
import type { Delivery } from '../ports/store.js'

/** A reminder that comes later reminds of nothing. */
const REMINDER_MS = 3_600_000

type OfMember = Extract<Delivery, { member: unknown }>

const to = ({ member: { workspace, user } }: OfMember): Person => ({ workspace, user })

export const MEMBER_KINDS: Pick<Kinds, OfMember['kind']> = {
  reminder: {
    to,
    draw: async ({ wording, dueAt }, { clock }) =>
      clock() - dueAt > REMINDER_MS ? 'it could not be sent for an hour' : reminderCard(wording),
    said: { dropped: 'reminder not sent', failed: 'reminder not sent' },
  },
  ...EXAM_KINDS,
}
