// @module-tag slow
/**
 * Whatever members press, in whatever order and two at a time: a question is asked once enough others have
 * approved the very version that is asked, and not a press earlier.
 */
import { expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { neededApprovals } from '../../src/core/authoring.js'
import { between, oneOf, seeded } from '../../src/core/random.js'
import type { Bot } from '../helpers/bot.js'
import { IS_LONG } from '../helpers/long.js'
import { askedOn } from '../helpers/team-weeks.js'
import { askedOf, FORM, teamOf } from '../helpers/written.js'

const SEQUENCES = IS_LONG ? 200 : 20
const STEPS = IS_LONG ? 16 : 8
/** A machine that is busy with other tests takes seconds for one. */
const PATIENCE_MS = SEQUENCES * 20_000
const MEMBERS = ['ana', 'bo', 'cy', 'di', 'eve']
/** `zed` is in no team. */
const PEOPLE = [...MEMBERS, 'zed']
const SEED = Number(process.env.FUZZ_SEED ?? (IS_LONG ? Date.now() % 1_000_000 : 7))

/** What was accepted of one question, by what people were told. */
interface Log {
  version: number
  isOpen: boolean
  asked: boolean
  isRetired: boolean
  readonly wrote: Set<string>
  /** Writers who were forgotten since: they are known by a hash until the question is decided on. */
  readonly gone: Set<string>
  approved: Set<string>
}

function decided({ gone, wrote }: Log): void {
  for (const one of gone) wrote.delete(one)
  gone.clear()
}

const press = async (bot: Bot, user: string, id: string) => {
  const reply = await bot.person(user).request({ kind: 'press', id })
  return reply.kind === 'form' ? 'a form' : plainCard(reply.card)
}

async function change(bot: Bot, user: string, where: string, stem: string): Promise<string> {
  const person = bot.person(user)
  const reply = await person.request({ kind: 'press', id: `authoring.open-change~${where}` })
  if (reply.kind !== 'form') return plainCard(reply.card)
  const caller = {
    platform: 'test',
    workspace: 'w1',
    channel: 'study',
    user,
    name: user,
    isAdmin: async () => false,
  }
  const sent = await bot.app.run({
    ...{ kind: 'submit', caller, id: `authoring.change~${where}` },
    values: { ...FORM, stem },
  })
  return sent.kind === 'card' ? plainCard(sent.card) : 'a form'
}

it(
  `a question is asked with the approvals of others alone, in ${SEQUENCES} sequences (seed ${SEED})`,
  async () => {
    const random = seeded(SEED)
    const { bot, team } = await teamOf(MEMBERS)
    const needed = neededApprovals(MEMBERS.length)
    let day = Date.parse('2026-11-05T00:00Z')
    for (let nth = 1; nth <= SEQUENCES; nth++) {
      const author = oneOf(MEMBERS, random)
      const who = bot.person(author)
      await who.says('/study write')
      await who.fills({ ...FORM, stem: `Number ${nth}x${nth}?` })
      expect(who.card.title).toBe('It waits for review')
      const log: Log = {
        version: 1,
        isOpen: true,
        asked: false,
        isRetired: false,
        wrote: new Set([author]),
        gone: new Set(),
        approved: new Set(),
      }
      const id = `team-${team.id}-${nth}`
      for (let step = 0; step < STEPS; step++) {
        const user = oneOf(PEOPLE, random)
        const version = log.version - (random() < 0.15 ? 1 : 0)
        const where = `${nth.toString(36)}~${version.toString(36)}`
        await act(between(0, 11, random), user, where, `Number ${nth}x${nth}, ${step}?`, log)
        expect(askedOf(bot, team).includes(id), `${id}, step ${step}`).toBe(log.asked)
      }
      expect(bot.deps.questions.about({ pack: team.pack }, []).some((one) => one.id === id)).toBe(false)
      await press(bot, 'ada', `authoring.retire~${nth.toString(36)}~${log.version.toString(36)}~yes`)
      expect(askedOf(bot, team)).not.toContain(id)
    }
    expect(bot.errors).toEqual([])

    async function act(kind: number, user: string, where: string, stem: string, log: Log): Promise<void> {
      const isNow = where.endsWith(`~${log.version.toString(36)}`)
      if (kind <= 6) {
        // At once, as a double click does.
        const told = await Promise.all([
          press(bot, user, `authoring.approve~${where}`),
          press(bot, user, `authoring.approve~${where}`),
        ])
        const yes = told.filter((one) => /^Approved/.test(one))
        const may =
          isNow &&
          log.isOpen &&
          !log.asked &&
          !log.wrote.has(user) &&
          !log.approved.has(user) &&
          user !== 'zed'
        expect(yes.length, `${user} approves: ${told[0]}`).toBe(may ? 1 : 0)
        if (may) log.approved.add(user)
        log.asked ||= log.isOpen && log.approved.size >= needed
        if (log.asked) decided(log)
        expect([...log.approved].some((one) => log.wrote.has(one))).toBe(false)
      } else if (kind <= 8) {
        const isDone = /back in review/.test(await change(bot, user, where, stem))
        if (!isDone) return
        expect(isNow).toBe(true)
        log.wrote.add(user)
        log.gone.delete(user)
        Object.assign(log, {
          version: log.version + 1,
          isOpen: true,
          asked: false,
          isRetired: false,
          approved: new Set(),
        })
      } else if (kind === 9) {
        const isDone = /taken back/.test(await press(bot, user, `authoring.withdraw~${where}`))
        if (isDone) Object.assign(log, { isOpen: false, approved: new Set() })
      } else if (kind === 10) {
        const isDone = /not asked any more/.test(await press(bot, user, `authoring.retire~${where}~yes`))
        if (isDone) Object.assign(log, { isOpen: false, asked: false, approved: new Set(), isRetired: true })
        if (isDone) decided(log)
      } else if (random() < 0.1 && user !== 'zed') await forget(user, log)
    }

    /** They come back at once, as somebody whom nobody knows. */
    async function forget(user: string, log: Log): Promise<void> {
      await bot.store.forgetMember({ platform: 'test', workspace: 'w1', user })
      if (log.isOpen && !log.asked) log.approved.delete(user)
      if (log.wrote.has(user)) log.gone.add(user)
      if (log.asked || log.isRetired) decided(log)
      day += 86_400_000
      await askedOn(bot, team, new Date(day).toISOString().slice(0, 10), {
        question: 'apple-hard',
        right: [user],
      })
    }
  },
  PATIENCE_MS,
)
