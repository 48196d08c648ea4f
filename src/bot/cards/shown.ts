/** The line below a card that a person shows to the channel, and the reply if it is there already. */
import type { Caller } from '../ports/chat.js'
import { type Block, bold, type Card, note, text } from '../ui/card.js'

export const shownBy = ({ user, name }: Caller): Block => note('Shown by ', { member: user, name })

export function shownAlready(at: number, { zone = 'UTC' }: Caller): Card {
  return {
    title: 'It is there already',
    blocks: [
      text('It was shown in the channel at ', { time: at, zone, show: 'time' }, '.'),
      note('If you do not find it there, press ', bold('Show to channel'), ' once more.'),
    ],
  }
}
