// @module-tag slow
/**
 * Reminders over sixty days, in three zones, with changes of clocks and a process that is killed again and
 * again.
 */
import { describe, expect, it } from 'vitest'
import { type App, createApp } from '../../src/bot/app.js'
import { REMINDERS } from '../../src/bot/cards/reminder.js'
import type { Chat } from '../../src/bot/ports/chat.js'
import type { Store } from '../../src/bot/ports/store.js'
import { seeded } from '../../src/core/random.js'
import { localDate } from '../../src/core/schedule.js'
import { answers, isAnswerable, openQuestion, ticks } from '../helpers/answerable.js'
import { type Person, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { leasesAge } from '../helpers/rounds.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TITLES = REMINDERS.map(([title]) => title)

interface Death {
  at?: () => void
  isDead?: boolean
  /** What was asked of the real parts and is not done yet. */
  readonly unfinished: Set<Promise<unknown>>
}

/** Ends at a call by chance, before or after it was done, and does nothing from then on. */
function mortal<T extends object>(real: T, random: () => number, death: Death, chance: number): T {
  const never = () => new Promise<never>(() => {})
  return new Proxy(real, {
    get(target, name) {
      const verb: unknown = Reflect.get(target, name)
      if (typeof verb !== 'function') return verb
      return async (...args: unknown[]) => {
        if (death.isDead) return never()
        const isLast = random() < chance
        if (isLast && random() < 0.5) return die()
        const doing: Promise<unknown> = Promise.resolve(verb.apply(target, args))
        death.unfinished.add(doing)
        const done = await doing.finally(() => death.unfinished.delete(doing))
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
    const born = (): { app: App; death: Death } => {
      const death: Death = { unfinished: new Set() }
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
      // What was on its way to the database arrives: a lease that came after the others aged would outlive them.
      await Promise.allSettled(life.death.unfinished)
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
          await answers(person, openQuestion(bot, `c-${user}`))
          joined.add(user)
        }
    }
    for (let day = 1; day <= 60; day++) {
      bot.at(new Date(START + day * DAY).toISOString())
      if (localDate(bot.deps.clock(), 'Europe/Berlin') === AWAY.from)
        await people.get('ben')?.says(`/study away until ${AWAY.until}`)
      // One in each third of the day, so that no question is missed, of which the admin would be told.
      const moments = [0, 1, 2].map((third) => START + day * DAY + Math.floor(((third + random()) / 3) * DAY))
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
