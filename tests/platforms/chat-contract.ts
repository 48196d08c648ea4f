/**
 * What every chat platform must keep to, so that the bot can rely on it: a suite that each runs against its
 * own.
 */
import { beforeEach, describe, expect, it } from 'vitest'
import { type Chat, ChatRefusal, type Place } from '../../src/bot/ports/chat.js'
import type { Card } from '../../src/bot/ui/card.js'

export interface Subject {
  readonly chat: Chat
  /** A channel that the bot may post in, and one that is not there. */
  readonly here: Place
  readonly nowhere: Place
  /** A channel that only the first of the members may see; undefined where there are none. */
  readonly hidden: Place | undefined
  /** From now on the platform says nothing about channels; undefined where it always does. */
  readonly fallSilent: (() => void) | undefined
  /** Two members of the channel, by the platform's own ids. */
  readonly members: readonly [string, string]
  /**
   * What a member sees, oldest first: titles of the bot's cards in the channel, and those told to this member
   * alone.
   */
  seen(user: string): Promise<readonly string[]>
}

export interface Abilities {
  /** Can tell one try from the next, so a second post under one key is the first message. */
  readonly tellsTries: boolean
  /** Refuses a channel that is not there. */
  readonly refusesChannels: boolean
}

const card = (title: string): Card => ({ title, blocks: [{ kind: 'text', text: [`About ${title}`] }] })

export function chatContract(
  name: string,
  make: () => Promise<Subject>,
  { tellsTries, refusesChannels }: Abilities,
): void {
  describe(`the chat of ${name}`, () => {
    let subject: Subject
    beforeEach(async () => {
      subject = await make()
    })
    posts(() => subject)
    if (tellsTries) retries(() => subject)
    replies(() => subject)
    finds(() => subject)
    findsInPrivate(() => subject)
    updates(() => subject)
    removes(() => subject)
    tells(() => subject)
    forgets(() => subject)
    sees(() => subject)
    if (refusesChannels) refuses(() => subject)
  })
}

function posts(get: () => Subject): void {
  it('shows a post to every member and gives its id', async () => {
    const { chat, here, members, seen } = get()
    expect(await chat.post(here, card('Monday'), 'round-1')).toMatch(/./)
    for (const member of members) expect(await seen(member)).toEqual(['Monday'])
  })

  it('gives two posts ids of their own, in the order they came', async () => {
    const { chat, here, members, seen } = get()
    const first = await chat.post(here, card('Monday'), 'round-1')
    const second = await chat.post(here, card('Tuesday'), 'round-2')
    expect(second).not.toBe(first)
    expect(await seen(members[0])).toEqual(['Monday', 'Tuesday'])
  })
}

function retries(get: () => Subject): void {
  it('does not double a post that is tried again under its key', async () => {
    const { chat, here, members, seen } = get()
    const first = await chat.post(here, card('Monday'), 'round-1')
    expect(await chat.post(here, card('Monday again'), 'round-1')).toBe(first)
    expect(await seen(members[0])).toEqual(['Monday'])
  })

  it('does not double a post that is tried twice at the same time', async () => {
    const { chat, here, members, seen } = get()
    const [first, second] = await Promise.all([
      chat.post(here, card('Monday'), 'round-1'),
      chat.post(here, card('Monday'), 'round-1'),
    ])
    expect(second).toBe(first)
    expect(await seen(members[0])).toEqual(['Monday'])
  })
}

function replies(get: () => Subject): void {
  it('posts what answers a message to all, whether that message is there or gone', async () => {
    const { chat, here, members, seen } = get()
    const question = await chat.post(here, card('Monday'), 'round-1')
    const answer = await chat.post(here, card('The answer'), 'reveal-1', question)
    expect(await chat.find(here, 'reveal-1')).toBe(answer)
    await chat.post(here, card('Another'), 'reveal-2', '1700000000000000001')
    for (const member of members) expect(await seen(member)).toEqual(['Monday', 'The answer', 'Another'])
  })
}

