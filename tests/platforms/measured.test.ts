// @module-tag slow
/**
 * What the platforms count and log of their own: acknowledgements, waits, and replies that do not get
 * through.
 */
import { afterEach, describe, expect, it } from 'vitest'
import { createMeter, type Meter } from '../../src/server/metrics.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { figureOf, readFigures } from '../helpers/figures.js'
import { until } from '../helpers/until.js'
import * as discord from './discord-bot.js'
import * as slack from './slack-bot.js'

const stops: (() => unknown)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

function newMeter(): Meter {
  return createMeter({ clock: Date.now, monotonic: () => performance.now() })
}

async function figure(
  meter: Meter,
  name: string,
  labels: Record<string, string>,
): Promise<number | undefined> {
  return figureOf(readFigures(await meter.registry.metrics()), name, labels)
}

const SLOW_MS = 700

/** What `/stats` asks of the database takes its time. */
function slowDown(bot: Bot): void {
  Object.assign(bot.store, { attempts: () => new Promise((done) => setTimeout(() => done([]), SLOW_MS)) })
}

/** Of every request, in their order. */
const references = (bot: Bot) =>
  bot.log.filter((line) => line.message === 'request').map((line) => line.fields.reference)

const inSlack = { platform: 'slack' }
const inDiscord = { platform: 'discord' }

describe('Slack over HTTP', () => {
  async function start() {
    const meter = newMeter()
    const bot = await startBot({ metrics: meter })
    return { meter, bot, here: await slack.startSlackBot({ bot }) }
  }

  it('every delivery is timed to its acknowledgement, not to its answer', async () => {
    const { meter, bot, here } = await start()
    slowDown(bot)
    await slack.answerTo(here.ann, () => here.ann.types('/stats'))
    await slack.answerTo(here.ann, () => here.ann.types('/explain apple'))
    expect(await figure(meter, 'cohort_acknowledgement_seconds_count', inSlack)).toBe(2)
    expect(await figure(meter, 'cohort_acknowledgement_seconds_sum', inSlack)).toBeLessThan(SLOW_MS / 1000)
    expect(
      await figure(meter, 'cohort_request_duration_seconds_sum', { ...inSlack, kind: 'command' }),
    ).toBeGreaterThanOrEqual(SLOW_MS / 1000)
  })

  it('what Slack did not sign is not timed', async () => {
    const { meter, here } = await start()
    const answer = await fetch(`${here.address()}/slack/events`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(401)
    expect(await figure(meter, 'cohort_acknowledgement_seconds_count', inSlack)).toBeUndefined()
  })

  it('a wait that Slack asks for is counted, with every call that is held up by it', async () => {
    const { meter, bot, here } = await start()
    await here.team()
    here.server.faults.push({ method: 'chat.postMessage', channel: slack.STUDY, status: 429, retryAfter: 30 })
    await bot.at('2026-11-02T08:00:00Z').tick()
    expect(await figure(meter, 'cohort_rate_limit_waits_total', inSlack)).toBe(1)
    expect(await figure(meter, 'cohort_rate_limit_wait_seconds_total', inSlack)).toBe(30)
    await bot.at('2026-11-02T08:00:31Z').tick()
    expect(await figure(meter, 'cohort_rate_limit_waits_total', inSlack)).toBe(2)
  })

  it('a reply that Slack does not take is logged under the reference of its request', async () => {
    const { bot, here } = await start()
    here.server.faults.push({ method: 'views.open', error: 'invalid_arguments' })
    await here.ada.types('/team setup')
    const failed = await until(() => bot.log.find((line) => line.message === 'slack reply not shown'))
    expect(references(bot)).toEqual([failed.fields.reference])
  })

  it('a picture that Slack does not take too', async () => {
    const { bot, here } = await start()
    await here.team()
    await bot.at('2026-11-02T08:00:00Z').tick()
    const question = await until(() => here.inChannel()[0])
    await slack.answerTo(here.ann, () => here.ann.presses(question, 'A'))
    await bot.at('2026-11-02T20:00:00Z').tick()
    here.server.faults.push({ method: 'files.getUploadURLExternal', error: 'unknown_error' })
    await slack.answerTo(here.ann, () => here.ann.types('/leaderboard'))
    const failed = bot.log.find((line) => line.message === 'slack picture not uploaded')
    expect(failed?.fields.reference).toBe(references(bot)[1])
  })
})

describe('Discord', () => {
  async function start() {
    const meter = newMeter()
    const bot = await startBot({ metrics: meter })
    const here = await discord.startDiscordBot({ bot })
    stops.push(() => here.stop())
    return { meter, bot, here }
  }

  it('every interaction is timed to its first answer, not to its last', async () => {
    const { meter, bot, here } = await start()
    slowDown(bot)
    await discord.answerTo(here.ann, () => here.ann.types('/stats'))
    await discord.answerTo(here.ann, () => here.ann.types('/explain', { query: 'apple' }))
    expect(await figure(meter, 'cohort_acknowledgement_seconds_count', inDiscord)).toBe(2)
    expect(await figure(meter, 'cohort_acknowledgement_seconds_sum', inDiscord)).toBeLessThan(SLOW_MS / 1000)
    expect(await figure(meter, 'cohort_acknowledgement_seconds_sum', inDiscord)).toBeGreaterThan(0)
  })

  it('a wait that Discord asks for is counted', async () => {
    const { meter, bot, here } = await start()
    await here.team()
    here.server.faults.push({ call: /^POST \/channels\/\d+\/messages/, retryAfter: 30 })
    await bot.at('2026-11-02T08:00:00Z').tick()
    expect(await figure(meter, 'cohort_rate_limit_waits_total', inDiscord)).toBe(1)
    expect(await figure(meter, 'cohort_rate_limit_wait_seconds_total', inDiscord)).toBeGreaterThan(29)
  })

  it('a reply that Discord does not take is logged under the reference of its request', async () => {
    const { bot, here } = await start()
    here.server.faults.push({ call: /^PATCH \/webhooks/, status: 400, code: 50035 })
    here.ann.types('/help')
    const failed = await until(() => bot.errors.find((line) => line.message === 'discord interaction failed'))
    expect(references(bot)).toEqual([failed.fields.reference])
  })
})
