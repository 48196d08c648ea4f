import { parseZone, ZONES } from '../../core/schedule.js'
import { setupForm } from '../cards/study.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { Form } from '../ui/card.js'

/** What a new team starts from: nine in the morning, Monday to Friday, one question, open for a day. */
export const DEFAULT_SCHEDULE = { minute: 9 * 60, days: [1, 2, 3, 4, 5], openHours: 24, count: 1, topics: [] }

export async function openSetup(caller: Caller, deps: Deps): Promise<Form> {
  const team = await deps.store.teamIn(caller)
  const draft = team ?? {
    ...DEFAULT_SCHEDULE,
    name: 'Study team',
    channel: caller.channel,
    zone: knownZone(caller.zone),
    pack: deps.packs.first.bank.pack.id,
  }
  return setupForm(
    draft,
    deps.packs.all.map(({ bank }) => bank),
    [...new Set([draft.zone, ...ZONES])],
  )
}

/** What the platform says, if it is a zone: a start that the admin can change. */
function knownZone(zone: string | undefined): string {
  try {
    return parseZone(zone ?? 'UTC')
  } catch {
    return 'UTC'
  }
}
