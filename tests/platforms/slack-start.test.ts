// @module-tag slow
/**
 * The program as `cohort start` runs it, on the loopback Slack: over a socket, over HTTP, and installed by
 * OAuth.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createPerson,
  happens,
  labelsOf,
  overHttp,
  overSocket,
  readable,
  type SlackPerson,
} from '../../loopback/slack/people.js'
import {
  channel,
  HOME,
  type LoopbackSlack,
  type Posted,
  SECRET,
  startSlack,
  workspace,
} from '../../loopback/slack/server.js'
import { createCohorts } from '../helpers/cohort.js'
import { createPrograms, type Program, type Programs } from '../helpers/program.js'
import { toHour } from '../helpers/to-hour.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, answerTo, BEN, oneWorkspace, STUDY } from './slack-bot.js'

const AWAY = 'T0AWAY0001'
let server: LoopbackSlack
/** In this process. */
let programs: Programs
/** Each in one of its own, where it can be killed. */
let processes: Programs

beforeEach(async () => {
  const away = workspace(
    AWAY,
    'Away',
    [{ id: 'U0ZED00001', name: 'Zed', admin: true }],
    [channel('C0AWAY0001')],
  )
  server = await startSlack([...oneWorkspace(), away])
  programs = createCohorts()
  processes = createPrograms()
})
afterEach(async () => {
  await programs.stop()
  processes.stop()
  server.stop()
})

const inChannel = () => server.posts.filter((p) => p.channel === STUDY && !p.to)
const rounds = () => inChannel().filter((p) => readable(p.blocks).includes('Question of the day'))
/** With the first letters, whichever kind of question it is. */
const answers = (person: SlackPerson, question: Posted) =>
  labelsOf(question.blocks).includes('A') ? person.presses(question, 'A') : person.picks(question, ['A', 'B'])

describe('over a socket', () => {
  const settings = () => ({
    SLACK_BOT_TOKEN: server.token(),
    SLACK_APP_TOKEN: server.appToken,
    SLACK_API_URL: server.api(),
  })
  const deliver = overSocketLazily()
  const person = (one: typeof ANN) => createPerson(server, deliver, one)

  function overSocketLazily(): ReturnType<typeof overSocket> {
    return (kind, payload) => overSocket(server)(kind, payload)
  }

  it('a team is set up, has its question, answers it, and sees the reveal, whatever is killed in between', async () => {
    const [ada, ann, ben] = [ADA, ANN, BEN].map(person) as [
      ReturnType<typeof person>,
      ReturnType<typeof person>,
      ReturnType<typeof person>,
    ]
    let program = await processes.start(settings(), toHour(6))
    expect(program.out).toContain('Slack: on, Socket Mode, workspace Loopback.')
    await ada.types('/team setup')
    const form = await until(() => ada.modals()[0])
    const everyDay = ['1', '2', '3', '4', '5', '6', '7']
    const given = { time: '08:00', zone: 'UTC', days: everyDay, open: '12', topics: ['apple'], count: '1' }
    await answerTo(ada, () => ada.submits(form, given))
    expect(rounds()).toHaveLength(0)

    await program.kill()
    program = await processes.start(settings(), toHour(8))
    const question = await until(() => rounds()[0])
    const answer = await answerTo(ann, () => answers(ann, question))
    expect(readable(answer.blocks)).toMatch(/Right|Not this time/)

    await program.kill()
    program = await processes.start(settings(), toHour(9))
    expect(rounds()).toHaveLength(1)
    // A press on a message of two processes ago, and one more of somebody who has answered.
    expect(readable((await answerTo(ben, () => answers(ben, question))).blocks)).toMatch(
      /Right|Not this time/,
    )
    expect(readable((await answerTo(ann, () => answers(ann, question))).blocks)).toContain(
      'You have answered this one',
    )

    await program.kill()
    program = await processes.start(settings(), toHour(20))
    await until(() => inChannel().find((p) => readable(p.blocks).includes('The answer of the day')))
    expect(readable(question.blocks)).toContain('Closed')
    expect(readable(question.blocks)).toContain('2 members answered')
    expect(await program.kill('SIGTERM')).toBe(0)
    expect(server.calls.filter((call) => call === 'oauth.v2.access')).toEqual([])
  })

  it('it connects again after Slack has closed the socket', async () => {
    const program = await programs.start(settings())
    const ann = person(ANN)
    await answerTo(ann, () => ann.types('/explain apple'))
    const [first] = server.sockets
    first?.close()
    await until(() => server.sockets.some((socket) => socket !== first) || undefined)
    await answerTo(ann, () => ann.types('/explain pear'))
    expect(await (await fetch(`${program.address}/healthz`)).json()).toMatchObject({ slack: 'ok' })
  })
})

