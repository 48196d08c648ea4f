/** Reminders to those who asked for them: when they come, when they do not, and when they stop. */
import { describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/bot/app.js'
import { REMINDERS } from '../../src/bot/cards/reminder.js'
import type { Chat } from '../../src/bot/ports/chat.js'
import type { Store } from '../../src/bot/ports/store.js'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import { seeded } from '../../src/core/random.js'
import { localDate } from '../../src/core/schedule.js'
import { type Bot, labelsOf, type Person, selectsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { leasesAge } from '../helpers/rounds.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TITLES = REMINDERS.map(([title]) => title)

/** Ann has answered on Monday at nine, and wants reminders. */
async function reminded(): Promise<{ bot: Bot; ann: Person }> {
  const bot = await startBot()
  await bot.team({ topics: ['apple'], openHours: 20 })
  await bot.at('2026-11-02T08:00Z').tick()
  const ann = bot.person('ann')
  await bot.at('2026-11-02T09:00Z')
  await answers(ann, question(bot))
  await ann.says('/study remind on')
  return { bot, ann }
}

/** Whatever is right: by a button, or by the menu where two are to be chosen. */
function answers(person: Person, card: Card): Promise<Card> {
  return labelsOf(card).includes('A') ? person.presses('A', card) : person.picks(['A', 'B'], card)
}

const isAnswerable = (card: Card) => labelsOf(card).includes('A') || selectsOf(card).length > 0

/** What can be answered in a channel now, the latest. */
function question(bot: Bot, channel = 'study'): Card {
  const found = bot.channel(channel).findLast(isAnswerable)
  if (!found) throw new Error(`nothing can be answered in ${channel}`)
  return found
}

const titles = (bot: Bot) => bot.chat.told.map(({ card }) => card.title)

/** One tick plans it, and the next one sends it. */
async function ticks(bot: Bot, ...times: string[]): Promise<void> {
  for (const time of times) {
    await bot.at(time).tick()
    await bot.tick()
  }
}

describe('a reminder', () => {
  it('comes directly, 23.5 hours after the last answer, and not before', async () => {
    const { bot, ann } = await reminded()
    expect(ann.sees).toContain('Reminders are on')
    await ticks(bot, '2026-11-02T10:00Z', '2026-11-03T08:29Z')
    expect(bot.chat.told).toEqual([])
    await ticks(bot, '2026-11-03T08:30Z', '2026-11-03T09:30Z', '2026-11-03T19:00Z')
    expect(bot.chat.told).toMatchObject([{ workspace: 'w1', user: 'ann' }])
    expect(TITLES).toContain(titles(bot)[0])
    expect(labelsOf(bot.chat.told[0]?.card ?? { blocks: [] })).toEqual([
      'Practise',
      'Your study',
      'Later today',
      'Off',
    ])
  })

  it('does not come to whoever did not ask, or has answered meanwhile, or switched it off', async () => {
    const { bot, ann } = await reminded()
    await answers(bot.person('ben'), question(bot))
    await ticks(bot, '2026-11-03T08:10Z')
    await answers(ann, question(bot))
    await ticks(bot, '2026-11-03T08:31Z', '2026-11-03T19:00Z')
    expect(bot.chat.told).toEqual([])
    await ann.says('/study remind off')
    expect(ann.sees).toContain('Reminders are off')
    await ticks(bot, '2026-11-04T09:00Z', '2026-11-05T09:00Z')
    expect(bot.chat.told).toEqual([])
  })

  it('does not come when the answer is given between its planning and its sending', async () => {
    const { bot, ann } = await reminded()
    bot.chat.fail('tell', 'busy')
    await ticks(bot, '2026-11-03T08:30Z')
    await answers(ann, await ann.says('/quiz apple'))
    await ticks(bot, '2026-11-03T08:31Z')
    expect(bot.chat.told).toEqual([])
    const { rows } = await (await testDatabase()).pool.query(
      "select reason from delivery where kind = 'reminder'",
    )
    expect(rows).toEqual([{ reason: 'they have answered, or it is no time for it' }])
  })

  it('does not come in an away time, nor on days without a question', async () => {
    const { bot, ann } = await reminded()
    await ann.says('/study away until 4 November')
    await ticks(bot, '2026-11-03T09:00Z', '2026-11-04T09:00Z')
    expect(bot.chat.told).toEqual([])
    await ticks(bot, '2026-11-05T08:00Z')
    expect(bot.chat.told).toHaveLength(1)
    await bot.store.pauseTeam(1, true, undefined)
    await ticks(bot, '2026-11-06T09:00Z', '2026-11-07T09:00Z')
    expect(bot.chat.told).toHaveLength(1)
  })

  it('comes at once when somebody is back early', async () => {
    const { bot, ann } = await reminded()
    await ann.says('/study away until 20 November')
    await ticks(bot, '2026-11-03T09:00Z')
    await ann.says('/study away off')
    await ticks(bot, '2026-11-03T09:10Z')
    expect(bot.chat.told).toHaveLength(1)
  })

  it('stops after five that nobody answered, says so once, and goes on when it is asked to', async () => {
    const { bot, ann } = await reminded()
    for (let day = 3; day <= 28; day++) await ticks(bot, `2026-11-${String(day).padStart(2, '0')}T09:00Z`)
    expect(titles(bot).filter((title) => TITLES.includes(title ?? ''))).toHaveLength(5)
    expect(titles(bot).slice(5)).toEqual(['No more reminders'])
    expect(bot.errors).toEqual([])
    await ann.presses('Remind me again', bot.chat.told.at(-1)?.card)
    await ticks(bot, '2026-11-29T09:00Z')
    expect(bot.chat.told).toHaveLength(7)
  })

  it('comes again later today where somebody says so, once and in other words', async () => {
    const { bot, ann } = await reminded()
    await ticks(bot, '2026-11-03T09:00Z')
    const [first] = bot.chat.told
    await ann.presses('Later today', first?.card)
    expect(ann.sees).toContain('Later, then')
    await ann.presses('Later today', first?.card)
    expect(ann.sees).toContain('once more today already')
    await ticks(bot, '2026-11-03T11:59Z', '2026-11-03T12:00Z', '2026-11-03T15:00Z')
    expect(bot.chat.told).toHaveLength(2)
    expect(titles(bot)[0]).not.toBe(titles(bot)[1])
    await bot.at('2026-11-03T18:00Z')
    await ann.presses('Later today', first?.card)
    expect(ann.sees).toContain('too late')
  })

  it('is off with one press on it, and not by somebody else', async () => {
    const { bot, ann } = await reminded()
    await ticks(bot, '2026-11-03T09:00Z')
    const ben = bot.person('ben')
    await ben.presses('Off', bot.chat.told[0]?.card)
    expect(ben.sees).toContain('Reminders are off already')
    await ann.presses('Off', bot.chat.told[0]?.card)
    expect(ann.sees).toContain('nothing of them is kept')
    await ticks(bot, '2026-11-04T09:00Z', '2026-11-05T09:00Z')
    expect(bot.chat.told).toHaveLength(1)
  })

  it('is switched off by a platform that refuses it, and the next command says so once', async () => {
    const { bot, ann } = await reminded()
    bot.chat.fail('tell', 'refused')
    await ticks(bot, '2026-11-03T09:00Z', '2026-11-04T09:00Z')
    expect(bot.chat.told).toEqual([])
    await ann.says('/help')
    expect(ann.sees).toContain('does not let Cohort write to you directly')
    await ann.says('/help')
    expect(ann.sees).not.toContain('directly. Reminders are off')
    await ann.says('/study status')
    expect(ann.sees).toContain('Reminders: off: the chat refused them')
    await ann.presses('Remind me')
    await ticks(bot, '2026-11-05T09:00Z')
    expect(bot.chat.told).toHaveLength(1)
  })

  it('needs a team, whose days it follows', async () => {
    const bot = await startBot()
    const ann = bot.person('ann')
    await ann.says('/study remind on')
    expect(ann.sees).toContain('answer a question in its channel first')
    await ann.says('/study remind')
    expect(ann.sees).toContain('Reminders are off')
  })

  it('stands in the export, and goes with the member', async () => {
    const { bot, ann } = await reminded()
    await ticks(bot, '2026-11-03T09:00Z')
    const data = await bot.store.exportMember({ platform: 'test', workspace: 'w1', user: 'ann' })
    const pages = []
    for await (const page of data?.pages ?? []) pages.push(page)
    expect(pages.find(({ name }) => name === 'reminders')?.rows).toHaveLength(1)
    expect(pages.find(({ name }) => name === 'deliveries')?.rows).toMatchObject([
      { kind: 'reminder', state: 'sent' },
    ])
    await ann.says('/study forget-me')
    await ann.presses('Delete it all')
    const { pool } = await testDatabase()
    expect((await pool.query('select from reminder')).rows).toEqual([])
    await ticks(bot, '2026-11-05T09:00Z')
    expect(bot.chat.told).toHaveLength(1)
  })
})

/** Ends at a call by chance, before or after it was done, and does nothing from then on. */
function mortal<T extends object>(
  real: T,
  random: () => number,
  death: { at?: () => void; isDead?: boolean },
  chance: number,
): T {
  const never = () => new Promise<never>(() => {})
  return new Proxy(real, {
    get(target, name) {
      const verb: unknown = Reflect.get(target, name)
      if (typeof verb !== 'function') return verb
      return async (...args: unknown[]) => {
        if (death.isDead) return never()
        const isLast = random() < chance
        if (isLast && random() < 0.5) return die()
        const done = await verb.apply(target, args)
        return isLast ? die() : death.isDead ? never() : done
      }
    },
  })
  function die() {
    death.isDead = true
    death.at?.()
    return never()
  }
}

describe('sixty days in three zones, with changes of clocks and kills', () => {
  const PEOPLE = [
    { user: 'ann', zone: 'America/New_York', days: [1, 2, 3, 4, 5], answers: 0.3 },
    { user: 'ben', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7], answers: 0.2 },
    { user: 'cy', zone: 'Pacific/Auckland', days: [1, 3, 5], answers: 0 },
    { user: 'dan', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7], answers: 0.2 },
  ] as const
  const AWAY = { from: '2026-03-20', until: '2026-03-30' }
  // New York springs ahead on 8 March, Berlin on 29 March; Auckland falls back on 5 April.
  const START = Date.parse('2026-02-20T00:00Z')

  it('keep every promise', { timeout: 120_000 }, async () => {
    const bot = await startBot({ now: '2026-02-20T00:00Z' })
    const random = seeded(7)
    const told: { user: string; at: number; title: string }[] = []
    const answered = new Map<string, number[]>(PEOPLE.map(({ user }) => [user, []]))
    const people = new Map<string, Person>()
    for (const { user, zone, days } of PEOPLE) {
      const channel = `c-${user}`
      await bot.team({ topics: ['apple'], channel, zone, days: [...days], openHours: 24, minute: 7 * 60 })
      people.set(user, bot.person(user, { channel }))
    }
    const chat: Chat = Object.create(bot.chat)
    chat.post = async (to, card, key) => {
      const id = await bot.chat.post(to, card, key)
      if ('user' in to) told.push({ user: to.user, at: bot.deps.clock(), title: card.title ?? '' })
      return id
    }
    let kills = 0
    const born = (): { app: App; death: { at?: () => void; isDead?: boolean } } => {
      const death = {}
      const store: Store = mortal(bot.store, random, death, 0.01)
      const chats = new Map([['test', mortal(chat, random, death, 0.15)]])
      return { app: createApp({ ...bot.deps, store, chats }), death }
    }
    let life = born()
    async function tick(): Promise<void> {
      const died = new Promise<void>((resolve) => {
        life.death.at = resolve
      })
      await Promise.race([life.app.tick(), died])
      if (!life.death.isDead) return
      kills++
      await leasesAge(await testDatabase(), 61_000)
      life = born()
      bot.at(new Date(bot.deps.clock() + 61_000).toISOString())
      await tick()
    }
    async function answer(user: string): Promise<void> {
      const card = await people.get(user)?.says('/quiz')
      const person = people.get(user)
      // What is to be put in order, or stands in an open round, is left alone.
      if (!person || !card || !isAnswerable(card)) return
      await answers(person, card)
      answered.get(user)?.push(bot.deps.clock())
    }
    // Each joins with an answer to the first question of the team.
    const joined = new Set<string>()
    for (const time of ['2026-02-20T15:00Z', '2026-02-22T20:00Z']) {
      await ticks(bot, time)
      for (const [user, person] of people)
        if (!joined.has(user) && bot.channel(`c-${user}`).length > 0) {
          await answers(person, question(bot, `c-${user}`))
          joined.add(user)
        }
    }
    for (let day = 1; day <= 60; day++) {
      bot.at(new Date(START + day * DAY).toISOString())
      if (localDate(bot.deps.clock(), 'Europe/Berlin') === AWAY.from)
        await people.get('ben')?.says(`/study away until ${AWAY.until}`)
      const moments = Array.from({ length: 3 }, () => START + day * DAY + Math.floor(random() * DAY)).sort(
        (a, b) => a - b,
      )
      for (const moment of moments) {
        bot.at(new Date(moment).toISOString())
        for (const { user, answers } of PEOPLE) if (random() < answers / moments.length) await answer(user)
        await tick()
        bot.at(new Date(moment + 61_000).toISOString())
        await tick()
      }
      if (day === 4) for (const user of ['ann', 'ben', 'cy']) await people.get(user)?.says('/study remind on')
    }
    expect(kills).toBeGreaterThan(20)
    expect(new Set(told.map(({ user }) => user))).toEqual(new Set(['ann', 'ben', 'cy']))
    for (const { user, zone, days } of PEOPLE) {
      const mine = told.filter((one) => one.user === user)
      const reminders = mine.filter(({ title }) => TITLES.includes(title))
      if (user === 'cy') {
        expect(reminders).toHaveLength(5)
        expect(mine.map(({ title }) => title).slice(5)).toEqual(['No more reminders'])
      }
      for (const [i, one] of mine.entries()) {
        const date = localDate(one.at, zone)
        const hour = Number(
          new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(
            one.at,
          ),
        )
        expect(hour >= 8 && hour < 20, `${user} at ${hour}`).toBe(true)
        expect(days).toContain(new Date(`${date}T00:00Z`).getUTCDay() || 7)
        if (user === 'ben') expect(date >= AWAY.from && date <= AWAY.until, date).toBe(false)
        const before = mine.slice(0, i)
        expect(before.map((other) => localDate(other.at, zone))).not.toContain(date)
        expect(before.filter((other) => other.at > one.at - 7 * DAY + 2 * HOUR).length).toBeLessThan(3)
        expect(
          before.filter((other) => other.at > one.at - 14 * DAY).map(({ title }) => title),
        ).not.toContain(one.title)
        expect(answered.get(user)?.filter((time) => time <= one.at && time > one.at - 23.4 * HOUR)).toEqual(
          [],
        )
      }
    }
  })
})

it('every wording can be read without the others', () => {
  for (const [title, words] of REMINDERS)
    expect(plainCard({ title, blocks: [{ kind: 'text', text: [words] }] })).toContain('.')
})
