/** The web chat as the bot sees it. */

import { type Chat, ChatRefusal, type Place } from '../../bot/ports/chat.js'
import type { Card } from '../../bot/ui/card.js'
import type { MessageLog } from './messages.js'
import { BOT, CHANNEL, isHere, PLATFORM, type Room, WORKSPACE } from './room.js'

export function createChat(room: Room, messages: MessageLog): Chat {
  return {
    platform: PLATFORM,
    async post(place, card, key) {
      refuseElsewhere(place)
      return String(await room.add(BOT, body(card), { key }))
    },
    async find(place, key) {
      const id = isHere(place) ? await messages.byKey(WORKSPACE, CHANNEL, key) : undefined
      return id === undefined ? undefined : String(id)
    },
    async update(place, message, card) {
      refuseElsewhere(place)
      const row = /^\d{1,15}$/.test(message) ? await messages.get(Number(message)) : undefined
      if (!row || row.author !== BOT) throw new ChatRefusal(`There is no message ${message} of Cohort in the web chat.`)
      await room.change(row, body(card))
    },
    async tell(place, user, card) {
      refuseElsewhere(place)
      if (!room.members.some((m) => m.id === user)) throw new ChatRefusal(`There is no member ${user} in the web chat.`)
      await room.add(BOT, body(card), { user })
    },
    access: async (place, user) => (isHere(place) && room.members.some((m) => m.id === user) ? 'yes' : 'no'),
    isPrivate: async (place) => !isHere(place),
    async checkChannel(place) {
      refuseElsewhere(place)
    },
    async forget(workspace, user) {
      if (workspace === WORKSPACE) await room.forget(user)
    },
  }
}

function body(card: Card) {
  return { kind: 'card', card } as const
}

function refuseElsewhere(place: Place): void {
  if (!isHere(place)) throw new ChatRefusal(`The web chat has one channel, ${CHANNEL}; there is no ${place.channel}.`)
}