describe('over HTTP', () => {
  it('says in one line that Slack refuses the token', async () => {
    const { code, err } = await programs.start({
      SLACK_BOT_TOKEN: 'xoxb-wrong',
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: server.api(),
    })
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('SLACK_BOT_TOKEN: Slack refuses it')
  })

  it('answers signed requests at /slack/events, is healthy, and leaves the web chat off', async () => {
    const program = await programs.start({
      SLACK_BOT_TOKEN: server.token(),
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: server.api(),
    })
    expect(program.out).toContain('Slack: on, HTTP at /slack/events, workspace Loopback.')
    expect(program.out).toContain('Local web chat: off, because Slack is on.')
    expect(await (await fetch(`${program.address}/healthz`)).json()).toEqual({
      status: 'ok',
      database: 'ok',
      rounds: 'ok',
      slack: 'ok',
    })
    expect((await fetch(`${program.address}/`)).status).toBe(404)
    server.state.scopes = server.state.scopes.replace('channels:read,', '')
    const ann = createPerson(
      server,
      overHttp(() => `${program.address}/slack/events`),
      ANN,
    )
    const answer = await answerTo(ann, () => ann.types('/explain apple'))
    expect(answer).toMatchObject({ to: ANN.id, channel: STUDY })
    expect(labelsOf(answer.blocks)).toContain('Show to channel')
    const health = await fetch(`${program.address}/healthz`)
    expect([health.status, await health.json()]).toMatchObject([
      200,
      { status: 'ok', slack_scopes: 'missing channels:read' },
    ])
  })
})

