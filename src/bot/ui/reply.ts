import type { CardReply, Reply } from '../ports/chat.js'
import type { Card, Form } from './card.js'

export const privately = (card: Card): CardReply => ({ kind: 'card', card, to: 'caller', replace: false })
/** Draws over the private card that carried the button. */
export const instead = (card: Card): Reply => ({ kind: 'card', card, to: 'caller', replace: true })
/** The same, and kept nowhere: nothing of whoever asked to be forgotten comes back with the answer. */
export const inPassing = (card: Card): Reply => ({
  kind: 'card',
  card,
  to: 'caller',
  replace: true,
  passing: true,
})
export const publicly = (card: Card): Reply => ({ kind: 'card', card, to: 'channel', replace: false })
export const opening = (form: Form): Reply => ({ kind: 'form', form })
