/** Reminders to people who asked for them: friendly, never a reproach. */
import type { Reminders, RemindersOff } from '../ports/habits.js'
import { type Block, type Button, button, buttons, type Card, note, text } from '../ui/card.js'
import { memberIds, practiceIds, remindIds } from '../ui/ids.js'

/**
 * Titles and texts. None is repeated within two weeks, so there are more than are sent in two weeks: six, and
 * as many that are repeated by *Later today*.
 */
export const REMINDERS: readonly (readonly [title: string, text: string])[] = [
  ['Time for a question?', 'A few questions today keep what you learned yesterday.'],
  ['Two minutes will do', 'That is enough for a question or two.'],
  ['Something is about to slip', 'What you have not seen for a while is best recalled now.'],
  ['A question is worth a page', 'One right recall keeps longer than reading the same page again.'],
  ['A short round of practice', 'Three questions, each with its reasons at once.'],
  ['Another topic today', 'What differs from yesterday keeps both apart in your head.'],
  ['Guess first, read after', 'Trying before you look at the reason is how it sticks.'],
  ['Pick up where you left off', 'The next question is one press away.'],
  ['Small steps', 'A little every other day beats one long evening.'],
  ['What do you still know?', 'One question tells, and what is shaky comes back sooner.'],
  ['Your study is here', 'The question of the day and your practice wait in one place.'],
  ['Coffee and a question', 'Both are better warm.'],
  ['Mix it up', 'Questions from different topics, one after the other, teach you to tell them apart.'],
  ['One for the road', 'Answer one now, and the rest of the day is yours.'],
]

/** `wording`: the index in `REMINDERS`. */
export function reminderCard(member: number, wording: number): Card {
  const [title, words] = REMINDERS[wording] ?? ['Time for a question?', 'The next one is a press away.']
  return {
    title,
    blocks: [
      text(words),
      ...buttons(
        button(practiceIds.more.id({ topic: '-' }), 'Practise', 'primary'),
        button(memberIds.study.id({}), 'Your study'),
        button(remindIds.later.id({ member }), 'Later today'),
        button(remindIds.stop.id({ member }), 'Off'),
      ),
    ],
  }
}

/** The last reminder: they stop by themselves. */
export function remindersOverCard(unanswered: number): Card {
  return {
    title: 'No more reminders',
    blocks: [
      text(
        `The last ${unanswered} did not lead to an answer, so they stop here. Your study waits as it is, and /quiz is always open.`,
      ),
      ...buttons(button(remindIds.set.id({ on: true }), 'Remind me again')),
    ],
  }
}

const HOW =
  'A direct message when you have not answered for a day: between 8:00 and 20:00, on the days of your team, at most one a day and three a week. They stop by themselves.'

export const areOn = (reminders: Reminders | undefined): boolean =>
  reminders !== undefined && reminders.off === undefined

export const remindButton = (isOn: boolean, style?: 'primary'): Button =>
  button(remindIds.set.id({ on: !isOn }), isOn ? 'No reminders' : 'Remind me', style)

export function remindersCard(reminders: Reminders | undefined): Card {
  const isOn = areOn(reminders)
  return {
    title: isOn ? 'Reminders are on' : 'Reminders are off',
    blocks: [
      ...(reminders?.off === undefined ? [] : [text(offLine(reminders.off))]),
      text(HOW),
      ...buttons(remindButton(isOn, isOn ? undefined : 'primary')),
    ],
  }
}

function offLine(off: RemindersOff): string {
  return off === 'refused'
    ? 'Your reminder could not be sent: the chat does not let Cohort write to you directly. Reminders are off.'
    : 'The last reminders did not lead to an answer, so they stopped.'
}

/** A short line for the member's own page. */
export function remindersLine(reminders: Reminders | undefined): string {
  if (!reminders) return 'off'
  if (reminders.off === undefined) return 'on, at most one a day and three a week'
  return reminders.off === 'refused' ? 'off: the chat refused them' : 'off: the last ones were not answered'
}

/** The block before the reply to the next command. */
export function wentOffBlock(off: RemindersOff): Block {
  return note(`${offLine(off)} /study remind on switches them on again.`)
}

export function laterCard(at: number, zone: string): Card {
  return {
    title: 'Later, then',
    blocks: [
      text('You are reminded again ', { time: at, zone, show: 'both' }, ', unless you answer before.'),
    ],
  }
}

export function tooLateCard(): Card {
  return {
    title: 'Tomorrow is another day',
    blocks: [text('It is too late for another one today, so there is none until your next day.')],
  }
}

export const ALREADY_LATER = 'You are reminded once more today already.'
export const NOT_REMINDED = 'Reminders are off already. /study remind on switches them on.'
export const NO_MEMBER =
  'Reminders follow the days of your team: answer a question in its channel first, then switch them on.'

export function offCard(): Card {
  return {
    title: 'No more reminders',
    blocks: [
      text(
        'Reminders are off, and nothing about them is kept except those already sent. /study remind on brings them back.',
      ),
    ],
  }
}