describe('installed by OAuth', () => {
  const OLD = 'the key of the first year'
  const NEW = 'the key of the second year'
  const settings = (key = OLD) => ({
    SLACK_CLIENT_ID: server.client.id,
    SLACK_CLIENT_SECRET: server.client.secret,
    SLACK_STATE_SECRET: 'a-secret-for-the-state',
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: server.api(),
    COHORT_SECRET_KEY: key,
  })
  const deliverTo = (program: Program) => overHttp(() => `${program.address}/slack/events`)
  const zedOf = (program: Program) =>
    createPerson(server, deliverTo(program), { id: 'U0ZED00001', name: 'Zed' }, AWAY)

  /** What a browser does: opens the page, follows the button, and is sent back by Slack. */
  async function installs(program: Program, team: string, user: string): Promise<Response> {
    const page = await fetch(`${program.address}/slack/install`)
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
    const link = /href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? ''
    const asked = new URL(link)
    expect([asked.origin, asked.pathname]).toEqual(['https://slack.com', '/oauth/v2/authorize'])
    expect(asked.searchParams.get('client_id')).toBe(server.client.id)
    expect(asked.searchParams.get('scope')).toContain('chat:write')
    return back(program, asked.searchParams.get('state') ?? '', server.allow(team, user), cookie)
  }

  function back(program: Program, state: string, code: string, cookie: string): Promise<Response> {
    return fetch(`${program.address}/slack/oauth_redirect?${new URLSearchParams({ code, state })}`, {
      headers: { cookie },
    })
  }

  async function explained(person: ReturnType<typeof createPerson>, where: string): Promise<Posted> {
    return answerTo(person, () => person.types('/explain apple', where))
  }

  it('two workspaces work side by side, over restarts and a change of the key, and one leaves alone', async () => {
    let program = await programs.start(settings())
    expect(program.out).toContain('to install at /slack/install')
    for (const [team, user] of [
      [HOME, ANN.id],
      [AWAY, 'U0ZED00001'],
    ] as const) {
      const done = await installs(program, team, user)
      expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Cohort is installed')])
    }
    const annAt = () => createPerson(server, deliverTo(program), ANN)
    await explained(annAt(), STUDY)
    await explained(zedOf(program), 'C0AWAY0001')
    // Whoever installed may set teams up, admin or not.
    await annAt().types('/team setup')
    await until(() => annAt().modals()[0])

    await program.kill()
    program = await programs.start(settings(`${NEW},${OLD}`))
    await explained(zedOf(program), 'C0AWAY0001')
    await program.kill()
    program = await programs.start(settings(OLD))
    expect(program.code).toBe(1)
    expect(program.err.trim().split('\n')).toHaveLength(1)
    expect(program.err).toContain('COHORT_SECRET_KEY does not open the tokens of 2 workspace(s)')
    program = await programs.start(settings(NEW))
    await explained(annAt(), STUDY)

    await happens(deliverTo(program), 'app_uninstalled', {}, AWAY)
    await until(async () => (await zedIsStranger(program)) || undefined)
  })

  /** What Zed types is not answered, though what Ann types after it is. */
  async function zedIsStranger(program: Program): Promise<boolean> {
    const zed = zedOf(program)
    const before = zed.told().length
    await zed.types('/explain apple', 'C0AWAY0001')
    await explained(createPerson(server, deliverTo(program), ANN), STUDY)
    return zed.told().length === before
  }

  it('a second install takes the place of the first, and a late word of the first removal changes nothing', async () => {
    const program = await programs.start(settings())
    await installs(program, AWAY, 'U0ZED00001')
    const first = server.token(AWAY)
    server.revoke(AWAY)
    const again = await installs(program, AWAY, 'U0ZED00001')
    expect(again.status).toBe(200)
    expect(server.token(AWAY)).not.toBe(first)
    await happens(deliverTo(program), 'tokens_revoked', {}, AWAY, {
      event_time: Math.floor(Date.now() / 1000) - 600,
    })
    await explained(zedOf(program), 'C0AWAY0001')
  })

  it('the first install decides who is in charge, a guest never is, and an organization is installed as one', async () => {
    const program = await programs.start(settings())
    const [ann, ben] = [ANN, BEN].map((one) => createPerson(server, deliverTo(program), one)) as [
      SlackPerson,
      SlackPerson,
    ]
    for (const one of [ann, ben]) expect((await installs(program, HOME, one.id)).status).toBe(200)
    expect(readable((await answerTo(ben, () => ben.types('/team setup'))).blocks)).toContain('for admins')
    await ann.types('/team setup')
    await until(() => ann.modals()[0])
    Object.assign(server.place(HOME)?.people.find((one) => one.id === ANN.id) ?? {}, {
      more: { is_restricted: true },
    })
    expect(readable((await answerTo(ann, () => ann.types('/team setup'))).blocks)).toContain('for admins')

    const away = server.place(AWAY)
    if (away) away.organization = 'E0LOOP0001'
    expect((await installs(program, 'E0LOOP0001', 'U0ZED00001')).status).toBe(200)
    const zed = { id: 'U0ZED00001', name: 'Zed' }
    await explained(
      createPerson(server, deliverTo(program), zed, AWAY, { organization: 'E0LOOP0001' }),
      'C0AWAY0001',
    )
  })

  it('a code without the state of this browser, or one used before, installs nothing', async () => {
    const program = await programs.start(settings())
    const page = await fetch(`${program.address}/slack/install`)
    const state =
      new URL(/href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '').searchParams.get(
        'state',
      ) ?? ''
    const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? ''
    for (const [given, held] of [
      ['made-up', cookie],
      [state, ''],
      ['', cookie],
    ] as const) {
      const refused = await back(program, given, server.allow(AWAY, 'U0ZED00001'), held)
      expect([refused.status, await refused.text()]).toEqual([
        400,
        expect.stringContaining('was not installed'),
      ])
    }
    expect(server.calls).toEqual([])
    expect((await back(program, state, 'a code of nobody', cookie)).status).toBe(400)
    expect(server.calls).toEqual(['oauth.v2.access'])
  })

  it('a state serves once, also after a restart, and whatever stands in place of its signature', async () => {
    let program = await programs.start(settings())
    const page = await fetch(`${program.address}/slack/install`)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const state =
      new URL(/href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '').searchParams.get(
        'state',
      ) ?? ''
    const install = (given: string) =>
      back(program, given, server.allow(AWAY, 'U0ZED00001'), `slack-app-oauth-state=${given}`)
    const installed = await install(state)
    expect([installed.status, installed.headers.get('x-frame-options')]).toEqual([200, 'DENY'])
    const asked = server.calls.length
    for (const given of [state, state, sameSignature(state)]) {
      const again = await install(given)
      expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('was not installed')])
    }
    await program.kill()
    program = await programs.start(settings())
    expect((await install(state)).status).toBe(400)
    expect(server.calls.slice(asked).filter((call) => call.startsWith('oauth'))).toEqual([])
  })

  /** Another way to write the same bytes: of the last letter two bits count for nothing. */
  function sameSignature(state: string): string {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const last = letters[letters.indexOf(state.slice(-1)) ^ 1] ?? ''
    return state.slice(0, -1) + last
  }
})
