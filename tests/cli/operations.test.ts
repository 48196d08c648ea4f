// @module-tag slow
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ChannelGone } from '../../src/bot/ports/chat.js'
import type { Store } from '../../src/bot/ports/store.js'
import { testDatabase } from '../helpers/database.js'
import { type MeasuredBot, startMeasured } from '../helpers/figures.js'

const EIGHT = '2026-11-02T08:00:00Z'
const TEST = { platform: 'test' }

async function withQuestion(): Promise<MeasuredBot> {
  const here = await startMeasured()
  await here.bot.team({ topics: ['apple'] })
  await here.bot.at(EIGHT).tick()
  return here
}

function breakStore(here: MeasuredBot, verbs: Partial<Store>): void {
  Object.assign(here.bot.store, verbs)
}

const gone = () => Promise.reject(new Error('gone'))
const never = () => new Promise<never>(() => {})

describe('what waits', () => {
  it('is counted from the moment it is due, planned or not, with the age of the oldest', async () => {
    const here = await startMeasured()
    await here.bot.team()
    await here.bot.team({ channel: 'second', minute: 8 * 60 + 1 })
    await here.bot.team({ channel: 'later', minute: 9 * 60 })
    expect(await here.figure('cohort_rounds_to_post', TEST)).toBe(0)
    here.bot.at('2026-11-02T08:02:00Z')
    expect(await here.figure('cohort_rounds_to_post', TEST)).toBe(2)
    expect(await here.figure('cohort_rounds_to_post_age_seconds', TEST)).toBe(120)
    here.bot.chat.fail('post', 'down', 'down')
    await here.bot.tick()
    expect(await here.figure('cohort_rounds_to_post', TEST)).toBe(2)
    await here.bot.at('2026-11-02T08:10:00Z').tick()
    expect(await here.figure('cohort_rounds_to_post', TEST)).toBe(0)
    expect(await here.figure('cohort_rounds_to_post_age_seconds', TEST)).toBe(0)
  })

  it('is counted when a round is over and not closed', async () => {
    const here = await withQuestion()
    here.bot.at('2026-11-02T20:01:30Z')
    expect(await here.figure('cohort_rounds_to_close', TEST)).toBe(1)
    expect(await here.figure('cohort_rounds_to_close_age_seconds', TEST)).toBe(90)
    await here.bot.tick()
    expect(await here.figure('cohort_rounds_to_close', TEST)).toBe(0)
  })

  it('is counted when a season is over, all its rounds are closed, and the podium is not posted', async () => {
    const here = await startMeasured()
    await here.bot.team({ topics: ['apple'], minute: 20 * 60 })
    await here.bot.at('2026-11-30T20:00:00Z').tick()
    const told = async () => [
      await here.figure('cohort_seasons_to_close', TEST),
      await here.figure('cohort_seasons_to_close_age_seconds', TEST),
    ]
    here.bot.at('2026-12-01T08:00:00Z')
    expect(await told()).toEqual([0, 0])
    await here.bot.tick()
    expect(await told()).toEqual([0, 0])
    await (await testDatabase()).pool.query(
      "update delivery set state = 'due', message = null where kind = 'podium'",
    )
    here.bot.at('2026-12-01T08:01:30Z')
    expect(await told()).toEqual([1, 8 * 3600 + 90])
    await here.bot.tick()
    expect(await told()).toEqual([0, 0])
  })

  it('is counted when a team is to be told of a regrade', async () => {
    const here = await withQuestion()
    await here.bot.person('ann').presses('A', here.bot.last())
    const { rows } = await (await testDatabase()).pool.query('select question, key from round_item')
    const [{ question, key }] = rows
    const now = here.bot.deps.clock()
    const order = { question, to: '*', current: undefined, why: 'w', now, apply: true }
    expect(await here.bot.store.regrade(order, () => [key === 'A' ? 'B' : 'A'])).toMatchObject({ teams: 1 })
    here.bot.at(new Date(now + 90_000).toISOString())
    expect(await here.figure('cohort_notices_to_tell', TEST)).toBe(1)
    expect(await here.figure('cohort_notices_to_tell_age_seconds', TEST)).toBe(90)
    await here.bot.tick()
    expect(await here.figure('cohort_notices_to_tell', TEST)).toBe(0)
  })

  it('sets apart what a channel refuses, which only its team can fix', async () => {
    const here = await startMeasured()
    await here.bot.team()
    here.bot.chat.fail('post', 'refused')
    await here.bot.at(EIGHT).tick()
    here.bot.at('2026-11-02T08:06:00Z')
    const told = async () => [
      await here.figure('cohort_rounds_to_post', TEST),
      await here.figure('cohort_rounds_refused', { ...TEST, what: 'post' }),
      await here.figure('cohort_rounds_to_post_age_seconds', TEST),
    ]
    expect(await told()).toEqual([1, 1, 0])
    await here.bot.team({ channel: 'second', minute: 8 * 60 + 5 })
    here.bot.at('2026-11-03T08:06:00Z')
    expect(await told()).toEqual([3, 2, 60])
    await here.bot.tick()
    expect(await told()).toEqual([0, 0, 0])
  })

  it('leaves out a paused team and a platform that is off', async () => {
    const here = await startMeasured()
    const paused = await here.bot.team()
    await here.bot.store.pauseTeam(paused.id, true, undefined)
    await here.bot.team({ platform: 'elsewhere' })
    here.bot.at('2026-11-02T08:02:00Z')
    const found = (await here.figures()).filter((one) => one.name === 'cohort_rounds_to_post')
    expect(found).toEqual([{ name: 'cohort_rounds_to_post', labels: TEST, value: 0 }])
  })

  it('is told by no figure, rather than an old one, when the database does not tell', async () => {
    const here = await withQuestion()
    expect(await here.figure('cohort_rounds_to_post', TEST)).toBe(0)
    breakStore(here, { backlog: gone, ping: gone })
    expect(await here.figure('cohort_rounds_to_post', TEST)).toBeUndefined()
    expect(await here.figure('cohort_up', { part: 'database' })).toBe(0)
    expect(await here.figure('cohort_up', { part: 'test' })).toBe(1)
  })
})

