// @module-tag longer
/** Whatever people, or those who pretend to be people, send to the bot itself. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseForm } from '../../src/bot/actions/answering.js'
import { actions } from '../../src/bot/actions/index.js'
import { commands } from '../../src/bot/commands/index.js'
import type { Caller, FormValues, Reply, Request } from '../../src/bot/ports/chat.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { actionId, MAX_ACTION_ID, readRest, restId, splitId } from '../../src/bot/ui/action.js'
import { clean, tidy } from '../../src/bot/ui/clean.js'
import { answerFormat, int, oneOf, question, topics, word, yesOrNo } from '../../src/bot/ui/params.js'
import { checkArgs, findCommand, parseArgs } from '../../src/bot/ui/parse.js'
import { UserError } from '../../src/core/errors.js'
import { parseAnswer } from '../../src/core/grade.js'
import { type Bot, buttonsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { holds, json, NASTY, PATIENCE_MS, text, within } from './fuzz.js'

const ann: Caller = {
  platform: 'test',
  workspace: 'w1',
  channel: 'study',
  user: 'ann',
  name: 'Ann',
  isAdmin: async () => false,
}
/** For what takes a millisecond; slow machines take ten times as long. */
const SOON_MS = 1000

/** What it gives; undefined for a refusal in words for people. Anything else is thrown on. */
function orRefused<T>(work: () => T): T | undefined {
  try {
    return within(SOON_MS, work)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    expect(error.message.length).toBeGreaterThan(10)
    expect(error.message.length).toBeLessThan(500)
    return undefined
  }
}

const phrases = fc.array(
  fc.oneof(text, fc.constantFrom('week', 'season', 'members', 'teams', '3', '-1', 'apple', 'study', 'setup')),
  {
    maxLength: 6,
  },
)
const line = phrases.map((all) => all.join(' '))

describe('made-up input', () => {
  it(
    'typed after a command fits its options or is refused',
    () =>
      holds(
        fc.property(fc.constantFrom(...commands), line, (command, rest) => {
          const values = orRefused(() => parseArgs(command, clean(rest)))
          for (const [name, value] of Object.entries(values ?? {})) {
            const spec = command.options[name]
            if (!spec) throw new Error(`there is no option ${name}`)
            if (spec.type === 'integer')
              expect(Number(value) >= spec.min && Number(value) <= spec.max).toBe(true)
            if (spec.type === 'choice') expect(spec.choices).toContain(value)
            if (spec.type === 'text') expect(String(value).length).toBeLessThanOrEqual(spec.max)
          }
        }),
      ),
    PATIENCE_MS,
  )

  it(
    'in options that a platform read itself fits them or is refused',
    () =>
      holds(
        fc.property(
          fc.constantFrom(...commands),
          fc.dictionary(fc.constantFrom('query', 'topic', 'count', 'span', 'by', '__proto__'), json),
          (command, values) => {
            orRefused(() => checkArgs(command, values as Record<string, string>))
          },
        ),
      ),
    PATIENCE_MS,
  )

  it(
    'for a line finds a command that there is, or none',
    () =>
      holds(
        fc.property(line, (typed) => {
          const found = within(SOON_MS, () => findCommand(commands, typed))
          if (found) expect(commands).toContain(found.command)
        }),
      ),
    PATIENCE_MS,
  )

  it(
    'is cleaned once and for all, of bounded length, without what hides or breaks',
    () =>
      holds(
        fc.property(
          fc.oneof(
            text,
            phrases.map((all) => all.join('')),
          ),
          text,
          (typed, name) => {
            const once = within(SOON_MS, () => clean(typed))
            expect(once.length).toBeLessThanOrEqual(4000)
            expect(once.isWellFormed()).toBe(true)
            for (const hidden of '\0\b\u000e\u202e\u2066\ufeff\u200b') expect(once).not.toContain(hidden)
            expect(clean(once)).toBe(once)
            const request = tidy({
              kind: 'submit',
              caller: { ...ann, name },
              id: typed,
              values: { [name]: typed },
            })
            expect(request.caller.name.length).toBeGreaterThan(0)
            expect(request.caller.name.length).toBeLessThanOrEqual(80)
          },
        ),
      ),
    PATIENCE_MS,
  )

  const every = actionId('every', {
    row: int(),
    page: int(9),
    span: oneOf('week', 'season'),
    sure: yesOrNo,
    shape: answerFormat,
    question,
    word,
    topics,
  })
  const slug = fc.stringMatching(/^[a-z0-9-]{1,12}$/)
  const values = fc.record({
    row: fc.nat(),
    page: fc.nat(9),
    span: fc.constantFrom('week' as const, 'season' as const),
    sure: fc.boolean(),
    shape: fc.record({
      kind: fc.constantFrom('choice' as const, 'response' as const, 'ordering' as const, 'matching' as const),
      places: fc.integer({ min: 1, max: 26 }),
      options: fc.integer({ min: 1, max: 26 }),
    }),
    question: fc.record({ number: fc.nat() }),
    word: slug,
    topics: fc.record(
      { pack: fc.stringMatching(/^[a-z0-9]{1,6}$/), slugs: fc.array(slug, { minLength: 1, maxLength: 3 }) },
      { requiredKeys: ['slugs'] },
    ),
  })
  const odd = fc.oneof(
    text,
    fc.array(text, { maxLength: 11 }).map((all) => all.join('~')),
  )
  it(
    'in the id of an action is read back as it was written, or refused',
    () =>
      holds(
        fc.property(values, fc.constantFrom(...actions), odd, (written, action, id) => {
          const own = splitId(every.id(written))
          expect([own.name, every.read(own.words)]).toEqual(['every', written])
          const { words: given } = within(SOON_MS, () => splitId(`${action.name}~${id}`))
          for (const value of Object.values(orRefused(() => action.read(given)) ?? {}))
            if (typeof value === 'number') expect(value >= 0 && value < 2 ** 32).toBe(true)
          const asked = orRefused(() => answerFormat.read([...given]))
          if (asked) orRefused(() => parseAnswer(asked, given))
          const rest = readRest(id)
          if (rest) expect(restId(rest.again, rest.page)?.length ?? 0).toBeLessThanOrEqual(MAX_ACTION_ID)
        }),
      ),
    PATIENCE_MS,
  )

  const field = fc.oneof(text, fc.array(text, { maxLength: 5 }), fc.constantFrom('A', 'B', 'C', ['A', 'B']))
  const form = fc.dictionary(
    fc.oneof(fc.constantFrom('p0', 'p1', 'p2', 'p10', '__proto__', 'name', 'zone'), text),
    field,
    { maxKeys: 5 },
  )
  it(
    'in a form is an answer of the right letters, or refused',
    () =>
      holds(
        fc.property(
          form,
          fc.constantFrom('choice', 'response', 'ordering', 'matching'),
          fc.integer({ min: 1, max: 7 }),
          fc.integer({ min: 1, max: 9 }),
          (values, kind, places, options) => {
            const answer = orRefused(() => parseForm({ kind, places, options }, values as FormValues))
            if (answer !== undefined) expect(answer).toMatch(/^[A-I]{1,9}$/)
          },
        ),
      ),
    PATIENCE_MS,
  )
})

