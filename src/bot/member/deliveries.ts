/** Messages that the bot sends to one member by itself: in private, once, and deleted with the member. */

import { DAY_MS } from '../../core/time.js'
import { DECIDED_KIND, EDITED_KIND } from '../authoring/deliveries.js'
import { toldLinkedCard } from '../cards/linking.js'
import type { Kinds } from '../delivery/deliver.js'
import { EXAM_KINDS } from '../exam/deliveries.js'
import type { Person } from '../ports/chat.js'
import type { Delivery } from '../ports/deliveries.js'
import { confirmationFor } from './linking.js'
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
  link: {
    to,
    async draw({ member }, deps) {
      const account = await deps.store.account(member.id)
      return account ? confirmationFor(account, deps) : 'they are gone'
    },
    said: { dropped: 'question about a link not asked', failed: 'question about a link not asked' },
  },
  linked: {
    to,
    async draw({ member, dueAt }, { store, clock }) {
      const accounts = await store.accounts(member)
      if (clock() - dueAt > DAY_MS) return 'it could not be told for a day'
      return accounts.length > 1 ? toldLinkedCard(accounts) : 'they are not linked any more'
    },
    said: { dropped: 'link not told', failed: 'link not told' },
  },
  ...EXAM_KINDS,
  decided: DECIDED_KIND,
  edited: EDITED_KIND,
}