describe('rounds', () => {
  const counted = (here: MeasuredBot, outcome: string) =>
    here.figure('cohort_rounds_total', { ...TEST, outcome })

  it('are counted as posted, and as late after five minutes, with how late', async () => {
    const here = await startMeasured()
    await here.bot.team()
    await here.bot.at('2026-11-02T08:05:00Z').tick()
    expect([await counted(here, 'posted'), await counted(here, 'late')]).toEqual([1, 0])
    await here.bot.at('2026-11-03T08:05:00.001Z').tick()
    expect([
      await counted(here, 'posted'),
      await counted(here, 'late'),
      await counted(here, 'closed'),
    ]).toEqual([1, 1, 1])
    expect(await here.figure('cohort_round_lateness_seconds_sum', TEST)).toBeCloseTo(600, 2)
    expect(await here.figure('cohort_round_lateness_seconds_bucket', { ...TEST, le: '300' })).toBe(1)
  })

  it('are counted at each try that fails, not while the platform asks to wait', async () => {
    const here = await startMeasured()
    await here.bot.team()
    here.bot.chat.fail('post', 'busy', 'down', 'refused')
    await here.bot.at(EIGHT).tick()
    expect(await counted(here, 'failed')).toBe(0)
    await here.bot.at('2026-11-02T08:00:30Z').tick()
    await here.bot.at('2026-11-02T08:02:00Z').tick()
    expect(await counted(here, 'failed')).toBe(2)
    await here.bot.at('2026-11-02T08:04:30Z').tick()
    expect([await counted(here, 'failed'), await counted(here, 'posted')]).toEqual([2, 1])
  })

  it('are counted as skipped: a missed slot, no questions, a deleted channel', async () => {
    const here = await startMeasured()
    await here.bot.team({ openHours: 2 })
    await here.bot.at('2026-11-02T12:00:00Z').tick()
    expect(await counted(here, 'skipped')).toBe(1)
    await here.bot.team({ channel: 'second', topics: ['no-such-topic'] })
    await here.bot.at('2026-11-03T08:00:00Z').tick()
    expect([await counted(here, 'skipped'), await counted(here, 'posted')]).toEqual([2, 1])
    await here.bot.team({ channel: 'third', minute: 9 * 60 })
    Object.assign(here.bot.chat, { post: () => Promise.reject(new ChannelGone('gone')) })
    await here.bot.at('2026-11-03T09:00:00Z').tick()
    expect([await counted(here, 'skipped'), await counted(here, 'failed')]).toEqual([3, 0])
  })
})