describe('the whole bot', () => {
  let bot: Bot
  let good: string

  beforeAll(async () => {
    bot = await startBot({ limits: noLimits })
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    good = buttonsOf(bot.last()).find((b) => b.label === 'A')?.id ?? ''
  })

  /** The rows of each table that nobody but an admin, or ann by her own answers, may change. */
  async function rest(): Promise<string> {
    const { pool } = await testDatabase()
    const { rows } =
      await pool.query(`select (select json_agg(t order by id) from team t)::text as teams, (select json_agg(r order by id) from round r)::text as rounds,
      (select json_agg(i) from round_item i)::text as items, (select json_agg(w) from workspace w)::text as places,
      (select count(*) from member where user_id <> 'ann')::int as strangers, (select count(*) from attempt where round_id is not null) <= 1 as one`)
    return JSON.stringify(rows[0])
  }

  const names = fc.constantFrom(...actions.map((a) => a.name), 'rest', 'nothing', '__proto__', 'constructor')
  const params = fc.array(
    fc.oneof(
      text,
      fc.constantFrom(
        '0',
        '1',
        '2',
        'zz',
        '-',
        'yes',
        'post',
        'pause',
        'week',
        'apple',
        'c14',
        'r25',
        'A',
        'apple-store',
      ),
    ),
    { maxLength: 11 },
  )
  const id = fc.oneof(
    fc.tuple(names, params).map(([name, all]) => [name, ...all].join('~')),
    fc.tuple(fc.nat(30), text).map(([at, odd]) => `${good.slice(0, at)}${odd}${good.slice(at + 1)}`),
    text,
  )
  const values = fc.dictionary(
    fc.constantFrom(
      'name',
      'channel',
      'time',
      'zone',
      'days',
      'count',
      'open',
      'pack',
      'topics',
      'p0',
      'reason',
      'detail',
    ),
    fc.oneof(text, fc.array(text, { maxLength: 4 })),
  )
  const request: fc.Arbitrary<Request> = fc.oneof(
    fc.record({
      kind: fc.constant('command' as const),
      caller: fc.constant(ann),
      name: fc.oneof(fc.constantFrom(...commands.map((c) => c.name)), text),
      input: line,
    }),
    fc.record({ kind: fc.constant('press' as const), caller: fc.constant(ann), id }),
    fc.record({
      kind: fc.constant('select' as const),
      caller: fc.constant(ann),
      id,
      values: fc.array(text, { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('submit' as const),
      caller: fc.constant(ann),
      id,
      values: values as fc.Arbitrary<FormValues>,
    }),
  )

  it(
    'answers everything with a card or a form, changes nothing of others, and still takes a good answer',
    async () => {
      const before = await rest()
      await holds(
        fc.asyncProperty(request, async (one) => {
          const began = performance.now()
          const reply: Reply = await bot.app.run(one)
          bot.app.opensForm(one)
          expect(reply.kind === 'card' ? reply.card.blocks.length : reply.form.fields.length).toBeGreaterThan(
            0,
          )
          expect(JSON.stringify(reply).length).toBeLessThan(100_000)
          expect(performance.now() - began).toBeLessThan(5000)
        }),
        // Half: each asks the database.
        0.5,
      )
      expect(bot.errors).toEqual([])
      expect(await rest()).toBe(before)
      expect(
        JSON.stringify(await bot.app.run({ kind: 'press', caller: { ...ann, user: 'ben' }, id: good })),
      ).toMatch(/Right|Not this time/)
    },
    PATIENCE_MS,
  )

  it(
    'completes whatever is typed with choices that fit',
    () =>
      holds(
        fc.asyncProperty(fc.constantFrom(...commands), line, async (command, typed) => {
          for (const choice of await bot.app.complete(ann, `/${command.name} ${typed}`))
            expect(choice.label).not.toBe('')
          for (const option of [...Object.keys(command.options), ...NASTY.slice(-16, -15), '__proto__'])
            expect((await bot.app.suggest(ann, command.name, option, typed)).length).toBeLessThanOrEqual(25)
        }),
        // A fifth: each looks at all topics, for every option.
        0.2,
      ),
    PATIENCE_MS,
  )
})
