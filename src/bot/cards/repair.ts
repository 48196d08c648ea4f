/** A broken streak, and how to repair it. */
import { type Broken, REPAIR_DAYS, REPAIR_HOURS } from '../../core/repair.js'
import { type Block, bold, button, buttons, type Card, text } from '../ui/card.js'
import { practiceIds } from '../ui/ids.js'
import { REPAIR } from '../ui/params.js'
import { count } from './wording.js'

export const repairButton = ({ days }: Pick<Broken, 'days'>) =>
  button(practiceIds.more.id({ topic: REPAIR }), `Repair my streak of ${days} days`)

/** `until`: epoch milliseconds. */
export interface BrokenView extends Pick<Broken, 'days'> {
  readonly until: number
  readonly zone: string
}

export function brokenBlocks(broken: BrokenView | undefined): Block[] {
  if (!broken) return []
  const until = { time: broken.until, zone: broken.zone, show: 'both' } as const
  return [
    text(
      bold(`Your streak of ${broken.days} days broke. `),
      'It comes back when you answer two of the missed questions before ',
      until,
      '.',
    ),
    ...buttons(repairButton(broken)),
  ]
}

/** The line with the first answer of a new streak. */
export function lostLine(days: number): string {
  return `Your streak of ${days} days broke; within ${REPAIR_HOURS} hours of that it can be repaired, once in ${REPAIR_DAYS} days.`
}

/** `streak`: its length after the repair. */
export function repairedBlock(streak: number): Block {
  return text(
    bold(`Your streak is back: ${count(streak, 'day')}.`),
    ' The days in between do not count against it.',
  )
}

export function repairedCard(streak: number): Card {
  return {
    title: 'Your streak is back',
    blocks: [
      repairedBlock(streak),
      ...buttons(button(practiceIds.more.id({ topic: '-' }), 'Practise more', 'primary')),
    ],
  }
}

export function nothingBrokenCard(streak: number): Card {
  const stands =
    streak > 0 ? `Your streak stands at ${count(streak, 'day')}.` : 'There is no streak to repair.'
  return {
    title: 'Nothing to repair',
    blocks: [
      text(
        `${stands} A streak of two days or more that breaks can be repaired within ${REPAIR_HOURS} hours.`,
      ),
    ],
  }
}

export function tooLateToRepairCard({ days }: Pick<Broken, 'days'>): Card {
  return {
    title: 'It is too late for this one',
    blocks: [
      text(
        `Your streak of ${days} days broke more than ${REPAIR_HOURS} hours ago. The next question of the day begins a new one.`,
      ),
    ],
  }
}

export function repairSpentCard(again: number, zone: string): Card {
  return {
    title: 'Not this time',
    blocks: [
      text(
        `A streak can be repaired once in ${REPAIR_DAYS} days; the next time is `,
        { time: again, zone, show: 'both' },
        '. The next question of the day begins a new one.',
      ),
    ],
  }
}