describe('workspaces', () => {
  const steps = async (here: MeasuredBot) => {
    const names = ['removed', 'returned', 'missing', 'refused', 'paused', 'accepted', 'purged', 'held']
    const counts = names.map((change) => here.figure('cohort_workspace_changes_total', { ...TEST, change }))
    return Object.fromEntries(
      (await Promise.all(counts)).map((n, i) => [names[i], n]).filter(([, n]) => n !== 0),
    )
  }
  const states = async (here: MeasuredBot) =>
    Promise.all(
      ['here', 'removed', 'refused', 'paused'].map((state) =>
        here.figure('cohort_workspaces', { ...TEST, state }),
      ),
    )

  it('are counted by what became of them, and each step is a line of the log', async () => {
    const here = await startMeasured()
    const { presence } = here.bot.app
    const w1 = { platform: 'test', workspace: 'w1' }
    await presence.here('test', ['w3', 'w4', 'w5', 'w6'])
    expect([await states(here), await steps(here)]).toEqual([[6, 0, 0, 0], {}])
    await presence.left(w1)
    await presence.here('test', ['w1'])
    for (const day of ['02', '03', '04']) {
      here.bot.at(`2026-11-${day}T08:00:00Z`)
      await presence.missing(w1)
      await presence.refused('test', 'w2')
    }
    for (const workspace of ['w3', 'w4', 'w5', 'w6']) await presence.left({ platform: 'test', workspace })
    here.bot.at('2026-11-05T08:00:00Z')
    await presence.refused('test', 'w2')
    expect(await states(here)).toEqual([1, 5, 1, 1])
    await presence.accepted('test')
    here.bot.at('2026-11-20T08:00:00Z')
    await presence.purge()
    expect(await steps(here)).toEqual({
      removed: 6,
      returned: 1,
      missing: 3,
      refused: 1,
      paused: 1,
      accepted: 1,
      purged: 3,
      held: 2,
    })
    expect(await states(here)).toEqual([1, 2, 0, 0])
    const told = new Set(
      here.bot.log.filter(({ fields }) => 'workspace' in fields).map(({ message }) => message),
    )
    expect(told.size).toBe(8)
  })

  it('whose token is refused for three days are named by /healthz, which fails when nothing works any more', async () => {
    const here = await startMeasured()
    await here.bot.tick()
    const { presence } = here.bot.app
    for (const day of ['02', '05']) {
      here.bot.at(`2026-11-${day}T08:00:00Z`)
      await presence.refused('test', 'w1')
    }
    expect(await here.health()).toMatchObject({
      status: 200,
      body: { status: 'ok', pausedByToken: { test: 1 } },
    })
    for (const day of ['02', '05']) {
      here.bot.at(`2026-11-${day}T08:00:00Z`)
      await presence.refused('test')
    }
    expect(await here.health()).toMatchObject({
      status: 503,
      body: { failed: ['testToken'], pausedByToken: { test: 2 } },
    })
    await presence.accepted('test')
    expect((await here.health()).body).toEqual({ status: 'ok', database: 'ok', rounds: 'ok', test: 'ok' })
  })
})

describe('answers', () => {
  it('are counted by what became of them', async () => {
    const here = await withQuestion()
    const counted = (outcome: string) => here.figure('cohort_answers_total', { ...TEST, outcome })
    const [question, ann] = [here.bot.last(), here.bot.person('ann')]
    expect(await counted('recorded')).toBe(0)
    await ann.presses('A', question)
    await ann.presses('B', question)
    await here.bot.person('ben', { workspace: 'w2' }).presses('A', question)
    here.bot.at('2026-11-02T20:00:00Z')
    await here.bot.person('chloe').presses('A', question)
    for (const outcome of ['recorded', 'already', 'closed', 'unknown'])
      expect([outcome, await counted(outcome)]).toEqual([outcome, 1])
  })
})

