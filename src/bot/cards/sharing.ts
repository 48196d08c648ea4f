/** Whether the admins of a member's teams see the member's progress by name. */
import { type Button, button, buttons, type Card, text } from '../ui/card.js'
import { memberIds } from '../ui/ids.js'

/** `shares`: undefined for non-members. */
export function sharingCard(shares: boolean | undefined): Card {
  if (shares === undefined)
    return {
      title: 'Nothing to share yet',
      blocks: [text('Answer a question in the channel of your team first: then you are in it.')],
    }
  return {
    title: shares ? 'You share your progress' : 'You do not share your progress',
    blocks: [
      text(
        shares
          ? 'From the next weekly report on, those who lead your teams see your name with how many questions of the day you answered and got right. In a small team you are still left out when that would give away figures of others. Practice stays yours.'
          : 'Those who lead your teams see figures of five people and more, and never yours. Your name is removed from the existing reports; what was sent before stays where it was sent.',
      ),
      ...buttons(shareButton(shares)),
    ],
  }
}

export const shareButton = (shares: boolean): Button =>
  button(memberIds.share.id({ shares: !shares }), shares ? 'Stop sharing my progress' : 'Share my progress')
