/** Sets up the team of the local web chat, so that the first visitor finds a question to answer. */

import { deliverDue } from '../bot/delivery/deliver.js'
import { KINDS } from '../bot/delivery/kinds.js'
import type { Deps } from '../bot/deps.js'
import { preparedIn } from '../bot/ports/packs.js'
import { planOutOfTurn } from '../bot/rounds/plan.js'
import { announce } from '../bot/team/save-setup.js'
import { DEFAULT_SCHEDULE } from '../bot/team/setup.js'
import { createPresence } from '../bot/workspace/presence.js'
import { nextSlot, parseZone, seasonEnds } from '../core/schedule.js'
import { CHANNEL, LOCAL_MEMBERS, PLATFORM, WORKSPACE } from '../platforms/web/room.js'

const PLACE = { platform: PLATFORM, workspace: WORKSPACE, channel: CHANNEL }
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/** Changes nothing if the team already exists. */
export async function ensureLocalTeam(deps: Deps): Promise<void> {
  await createPresence(deps).here(PLATFORM, [WORKSPACE])
  if (await deps.store.teamIn(PLACE)) return
  const schedule = { ...DEFAULT_SCHEDULE, days: EVERY_DAY, zone: zoneHere() }
  const now = deps.clock()
  const admin = LOCAL_MEMBERS.find((m) => m.admin)?.id ?? ''
  const team = await deps.store.saveTeam({
    ...PLACE,
    ...schedule,
    name: 'Local team',
    ...preparedIn(deps.packs.first),
    admin,
    nextPostAt: nextSlot(schedule, now, []),
    seasonEnds: seasonEnds(now, schedule.zone),
  })
  if (typeof team !== 'object') return
  await announce('welcome', team, deps)
  await deps.store.planNow(team.id, (due) => planOutOfTurn(due, now, withChoicesOnly(deps)))
  await deliverDue(PLATFORM, KINDS, deps)
}

/** Limits the first question to kinds that a single click answers. */
function withChoicesOnly(deps: Deps): Deps {
  const about: Deps['questions']['about'] = (team, topics) => {
    const all = deps.questions.about(team, topics)
    const choices = all.filter((q) => q.kind === 'choice')
    return choices.length > 0 ? choices : all
  }
  return { ...deps, questions: { ...deps.questions, about } }
}

/** Returns this machine's zone, or UTC if Cohort does not know it. */
function zoneHere(): string {
  try {
    return parseZone(Intl.DateTimeFormat().resolvedOptions().timeZone)
  } catch {
    return 'UTC'
  }
}