describe('requests', () => {
  it('are counted and timed by what was done and how it ended', async () => {
    const here = await withQuestion()
    const ann = here.bot.person('ann')
    await ann.says('/help')
    await ann.says('/team setup')
    await ann.says('/nonsense')
    breakStore(here, { answer: gone })
    await ann.presses('A', here.bot.last())
    await here.bot.app.home({
      platform: 'test',
      workspace: 'w1',
      channel: '',
      user: 'ann',
      name: 'Ann',
      isAdmin: async () => false,
    })
    const counted = (kind: string, outcome: string) =>
      here.figure('cohort_requests_total', { ...TEST, kind, outcome })
    expect(await counted('command', 'ok')).toBe(1)
    expect(await counted('command', 'mistake')).toBe(2)
    expect(await counted('press', 'bug')).toBe(1)
    expect(await counted('home', 'ok')).toBe(1)
    expect(await here.figure('cohort_request_duration_seconds_count', { ...TEST, kind: 'command' })).toBe(3)
  })

  it('take the time that the bot takes', async () => {
    const here = await withQuestion()
    const { answer } = here.bot.store
    breakStore(here, {
      answer: (given) => {
        here.monotonic.now += 3000
        return answer(given)
      },
    })
    await here.bot.person('ann').presses('A')
    expect(await here.figure('cohort_request_duration_seconds_sum', { ...TEST, kind: 'press' })).toBe(3)
    expect(here.bot.log.find((line) => line.message === 'request')?.fields.ms).toBe(3000)
  })
})

describe('the reference', () => {
  it('in the message finds exactly the lines about that request', async () => {
    const here = await withQuestion()
    breakStore(here, { answer: gone })
    const [ann, ben] = [here.bot.person('ann'), here.bot.person('ben')]
    await ben.presses('A', here.bot.last())
    await ann.presses('B', here.bot.last())
    const reference = /this reference: ([0-9a-z]{6})\./.exec(ann.sees)?.[1]
    const found = here.bot.log.filter((line) => JSON.stringify(line.fields).includes(reference ?? 'none'))
    expect(found).toMatchObject([
      {
        level: 'error',
        message: 'request failed',
        fields: { reference, platform: 'test', what: 'round.choose', error: new Error('gone') },
      },
      {
        level: 'debug',
        message: 'request',
        fields: { reference, platform: 'test', kind: 'press', what: 'round.choose', outcome: 'bug' },
      },
    ])
    expect(here.bot.log.filter((line) => line.message === 'request failed')).toHaveLength(2)
  })

  it('is in what is logged on the way too', async () => {
    const here = await startMeasured()
    const ada = here.bot.person('ada')
    await ada.says('/team setup')
    const values = ada.form.fields.map((f) => [
      f.name,
      'values' in f ? f.values : 'value' in f ? (f.value ?? '') : '',
    ])
    here.bot.chat.fail('post', 'down')
    await ada.fills(Object.fromEntries(values))
    const [warning, request] = here.bot.log.filter((line) => line.fields.reference !== undefined).slice(1)
    expect(warning).toMatchObject({
      level: 'error',
      message: 'welcome failed',
      fields: { reference: request?.fields.reference },
    })
  })

  it('comes with one line a request, without names and without what was typed', async () => {
    const here = await withQuestion()
    const ann = here.bot.person('anneliese')
    await ann.says('/explain peaches')
    await ann.says('/study status')
    await ann.says('/mischief now')
    await ann.request({ kind: 'press', id: 'forged~mischief' })
    const lines = here.bot.log.filter((line) => line.message === 'request')
    expect(lines.map(({ fields: { kind, what, outcome } }) => [kind, what, outcome])).toEqual([
      ['command', 'explain', 'ok'],
      ['command', 'study status', 'ok'],
      ['command', 'unknown', 'mistake'],
      ['press', 'unknown', 'mistake'],
    ])
    expect(lines.map((line) => Object.keys(line.fields))).toEqual(
      Array(4).fill(['reference', 'platform', 'kind', 'what', 'ms', 'outcome']),
    )
    expect(JSON.stringify(here.bot.log)).not.toMatch(/peaches|mischief|anneliese/i)
  })
})