function finds(get: () => Subject): void {
  it('finds by its key what was posted', async () => {
    const { chat, here } = get()
    const first = await chat.post(here, card('Monday'), 'round-1')
    await chat.post(here, card('Tuesday'), 'round-11')
    expect(await chat.find(here, 'round-1')).toBe(first)
  })

  it('finds the first of two posts under one key', async () => {
    const { chat, here } = get()
    const first = await chat.post(here, card('Monday'), 'round-1')
    await chat.post(here, card('Monday'), 'round-1')
    expect(await chat.find(here, 'round-1')).toBe(first)
  })

  it('still finds it after an update', async () => {
    const { chat, here } = get()
    const first = await chat.post(here, card('Monday'), 'round-1')
    await chat.update(here, first, card('Closed'))
    expect(await chat.find(here, 'round-1')).toBe(first)
  })

  it('finds nothing under a key that was never posted, and nothing in another channel', async () => {
    const { chat, here, nowhere } = get()
    await chat.post(here, card('Monday'), 'round-11')
    expect(await chat.find(here, 'round-1')).toBeUndefined()
    const elsewhere = await chat.find(nowhere, 'round-11').catch((error: unknown) => error)
    expect(elsewhere === undefined || elsewhere instanceof ChatRefusal).toBe(true)
  })
}

function findsInPrivate(get: () => Subject): void {
  it('finds by its key what was told to one member alone, for that member', async () => {
    const { chat, here, members, seen } = get()
    const [to, other] = members.map((user) => ({ workspace: here.workspace, user }))
    if (!to || !other) throw new Error('two members')
    const first = await chat.post(to, card('A word'), 'word-1')
    await chat.post(to, card('Another'), 'word-11')
    expect(await chat.find(to, 'word-1')).toBe(first)
    expect(await chat.find(to, 'word-2')).toBeUndefined()
    expect(await chat.find(here, 'word-1')).toBeUndefined()
    expect(await chat.find(other, 'word-1')).toBeUndefined()
    expect(await seen(members[0])).toEqual(['A word', 'Another'])
  })
}

function updates(get: () => Subject): void {
  it('draws another card over a message, and leaves the others', async () => {
    const { chat, here, members, seen } = get()
    const first = await chat.post(here, card('Monday'), 'round-1')
    await chat.post(here, card('Tuesday'), 'round-2')
    await chat.update(here, first, card('Closed'))
    for (const member of members) expect(await seen(member)).toEqual(['Closed', 'Tuesday'])
  })

  it('may draw the same card again', async () => {
    const { chat, here, members, seen } = get()
    const first = await chat.post(here, card('Monday'), 'round-1')
    await chat.update(here, first, card('Monday'))
    expect(await seen(members[0])).toEqual(['Monday'])
  })

  it('refuses to draw over a message that is not there', async () => {
    const { chat, here } = get()
    await expect(chat.update(here, '999', card('Closed'))).rejects.toThrow(ChatRefusal)
  })
}

function removes(get: () => Subject): void {
  it('deletes one message alone, which may be gone already, and finds the other under its key', async () => {
    const { chat, here, members, seen } = get()
    const { remove } = chat.capabilities
    if (!remove) return
    const first = await chat.post(here, card('Monday'), 'round-1')
    const second = await chat.post(here, card('Tuesday'), 'round-2')
    for (let i = 0; i < 2; i++) await remove(here, first)
    expect(await seen(members[0])).toEqual(['Tuesday'])
    expect(await chat.find(here, 'round-2', { ageMs: 0 })).toBe(second)
    expect(await chat.find(here, 'round-2', { ageMs: 0, except: second })).toBeUndefined()
  })
}

function tells(get: () => Subject): void {
  it('tells one member alone', async () => {
    const { chat, here, members, seen } = get()
    await chat.post(here, card('Monday'), 'round-1')
    await chat.post({ workspace: here.workspace, user: members[0] }, card('A word'), 'word-1')
    expect(await seen(members[0])).toEqual(['Monday', 'A word'])
    expect(await seen(members[1])).toEqual(['Monday'])
  })
}

