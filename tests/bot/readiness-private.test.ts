// @module-tag slow
/**
 * What Ann learns is seen by Ann alone: what others and leads are told, what they can press, the log at the
 * level debug, the figures, direct messages, and the page of another member say nothing of it.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller, Reply } from '../../src/bot/ports/chat.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { callerFor, LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import { createMeter, type Meter } from '../../src/server/metrics.js'
import { type Bot, buttonsOf, selectsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { answersMany } from '../helpers/learned.js'
import { type WebPage, webPage } from '../helpers/web-page.js'

const EXAM = '2027-03-17'
const PLACE = { platform: 'web', workspace: 'local' }
const [ANN] = LOCAL_MEMBERS

let bot: Bot
let web: WebPage
let meter: Meter
/** What stands on Ann's own page and nowhere else. */
let secrets: readonly string[]
/** What everybody but Ann was given, as it was given. */
const given: string[] = []

beforeAll(async () => {
  meter = createMeter({ clock: Date.now, monotonic: () => performance.now() })
  bot = await startBot({ content: 'content', metrics: meter, limits: noLimits })
  web = await webPage(bot)
  const team = await bot.team({ ...PLACE, admin: 'ada' })
  await answersMany(bot, { ...PLACE, user: 'ann', name: 'Ann' }, 60)
  await answersMany(bot, { ...PLACE, user: 'ben', name: 'Ben' }, 3)
  for (const line of [`/study exam ${EXAM}`, '/study status', '/stats', '/quiz', '/study export'])
    await web.says('ann', line)
  await dayOfTheTeam(team.id)
  secrets = await secretsOf('ann')
})

/** A round with answers of both, its reveal, and the podium of the season. */
async function dayOfTheTeam(team: number): Promise<void> {
  bot.at('2026-11-02T08:00:30Z')
  await bot.tick()
  const [round] = await bot.store.openRounds(team)
  for (const user of ['ann', 'ben']) {
    const who = { ...PLACE, user, name: user, channel: undefined, now: bot.deps.clock() }
    await bot.store.answer({ ...who, round: round?.id ?? 0, slot: 0, answer: 'A' })
  }
  for (const time of ['2026-11-02T20:01:00Z', '2026-12-01T09:00:00Z']) {
    bot.at(time)
    await bot.tick()
  }
  await bot.app.settled()
}

/** The ranges, the date, the line of the plan, and what is left of it: in figures and in words. */
async function secretsOf(user: string): Promise<string[]> {
  const who = LOCAL_MEMBERS.find(({ id }) => id === user)
  if (!who) throw new Error(`no ${user}`)
  const { card } = await bot.app.home(callerFor(who))
  const text = JSON.stringify(card)
  const ranges = [...text.matchAll(/\d+-\d+ %/g)].map(([range]) => range)
  const met = /\d+ of \d+ concepts met/.exec(text)?.[0] ?? ''
  expect(ranges.length).toBeGreaterThan(4)
  expect(text).toContain(EXAM)
  return [...new Set([...ranges, 'on a new exam of this kind', EXAM, met])]
}

const caller = (user: string, isAdmin: boolean, channel = 'study'): Caller => ({
  ...PLACE,
  ...{ channel, user, name: user, isAdmin: async () => isAdmin, seemsAdmin: isAdmin },
})

const LINES = [
  '/stats',
  '/study status',
  '/study exam',
  '/study export',
  '/study forget-me',
  '/quiz',
  '/help',
  ...['week', 'season', 'all-time'].flatMap((span) => [
    `/leaderboard ${span} members`,
    `/leaderboard ${span} teams`,
  ]),
  '/team status',
  '/team list',
  '/team members',
  '/team setup',
]
/** What ends a walk for those who come after. */
const ENDS = /forget|remove|leave|take-out|move|close|pause|team\.act/

