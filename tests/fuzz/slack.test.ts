// @module-tag longer
/** Signed requests that hold anything, into the real receiver over HTTP, many at once. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readable, signed } from '../../loopback/slack/people.js'
import { fixture, HOME } from '../../loopback/slack/server.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo, STUDY, startSlackBot } from '../platforms/slack-bot.js'
import { changed, changes, holds, json, madeOf, PATIENCE_MS, text } from './fuzz.js'

/** Slack's own words for who and where stay: they are signed. */
const KEEP = ['user', 'user_id', 'team', 'team_id', 'authorizations']
/** Bolt waits three seconds before it says that it knows no such thing. */
const ACK_MS = 10_000
const AT_ONCE = 200

it(
  'are answered in time, change nothing of others, and the next good press counts',
  async () => {
    const here = await startSlackBot({ bot: await startBot({ limits: noLimits }) })
    await here.team()
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    const question = await until(() => here.inChannel()[0])
    const press = {
      ...fixture('block_actions'),
      user: { id: ANN.id, username: 'ann', team_id: HOME },
      team: { id: HOME, domain: 'loopback' },
      channel: { id: STUDY, name: 'study' },
      message: { ts: question.ts, blocks: question.blocks },
      actions: [
        {
          type: 'button',
          action_id: 'why~1~0',
          block_id: 'b',
          action_ts: '1',
          text: { type: 'plain_text', text: 'Why' },
        },
      ],
    }
    const command = { ...fixture('slash_command'), team_id: HOME, user_id: ANN.id, channel_id: STUDY }
    const interactive = [
      press,
      fixture('view_submission'),
      fixture('block_suggestion'),
      fixture('block_actions_in_view'),
    ]
    const events = ['app_home_opened'].map((type) => ({
      ...fixture('event_callback'),
      team_id: HOME,
      event: fixture('events')[type],
    }))

    async function send(body: string, type: string): Promise<number> {
      const began = performance.now()
      const headers = { ...signed(body), 'Content-Type': type }
      const answer = await fetch(`${here.address()}/slack/events`, {
        method: 'POST',
        body,
        headers,
        signal: AbortSignal.timeout(ACK_MS),
      })
      await answer.text()
      expect(performance.now() - began).toBeLessThan(ACK_MS)
      return answer.status
    }
    const ticket = () => here.server.ticket(HOME, ANN.id, STUDY)
    const form = 'application/x-www-form-urlencoded'
    const stored = async () => {
      const { pool } = await testDatabase()
      const { rows } =
        await pool.query(`select (select json_agg(t) from team t)::text as teams, (select json_agg(r) from round r)::text as rounds,
        (select count(*) from attempt)::int as attempts, (select count(*) from workspace)::int as places`)
      return rows[0]
    }
    const before = await stored()
    const body = fc.oneof(
      fc.tuple(fc.constantFrom(...interactive), changes).map(([good, all]) => {
        const payload = JSON.stringify(changed({ ...good, ...ticket() }, all, KEEP))
        return { body: new URLSearchParams({ payload }).toString(), type: form }
      }),
      changes.map((all) => ({
        body: new URLSearchParams(
          Object.entries(changed({ ...command, ...ticket() }, all, KEEP)).map(
            ([key, value]) => [key, String(JSON.stringify(value) ?? '')] as [string, string],
          ),
        ).toString(),
        type: form,
      })),
      fc
        .tuple(fc.constantFrom(...events), changes)
        .map(([good, all]) => ({ body: JSON.stringify(changed(good, all, KEEP)), type: 'application/json' })),
      fc
        .tuple(
          fc.oneof(
            text,
            json.map((value) => JSON.stringify(value)),
            madeOf(['payload=', '{', '}', '%7B', '&', '=', '"', 'type', ':']),
          ),
          fc.constantFrom(form, 'application/json', 'text/plain'),
        )
        .map(([odd, type]) => ({ body: odd, type })),
    )
    await holds(
      fc.asyncProperty(fc.array(body, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (all) => {
        const statuses = await Promise.all(all.map((one) => send(one.body, one.type)))
        expect(statuses.filter((status) => ![200, 400, 401, 404].includes(status))).toEqual([])
      }),
      // A twentieth in all: each is a request, and often a few calls of the Web API.
      0.05 / AT_ONCE,
    )
    const told = await answerTo(here.ann, () => here.ann.presses(question, 'A'))
    expect(readable(told.blocks)).toMatch(/Right|Not this time/)
    expect(here.bot.errors).toEqual([])
    expect(await stored()).toMatchObject({ ...before, attempts: 1 })
    expect(
      here.server.posts.filter((post) => /<!(channel|here|everyone)|<@&/.test(JSON.stringify(post.blocks))),
    ).toEqual([])
  },
  PATIENCE_MS,
)
