/** Whether a message may become a question: the cards for its author and for the person who asks. */
import { isolated, sentence, short } from '../../core/text.js'
import { bold, button, buttons, type Card, note, text } from '../ui/card.js'
import { authoringIds } from '../ui/ids.js'
import { QUESTION_OF_THIS } from '../ui/message.js'

const QUOTED = 900

/** Asks the author, in private. */
export function askAuthorCard(ask: number, asker: string, message: string): Card {
  return {
    title: 'May this become a question?',
    blocks: [
      text(sentence`${asker} would like to make a question for your team of what you wrote:`),
      text(isolated(short(message, QUOTED))),
      ...buttons(
        button(authoringIds.allow.id({ ask, yes: true }), 'Yes', 'primary'),
        button(authoringIds.allow.id({ ask, yes: false }), 'No'),
      ),
      note('Nothing of it is stored unless you say yes. Your name is not shown with the question.'),
    ],
  }
}

export const askedAuthorCard = (isNew: boolean): Card => ({
  title: isNew ? 'Its author is asked' : 'Its author has not answered yet',
  blocks: [
    text(
      'Somebody else wrote that message, so they say whether it may become a question. Once they say yes you are told; choose the same on the message again, and the form opens with its words. A day from now it is over.',
    ),
  ],
})

export const allowedCard = (isAllowed: boolean): Card => ({
  title: isAllowed ? 'Thank you' : 'It stays a message',
  blocks: [
    text(
      isAllowed
        ? 'Whoever asked is told, and can write the question within a day. Others look it over before it is asked.'
        : 'Nothing of it was stored, and whoever asked sees that you said no.',
    ),
  ],
})

/** Tells the person who asked, in private. */
export const saidYesCard = (author: string): Card => ({
  title: 'You may make a question of it',
  blocks: [
    text(
      sentence`${author} said yes. Choose `,
      bold(QUESTION_OF_THIS),
      ' on that message again: the form opens with its words, within a day.',
    ),
  ],
})
