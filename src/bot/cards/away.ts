/** Away times, as the person who is away sees them. */
import { type AwayTime, MOST_AWAY_DAYS } from '../../core/away.js'
import { button, buttons, type Card, note, text } from '../ui/card.js'
import { awayIds } from '../ui/ids.js'
import { dayOf } from './wording.js'

export const AWAY_MOST = `An away time is ${MOST_AWAY_DAYS} days at most. Nothing was changed.`
export const AWAY_NO_MEMBER =
  'Nothing is stored about you here, so that no streak can break. Answer a question of the day first.'

const HELD =
  'These days break no streak, use no freeze, and bring no reminder; the first and the last of them too. What you answer all the same counts.'

/** `time`: the current one. */
export function awayCard(time: AwayTime | undefined): Card {
  if (!time)
    return {
      title: 'You are not away',
      blocks: [
        text(
          'Type /study away until and a date, and your streak waits for you: /study away until 5 January.',
        ),
        note(HELD),
      ],
    }
  return {
    title: `Away until ${dayOf(time.until)}`,
    blocks: [text(`From ${dayOf(time.from)} to ${dayOf(time.until)}. ${HELD}`), ...buttons(backButton())],
  }
}

export function backCard(isBack: boolean): Card {
  return isBack
    ? { title: 'Welcome back', blocks: [text('Today counts again. Your streak is where you left it.')] }
    : awayCard(undefined)
}

export function awayLine(time: AwayTime | undefined): string {
  return time ? `until ${dayOf(time.until)}` : 'no'
}

export const backButton = () => button(awayIds.back.id({}), 'I am back')