/** Whatever they can type, and what that leads to, three presses far. */
async function walk(who: Caller): Promise<number> {
  const seen = new Set<string>()
  async function follow(reply: Reply, depth: number): Promise<void> {
    given.push(JSON.stringify(reply, textOfFiles))
    if (reply.kind === 'form') return
    const presses = [
      ...buttonsOf(reply.card).map(({ id }) => ({ kind: 'press', caller: who, id }) as const),
      ...selectsOf(reply.card).map(
        ({ id, options }) =>
          ({
            kind: 'select',
            caller: who,
            id,
            values: options.slice(0, 1).map(({ value }) => value),
          }) as const,
      ),
    ].filter(({ id }) => !ENDS.test(id) && !seen.has(id))
    if (depth === 0) return
    for (const press of presses) {
      seen.add(press.id)
      await follow(await bot.app.run(press), depth - 1)
    }
  }
  for (const line of LINES) {
    const [name = '', ...rest] = line.slice(1).split(' ')
    await follow(await bot.app.run({ kind: 'command', caller: who, name, input: rest.join(' ') }), 2)
  }
  await follow(await bot.app.home({ ...who, channel: '' }), 2)
  return seen.size
}

/** What a file holds is looked at as its text. */
const textOfFiles = (key: string, value: unknown) =>
  key === 'content' && value && typeof value === 'object'
    ? Buffer.from((value as { data: number[] }).data ?? value).toString()
    : value

function nothingOfAnn(texts: readonly string[]): void {
  for (const secret of secrets)
    expect(texts.filter((text) => text.includes(secret)).map(around(secret))).toEqual([])
}

const around = (secret: string) => (text: string) => {
  const at = text.indexOf(secret)
  return text.slice(Math.max(0, at - 80), at + 80)
}

describe('what Ann learns', () => {
  it('is in nothing that another member, somebody new or a lead can type or press', {
    tags: ['slow'],
  }, async () => {
    for (const who of [caller('ben', false), caller('cem', false), caller('ada', true)])
      expect(await walk(who)).toBeGreaterThan(5)
    expect(given.length).toBeGreaterThan(100)
    nothingOfAnn(given)
  })

  it('is not to be had by her own buttons, in another hand', async () => {
    const found: string[] = []
    if (!ANN) throw new Error('no Ann')
    const hers = [await bot.app.home(callerFor(ANN))].flatMap(({ card }) => buttonsOf(card))
    for (const { id } of hers.filter((one) => !ENDS.test(one.id)))
      found.push(JSON.stringify(await bot.app.run({ kind: 'press', caller: caller('ben', false), id })))
    expect(found.length).toBeGreaterThan(3)
    nothingOfAnn(found)
  })

  it('is on no page of another member, and no picture or file of hers opens for them', async () => {
    nothingOfAnn([JSON.stringify(await web.conversation('ben'))])
    const hers = (await web.conversation('ann')).filter(({ body }) => JSON.stringify(body).includes(EXAM))
    expect(hers.length).toBeGreaterThan(1)
    for (const { id } of hers)
      for (const [kind, file] of [
        ['picture', '0.png'],
        ['file', '0'],
      ])
        expect(await web.status(`/${kind}/${id}/${file}?as=ben`)).toBe(404)
  })

  it('is in nothing that was posted in a channel or told to somebody else', async () => {
    const { rows } = await (await testDatabase()).pool.query(
      "select body::text from web_message where user_id is distinct from 'ann'",
    )
    expect(rows.length).toBeGreaterThan(2)
    nothingOfAnn(rows.map(({ body }) => body))
    nothingOfAnn(bot.chat.told.map((one) => JSON.stringify(one)))
  })

  it('is in no delivery, in no line of the log, and in no figure', async () => {
    const { rows } = await (await testDatabase()).pool.query('select d::text as row from delivery d')
    const lines = bot.log.map((line) => JSON.stringify(line))
    expect(lines.some((line) => line.includes('"level":"debug"'))).toBe(true)
    nothingOfAnn([...rows.map(({ row }) => row), ...lines, await meter.registry.metrics()])
  })
})