function sees(get: () => Subject): void {
  it('says who may see a channel, and whether everybody may', async () => {
    const { chat, here, nowhere, hidden, members } = get()
    for (const member of members) expect(await chat.access(here, member)).toBe('yes')
    expect(await chat.isPrivate(here)).toBe(false)
    for (const member of members) expect(await chat.access(nowhere, member)).toBe('no')
    expect(await chat.isPrivate(nowhere)).toBe(true)
    if (!hidden) return
    expect([await chat.access(hidden, members[0]), await chat.access(hidden, members[1])]).toEqual([
      'yes',
      'no',
    ])
    expect(await chat.isPrivate(hidden)).toBe(true)
  })

  it('says who is still there', async () => {
    const {
      chat,
      here: { workspace },
      members,
    } = get()
    for (const user of members) expect(await chat.isThere({ workspace, user })).toBe('yes')
    expect(await chat.isThere({ workspace, user: '399999999999999999' })).toBe('no')
  })

  it('says who can still see a channel, and nothing of one that Cohort does not see', async () => {
    const { chat, here, nowhere, hidden, members } = get()
    for (const member of members) {
      expect(await chat.isStillIn(here, member)).toBe('yes')
      expect(await chat.isStillIn(nowhere, member)).toBe('unknown')
    }
    if (!hidden) return
    const still = [await chat.isStillIn(hidden, members[0]), await chat.isStillIn(hidden, members[1])]
    expect(still).toEqual(['yes', 'no'])
  })

  it('lets a team be set up in a channel that is there and that its admin sees, and tells a hidden one from none to nobody', async () => {
    const { chat, here, nowhere, hidden, members } = get()
    for (const user of [members[0], undefined])
      await expect(chat.checkChannel(here, user)).resolves.toBeUndefined()
    const refused = await chat.checkChannel(nowhere, members[1]).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ChatRefusal)
    if (!hidden) return
    await expect(chat.checkChannel(hidden, members[0])).resolves.toBeUndefined()
    expect(await chat.checkChannel(hidden, members[1]).catch((error: unknown) => error)).toEqual(refused)
  })

  it('takes a channel for private while the platform says nothing, and lets no team be set up', async () => {
    const { chat, here, hidden, members, fallSilent } = get()
    if (!fallSilent || !hidden) return
    fallSilent()
    expect(await chat.isPrivate(hidden)).toBe(true)
    for (const place of [here, hidden]) {
      expect(await chat.access(place, members[0])).toBe('unknown')
      expect(await chat.isThere({ workspace: place.workspace, user: members[0] })).not.toBe('no')
      expect(await chat.isStillIn(place, members[0])).toBe('unknown')
      const failed = await chat.checkChannel(place, members[0]).catch((error: unknown) => error)
      expect(failed).toBeInstanceOf(Error)
      expect(failed).not.toBeInstanceOf(ChatRefusal)
    }
  })
}

function forgets(get: () => Subject): void {
  it('keeps the channel and what others were told when a member is forgotten', async () => {
    const { chat, here, members, seen } = get()
    await chat.post(here, card('Monday'), 'round-1')
    await chat.post({ workspace: here.workspace, user: members[1] }, card('A word'), 'word-1')
    await chat.forget(here.workspace, members[0])
    expect(await seen(members[1])).toEqual(['Monday', 'A word'])
  })
}

function refuses(get: () => Subject): void {
  it('refuses to post in a channel that is not there, in words for a person', async () => {
    const { chat, nowhere, members, seen } = get()
    const refused = await chat.post(nowhere, card('Monday'), 'round-1').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ChatRefusal)
    expect(refused).toHaveProperty('message', expect.stringMatching(/\w+ \w+ \w+/))
    expect(await seen(members[0])).toEqual([])
  })

  it('refuses to draw over a message from a channel that is not there', async () => {
    const { chat, here, nowhere, members, seen } = get()
    const first = await chat.post(here, card('Monday'), 'round-1')
    await expect(chat.update(nowhere, first, card('Closed'))).rejects.toThrow(ChatRefusal)
    expect(await seen(members[0])).toEqual(['Monday'])
  })
}
