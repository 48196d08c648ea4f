import type { CardReply, Reply } from '../ports/chat.js'
import type { Card, Form } from './card.js'

export const privately = (card: Card): CardReply => ({ kind: 'card', card, to: 'caller', replace: false })
/** Redraws the private card that carried the button. */
export const instead = (card: Card): Reply => ({ kind: 'card', card, to: 'caller', replace: true })
/** Like `instead`, but stored nowhere: the answer must not bring back anything about a forgotten member. */
export const inPassing = (card: Card): Reply => ({
  kind: 'card',
  card,
  to: 'caller',
  replace: true,
  passing: true,
})
export const publicly = (card: Card): Reply => ({ kind: 'card', card, to: 'channel', replace: false })
export const opening = (form: Form): Reply => ({ kind: 'form', form })
