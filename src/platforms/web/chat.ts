/** Implements the bot's chat interface for the web chat. */

import { type Chat, ChatRefusal, type Person, type Place } from '../../bot/ports/chat.js'
import type { Card } from '../../bot/ui/card.js'
import type { MessageLog } from './messages.js'
import { BOT, CHANNEL, isHere, PLATFORM, type Room, WORKSPACE } from './room.js'

export function createChat(room: Room, messages: MessageLog): Chat {
  return {
    platform: PLATFORM,
    capabilities: {},
    async post(to, card, key) {
      if ('channel' in to) refuseElsewhere(to)
      else refuseStranger(to)
      return String(await room.add(BOT, body(card), { key, ...('user' in to && { user: to.user }) }))
    },
    async find(to, key) {
      const id = 'user' in to || isHere(to) ? await messages.byKey(WORKSPACE, CHANNEL, key) : undefined
      const row = id === undefined ? undefined : await messages.get(id)
      return row && row.user === ('user' in to ? to.user : undefined) ? String(row.id) : undefined
    },
    async update(place, message, card) {
      if ('channel' in place) refuseElsewhere(place)
      const row = /^\d{1,15}$/.test(message) ? await messages.get(Number(message)) : undefined
      if (!row || row.author !== BOT)
        throw new ChatRefusal(`There is no message ${message} of Cohort in the web chat.`)
      await room.change(row, body(card))
    },
    access: async (place, user) => (isHere(place) && room.members.some((m) => m.id === user) ? 'yes' : 'no'),
    isThere: async ({ user }) => (room.members.some((m) => m.id === user) ? 'yes' : 'no'),
    isStillIn: async (place, user) =>
      isHere(place) && room.members.some((m) => m.id === user) ? 'yes' : 'unknown',
    isPrivate: async (place) => !isHere(place),
    async checkChannel(place) {
      refuseElsewhere(place)
    },
    async forget(workspace, user) {
      if (workspace === WORKSPACE) await room.forget(user)
    },
  }

  function refuseStranger({ user }: Person): void {
    if (!room.members.some((m) => m.id === user))
      throw new ChatRefusal(`There is no member ${user} in the web chat.`)
  }
}

function body(card: Card) {
  return { kind: 'card', card } as const
}

function refuseElsewhere(place: Place): void {
  if (!isHere(place))
    throw new ChatRefusal(`The web chat has one channel, ${CHANNEL}; there is no ${place.channel}.`)
}
