import { setImmediate as turn } from 'node:timers/promises'
import { calibration } from '../../core/confidence.js'
import { localDate } from '../../core/schedule.js'
import { currentStreak } from '../../core/streak.js'
import { calibrationBlocks } from '../cards/confidence.js'
import { ownDataButtons } from '../cards/home.js'
import { readinessBlocks } from '../cards/readiness.js'
import { count } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import { byTopic } from '../member/by-topic.js'
import { wantsDirectly } from '../member/home.js'
import { readinessOf } from '../member/readiness.js'
import type { Caller } from '../ports/chat.js'
import { LATEST_ATTEMPTS } from '../ports/members.js'
import { findTeam } from '../team/team.js'
import { type Block, button, buttons, type Card, fields, heading, note, text } from '../ui/card.js'
import { command } from '../ui/command.js'
import { memberIds } from '../ui/ids.js'

const SHOWN_TOPICS = 15
const CUT = `Practice and topics are those of your latest ${LATEST_ATTEMPTS.toLocaleString('en')} answers; the points are all of them.`

export const stats = command({
  name: 'stats',
  summary: 'Your own totals, streak and topics',
  inDirectMessages: true,
  options: {},
  run: (_args, caller, deps) => statsCard(caller, deps),
})

async function statsCard(caller: Caller, deps: Deps): Promise<Card> {
  const [member, totals, attempts] = await Promise.all([
    deps.store.member(caller),
    deps.store.ownTotals(caller),
    deps.store.attempts(caller),
  ])
  if (!member || attempts.length === 0) {
    return {
      title: 'Your stats',
      blocks: [text('Nothing yet: answer the question of the day, or practise with /quiz.')],
    }
  }
  // Reading a long history takes time: other tasks run before the next read.
  await turn()
  const expected = await readinessOf(caller, deps)
  const practice = attempts.filter((a) => a.team === undefined)
  // An answer of a person who knew the key says nothing about what they learned.
  const unknown = attempts.filter((a) => !a.known)
  return {
    title: 'Your stats',
    blocks: [
      fields({
        Points: String(totals.points),
        'Questions of the day': `${totals.right} of ${count(totals.answered, 'answer')} right`,
        Practice: `${practice.filter((a) => a.right).length} of ${count(practice.length, 'answer')} right`,
        ...(await streakFields(caller, deps)),
      }),
      ...(expected ? readinessBlocks(expected.ready, expected.exam) : []),
      ...calibrationBlocks(calibration(unknown)),
      ...(await topicBlocks(unknown, deps)),
      ...(attempts.length < LATEST_ATTEMPTS ? [] : [note(CUT)]),
      ...buttons(button(memberIds.study.id({}), 'Your study')),
      ...ownDataButtons({
        ...{ hidden: member.hidden, mentioned: member.mentioned ?? false, shares: member.shares === true },
        directly: wantsDirectly(member, caller, deps),
      }),
    ],
  }
}

async function streakFields(caller: Caller, deps: Deps): Promise<Record<string, string>> {
  const team = await findTeam(caller, deps)
  if (!team) return {}
  const streak = await deps.store.streak(caller, team.id, localDate(deps.clock(), team.zone))
  if (!streak) return {}
  return {
    Streak: `${count(currentStreak(streak, streak.missed), 'day')}, best ${streak.best}`,
    Freezes: `${streak.freezes} of 2; every seventh answered day earns one`,
  }
}

async function topicBlocks(
  attempts: readonly { question: string; right: boolean }[],
  deps: Deps,
): Promise<Block[]> {
  const shares = await byTopic(
    attempts.map((a) => ({ question: a.question, right: a.right ? 1 : 0, answered: 1 })),
    deps,
  )
  if (shares.length === 0) return []
  const rows = shares
    .slice(0, SHOWN_TOPICS)
    .map((t) => [
      [t.title],
      [`${t.right} of ${t.answered}`],
      [`${Math.round((100 * t.right) / t.answered)} %`],
    ])
  return [
    heading('By topic, weakest first'),
    { kind: 'table', header: [['Topic'], ['Right'], ['Share']], rows },
  ]
}
