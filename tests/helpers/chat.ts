/**
 * A chat platform in memory, at the network's edge: keeps what was posted, and refuses what a platform would
 * refuse.
 */

import { type Chat, ChatBusy, ChatRefusal, type Person, type Place } from '../../src/bot/ports/chat.js'
import type { Card } from '../../src/bot/ui/card.js'

export interface Posted {
  readonly id: string
  readonly place: Place
  readonly key: string
  card: Card
}

export interface TestChat extends Chat {
  readonly posted: readonly Posted[]
  /** What was told in private: to whom, and what. */
  readonly told: readonly {
    readonly workspace: string
    readonly user: string
    readonly key: string
    card: Card
  }[]
  /** Channels that only these users may see; everybody may see the others. */
  readonly hidden: Map<string, readonly string[]>
  /** Who left the workspace. */
  readonly gone: Set<string>
  /** What was asked about channels and people, such as `access back ann` and `there ann`. */
  readonly asked: readonly string[]
  /** The threads that were opened, with the message that each hangs on. */
  readonly threads: readonly { readonly message: string; readonly card: Card }[]
  /** Answers nothing that it is asked about channels. */
  isSilent: boolean
  /**
   * The next acts of this kind go wrong so, in this order; `lost` gets through, but the answer does not come
   * back; `busy` asks to wait 30 seconds. `tell` is a post to one person.
   */
  fail(
    act: 'post' | 'tell' | 'update' | 'thread',
    ...how: readonly ('refused' | 'down' | 'lost' | 'busy')[]
  ): void
}

/**
 * `forgets`: like a platform that cannot tell one try from the next, so only `find` prevents a double post.
 */
export function testChat(platform = 'test'): TestChat {
  const posted: Posted[] = []
  const told: (Person & { key: string; card: Card })[] = []
  const hidden = new Map<string, readonly string[]>()
  const gone = new Set<string>()
  const asked: string[] = []
  const threads: { message: string; card: Card }[] = []
  const faults: { act: string; how: string }[] = []
  const fault = (act: string) => {
    const at = faults.findIndex((f) => f.act === act)
    return at === -1 ? undefined : faults.splice(at, 1)[0]?.how
  }
  const check = (how: string | undefined) => {
    if (how === 'refused')
      throw new ChatRefusal('Cohort is not in this channel. Invite it with /invite @Cohort.')
    if (how === 'down') throw new Error('503')
    if (how === 'busy') throw new ChatBusy(30_000)
  }
  const sees = (channel: string, user: string) => hidden.get(channel)?.includes(user) !== false
  const chat: TestChat = {
    platform,
    posted,
    told,
    hidden,
    gone,
    asked,
    threads,
    isSilent: false,
    fail: (act, ...how) => void faults.push(...how.map((h) => ({ act, how: h }))),
    async post(to, card, key) {
      const how = fault('user' in to ? 'tell' : 'post')
      check(how)
      if ('user' in to) {
        const id = `d${told.push({ ...to, key, card })}`
        if (how === 'lost') throw new Error('socket closed')
        return id
      }
      const place = to
      const id = `m${posted.length + 1}`
      posted.push({ id, place: { workspace: place.workspace, channel: place.channel }, card, key })
      if (how === 'lost') throw new Error('socket closed')
      return id
    },
    async find(place, key) {
      if ('user' in place) {
        const at = told.findIndex(
          (t) => t.key === key && t.workspace === place.workspace && t.user === place.user,
        )
        return at === -1 ? undefined : `d${at + 1}`
      }
      return posted.find(
        (p) => p.key === key && p.place.workspace === place.workspace && p.place.channel === place.channel,
      )?.id
    },
    async update(to, message, card) {
      check(fault('update'))
      const found =
        'user' in to
          ? told.find((one, i) => message === `d${i + 1}` && one.user === to.user)
          : posted.find((p) => p.id === message)
      if (!found) throw new ChatRefusal(`There is no message ${message}.`)
      found.card = card
    },
    capabilities: {
      linkTo: async ({ channel }, message) => `https://chat.test/${channel}/${message}`,
      mentions: {
        hint: 'A group is called g and a number.',
        read: (given) => (/^g\d+$/.test(given) ? given : undefined),
      },
      async openThread(_place, message, _replyTo, card) {
        check(fault('thread'))
        threads.push({ message, card })
        return `t${threads.length}`
      },
    },
    async access({ channel }, user) {
      asked.push(`access ${channel} ${user}`)
      if (chat.isSilent) return 'unknown'
      return sees(channel, user) ? 'yes' : 'no'
    },
    async isThere({ user }) {
      asked.push(`there ${user}`)
      if (chat.isSilent) return 'unknown'
      return gone.has(user) ? 'no' : 'yes'
    },
    async isStillIn({ channel }, user) {
      asked.push(`in ${channel} ${user}`)
      // What nobody sees, the bot does not see either.
      if (chat.isSilent || hidden.get(channel)?.length === 0) return 'unknown'
      return sees(channel, user) ? 'yes' : 'no'
    },
    async isPrivate({ channel }) {
      asked.push(`private ${channel}`)
      return chat.isSilent || hidden.has(channel)
    },
    async checkChannel({ channel }, user) {
      if (chat.isSilent) throw new Error('503')
      if (user !== undefined && !sees(channel, user))
        throw new ChatRefusal('There is no such channel that you can see.')
    },
    async forget() {},
  }
  return chat
}
