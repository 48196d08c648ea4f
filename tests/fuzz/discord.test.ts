// @module-tag longer
/** Events of the gateway that hold anything, through the real discord.js. */
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readable } from '../../loopback/discord/people.js'
import type { Json } from '../../loopback/discord/server.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo, HOME, STUDY, startDiscordBot } from '../platforms/discord-bot.js'
import { changed, changes, holds, json, PATIENCE_MS, text } from './fuzz.js'

/** Discord's own words for who it was, and where its answer goes, stay. */
const KEEP = ['user', 'id', 'token', 'application_id', 'guild_id']

/**
 * What discord.js cannot read it throws where nobody can catch it; the program logs that and goes on
 * (`discord-start.test.ts`). Only what comes from no code of ours counts as that. Gives what else nobody
 * caught.
 */
async function withoutTheirs(work: () => Promise<void>): Promise<unknown[]> {
  const ours: unknown[] = []
  const listeners = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', (error) => {
    if (!isTheirs(error)) ours.push(error)
  })
  try {
    await work()
    return ours
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const listener of listeners) process.on('unhandledRejection', listener)
  }
}

const isTheirs = (error: unknown): boolean =>
  error instanceof Error &&
  /node_modules\/(discord\.js|@discordjs)\//.test(error.stack ?? '') &&
  !error.stack?.includes(path.resolve('src'))

/**
 * An event of a shape that Discord never sends is given up while it is read, before the bot itself, which
 * would give a reference, is asked.
 */
const isUnreadable = ({ fields, message }: Bot['errors'][number]): boolean =>
  message === 'discord interaction failed' &&
  fields.error instanceof TypeError &&
  fields.reference === undefined

it(
  'are answered or left alone, change nothing of others, and the next good press counts',
  async () => {
    const here = await startDiscordBot({ bot: await startBot({ limits: noLimits }) })
    const { server } = here
    await here.team()
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    const question = await until(() => here.inChannel()[0])
    await answerTo(here.ann, () => here.ann.types('/explain', { query: 'apple' }))
    await answerTo(here.ann, () => here.ann.types('/help'))
    here.ann.completes('/explain', 'query', 'app')
    here.ada.types('/team setup')
    const modal = await until(() => here.ada.modals()[0])
    const heard = server.gateway.sessions.flatMap((session) =>
      session.sent.filter((event) => event.t === 'INTERACTION_CREATE'),
    )
    const good = heard.map((event) => event.d as Json)
    const stored = async () => {
      const { pool } = await testDatabase()
      const { rows } =
        await pool.query(`select (select json_agg(t) from team t)::text as teams, (select json_agg(r) from round r)::text as rounds,
        (select count(*) from attempt)::int as attempts, (select count(*) from workspace)::int as places`)
      return rows[0]
    }
    const before = await stored()
    const where = { guild: HOME, channel: STUDY }
    const data = fc.oneof(
      fc.record({
        kind: fc.constant(3),
        data: text.map((custom_id): Json => ({ custom_id, component_type: 2 })),
      }),
      fc.record({
        kind: fc.constant(3),
        data: fc
          .tuple(text, fc.array(text))
          .map(([custom_id, values]): Json => ({ custom_id, component_type: 3, values })),
      }),
      fc.record({
        kind: fc.constant(5),
        data: fc.tuple(fc.oneof(text, fc.constant(String(modal.data.custom_id))), changes).map(
          ([custom_id, all]): Json =>
            changed(
              {
                custom_id,
                components: [
                  { type: 18, id: 1, component: { type: 4, id: 2, custom_id: 'name', value: 'x' } },
                ],
              },
              all,
            ),
        ),
      }),
      fc.record({
        kind: fc.constantFrom(2, 4, 99),
        data: fc.tuple(fc.constantFrom('explain', 'quiz', 'team', 'nothing'), json).map(
          ([name, value]): Json => ({
            id: '1',
            type: 1,
            name,
            options: [{ name: 'query', type: 3, value, focused: true }],
          }),
        ),
      }),
    )
    const uncaught = await withoutTheirs(async () => {
      await holds(
        fc.asyncProperty(
          fc.oneof(data, fc.record({ event: fc.constantFrom(...good), all: changes })),
          async (one) => {
            if ('event' in one)
              server.gateway.tell(HOME, 'INTERACTION_CREATE', {
                ...changed(one.event, one.all, KEEP),
                id: server.snowflake(),
              })
            else server.interact(one.kind, ANN, where, one.data, question)
            // Lets the event through the socket.
            await new Promise((done) => setImmediate(done))
          },
        ),
        // A twentieth: each is an event, and often a few calls of the REST API.
        0.05,
      )
      const told = await answerTo(here.ben, () => here.ben.presses(question, 'A'))
      expect(readable(told)).toMatch(/Right|Not this time/)
    })
    expect(uncaught).toEqual([])
    expect(here.bot.errors.filter((error) => !isUnreadable(error))).toEqual([])
    expect(await stored()).toMatchObject({ ...before, attempts: 1 })
    expect(server.pinging).toEqual([])
    expect(server.gateway.isConnected()).toBe(true)
    await here.stop()
  },
  PATIENCE_MS,
)
