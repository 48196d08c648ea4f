/** What the bot says to one member by itself, kind by kind: private, once, and gone with the member. */
import type { Kinds } from '../delivery/deliver.js'
import { EXAM_KINDS } from '../exam/deliveries.js'
import type { Person } from '../ports/chat.js'
import type { Delivery } from '../ports/store.js'
import { drawOver, drawReminder } from './reminders.js'

type OfMember = Extract<Delivery, { member: unknown }>

const to = ({ member: { workspace, user } }: OfMember): Person => ({ workspace, user })

export const MEMBER_KINDS: Pick<Kinds, OfMember['kind']> = {
  reminder: {
    to,
    draw: drawReminder,
    refused: ({ member }, _reason, { store }) => store.remindersUntold(member.id, 'refused'),
    said: { dropped: 'reminder not sent', failed: 'reminder not sent' },
  },
  'reminders-over': {
    to,
    draw: drawOver,
    settle: ({ member }, { store }) => store.remindersUntold(member.id, 'unanswered'),
    said: { dropped: 'end of reminders not told', failed: 'end of reminders not told' },
  },
  ...EXAM_KINDS,
}