describe('the page of figures', () => {
  it('does not grow with teams, members and workspaces', async () => {
    const here = await withQuestion()
    // Those of Node itself come and go, by kinds of handles and collections.
    const ours = async () =>
      (await here.figures()).filter(({ name }) => !/^cohort_(process|nodejs)_/.test(name)).length
    const before = await ours()
    for (const user of ['ben', 'chloe', 'dev']) {
      await here.bot.team({ workspace: user, channel: user })
      await here.bot.person(user, { workspace: user, channel: user }).says('/help')
      await here.bot.person(user).presses('A', here.bot.channel()[0])
    }
    await here.bot.at('2026-11-03T08:00:00Z').tick()
    expect(await ours()).toBe(before)
  })

  it('tells the ticks: how long, the last that went through, and those that broke off', async () => {
    const here = await startMeasured()
    const { planRounds } = here.bot.store
    breakStore(here, {
      planRounds: async (...given) => {
        const planned = await planRounds(...given)
        here.monotonic.now += 2000
        return planned
      },
    })
    await here.bot.tick()
    const last = Date.parse('2026-11-02T07:00:00Z') / 1000
    expect(await here.figure('cohort_tick_last_success_timestamp_seconds', TEST)).toBe(last)
    breakStore(here, { planRounds: gone })
    here.bot.at(EIGHT)
    await expect(here.bot.tick()).rejects.toThrow('gone')
    expect(await here.figure('cohort_tick_last_success_timestamp_seconds', TEST)).toBe(last)
    expect(await here.figure('cohort_ticks_failed_total', TEST)).toBe(1)
    expect(await here.figure('cohort_tick_duration_seconds_sum', TEST)).toBe(2)
    expect(await here.figure('cohort_tick_duration_seconds_count', TEST)).toBe(2)
  })

  it('tells the connections to the database, and which Cohort it is', async () => {
    const here = await startMeasured()
    const max = await here.figure('cohort_database_connections_max')
    expect(await here.figure('cohort_database_connections')).toBeGreaterThan(0)
    expect(await here.figure('cohort_database_connections')).toBeLessThanOrEqual(max ?? 0)
    expect(await here.figure('cohort_database_waiting')).toBe(0)
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await here.figure('cohort_build_info', { version, node: process.versions.node })).toBe(1)
  })
})

describe('/healthz', () => {
  it('fails when no tick has gone through for a minute, and is well again with the next', async () => {
    const here = await startMeasured()
    here.monotonic.now += 60_000
    expect(await here.health()).toEqual({
      status: 200,
      body: { status: 'ok', database: 'ok', rounds: 'ok', test: 'ok' },
    })
    here.monotonic.now += 1
    expect(await here.health()).toMatchObject({
      status: 503,
      body: { status: 'failed', failed: ['rounds'], rounds: 'failed' },
    })
    expect(await here.figure('cohort_up', { part: 'rounds' })).toBe(0)
    await here.bot.tick()
    expect((await here.health()).status).toBe(200)
  })

  it('takes a tick that has been at work for long for well, as long as it gets on', async () => {
    const here = await startMeasured()
    await here.bot.team({ channel: 'one', openHours: 1 })
    await here.bot.team({ channel: 'two', minute: 9 * 60 })
    await here.bot.at(EIGHT).tick()
    const { post } = here.bot.chat
    const seen: number[] = []
    Object.assign(here.bot.chat, {
      post: async (...given: Parameters<typeof post>) => {
        here.monotonic.now += 40_000
        seen.push((await here.health()).status)
        return post(...given)
      },
    })
    // One is posted, then the other is closed.
    await here.bot.at('2026-11-02T09:00:00Z').tick()
    expect(seen).toEqual([200, 200])
    here.monotonic.now += 60_001
    expect((await here.health()).status).toBe(503)
  })

  it('counts no tick that breaks off', async () => {
    const here = await startMeasured()
    breakStore(here, { planRounds: gone })
    here.monotonic.now += 60_001
    await expect(here.bot.tick()).rejects.toThrow('gone')
    expect((await here.health()).body.failed).toEqual(['rounds'])
  })

  it('names a database that does not answer', async () => {
    const here = await startMeasured()
    breakStore(here, { ping: gone })
    expect(await here.health()).toMatchObject({
      status: 503,
      body: { failed: ['database'], database: 'failed', rounds: 'ok' },
    })
  })

  it('answers within four seconds when the database is silent', async () => {
    const here = await startMeasured()
    breakStore(here, { ping: never, backlog: never })
    const began = performance.now()
    const [health, figure] = await Promise.all([
      here.health(),
      here.figure('cohort_up', { part: 'database' }),
    ])
    expect(performance.now() - began).toBeLessThan(4000)
    expect([health.status, figure]).toEqual([503, 0])
  })
})
