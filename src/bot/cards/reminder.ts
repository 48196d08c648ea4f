/** A reminder to somebody who asked for it: a friendly word, never a reproach. */
import { button, buttons, type Card, text } from '../ui/card.js'
import { practiceIds } from '../ui/ids.js'

/** One a reminder; none comes again within two weeks, since a template that repeats loses its effect. */
export const REMINDERS = [
  'A few questions today keep what you learned yesterday.',
  'Two minutes are enough for a question or two.',
  'What you have not seen for a while is waiting to be remembered.',
  'Ready for a question? One right recall is worth more than reading it again.',
  'A short round of practice, and today counts.',
  'Your plan has something new for you today.',
  'Guessing first and reading the reason after is how it sticks.',
  'Pick up where you left off: the next question is a press away.',
] as const

/** `wording`: which of `REMINDERS`. */
export function reminderCard(wording: number): Card {
  return {
    title: 'Time for a question?',
    blocks: [
      text(REMINDERS[wording % REMINDERS.length] ?? REMINDERS[0]),
      ...buttons(button(practiceIds.more.id({ topic: '-' }), 'Practise', 'primary')),
    ],
  }
}
