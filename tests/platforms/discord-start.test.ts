// @module-tag slow
/** The program as `cohort start` runs it, on the loopback Discord. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPerson, type DiscordPerson, labelsOf, readable } from '../../loopback/discord/people.js'
import {
  type LoopbackDiscord,
  type Person,
  type Posted,
  startDiscord,
  TOKEN,
} from '../../loopback/discord/server.js'
import { createCohorts } from '../helpers/cohort.js'
import { createPrograms, type Programs } from '../helpers/program.js'
import { toHour } from '../helpers/to-hour.js'
import { until } from '../helpers/until.js'
import { ADA, ANN, AWAY, answerTo, BEN, HOME, STUDY, twoGuilds, ZED } from './discord-bot.js'

let server: LoopbackDiscord
/** In this process. */
let programs: Programs
/** Each in one of its own, where it can be killed. */
let processes: Programs

beforeEach(async () => {
  server = await startDiscord(twoGuilds())
  programs = createCohorts()
  processes = createPrograms()
})
afterEach(async () => {
  await programs.stop()
  processes.stop()
  server.stop()
})

interface Health {
  readonly discord_commands?: string
}
const settings = () => ({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: server.api() })
const person = (one: Person) => createPerson(server, one, HOME, STUDY)
const inChannel = () => server.posts.filter((p) => p.channel === STUDY && !p.to)
const rounds = () => inChannel().filter((p) => readable(p).includes('Question of the day'))
/** With the first letters, whichever kind of question it is. */
const answers = (who: DiscordPerson, question: Posted) =>
  labelsOf(question).includes('A') ? who.presses(question, 'A') : who.picks(question, ['A', 'B'])

describe('cohort start with a Discord token', () => {
  it('says in its health which later permissions servers have not given', async () => {
    server.state.given = (1n << 10n) | (1n << 35n)
    const program = await programs.start(settings(), toHour(6))
    expect(await (await fetch(`${program.address}/healthz`)).json()).toMatchObject({
      status: 'ok',
      discord_permissions: '2 of 2 server(s) have not given "Send Messages in Threads", "Mention Everyone"',
    })
  })

  it('sets a team up, asks, takes answers and reveals, whatever is killed in between', async () => {
    const [ada, ann, ben] = [person(ADA), person(ANN), person(BEN)]
    let program = await processes.start(settings(), toHour(6))
    expect(program.out).toContain('Discord: on, cohort')
    expect(program.out).toContain('2 servers, 1 shard')
    expect(program.out).toContain('Local web chat: off, because Discord is on.')
    expect(await (await fetch(`${program.address}/healthz`)).json()).toEqual({
      status: 'ok',
      database: 'ok',
      rounds: 'ok',
      discord: 'ok',
    })
    ada.types('/team setup')
    const form = await until(() => ada.modals()[0])
    const everyDay = ['1', '2', '3', '4', '5', '6', '7']
    const between = await answerTo(ada, () =>
      ada.submits(form, { time: '08:00', zone: 'UTC', days: everyDay }),
    )

    await program.kill()
    program = await processes.start(settings(), toHour(7))
    ada.presses(between, 'Go on')
    const second = await until(() => ada.modals()[1])
    ada.submits(second, { open: ['12'], topics: ['apple'] })
    await until(() => readable(between).includes('is set up') || undefined)
    expect(rounds()).toHaveLength(0)

    await program.kill()
    program = await processes.start(settings(), toHour(8))
    const question = await until(() => rounds()[0])
    expect(readable(await answerTo(ann, () => answers(ann, question)))).toMatch(/Right|Not this time/)

    await program.kill()
    program = await processes.start(settings(), toHour(9))
    expect(readable(await answerTo(ben, () => answers(ben, question)))).toMatch(/Right|Not this time/)
    expect(readable(await answerTo(ann, () => answers(ann, question)))).toContain(
      'You have answered this one',
    )
    expect(rounds()).toHaveLength(1)

    await program.kill()
    program = await processes.start(settings(), toHour(20))
    await until(() => inChannel().find((p) => readable(p).includes('The answer of the day')))
    expect(readable(question)).toContain('Closed')
    expect(readable(question)).toContain('2 members answered')
    expect(server.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(1)
    expect(await program.kill('SIGTERM')).toBe(0)
  })

  it('says in one line that Discord refuses the token', async () => {
    const { code, err } = await programs.start({
      DISCORD_TOKEN: 'wrong.token.here',
      DISCORD_API_URL: server.api(),
    })
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('DISCORD_TOKEN: Discord refuses it')
  })

  it('says in one line that Discord does not answer', async () => {
    const { code, err } = await programs.start({
      DISCORD_TOKEN: TOKEN,
      DISCORD_API_URL: 'http://127.0.0.1:9/api',
    })
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toContain('DISCORD_API_URL')
  })

  it.each([4004, 4010, 4011, 4012, 4013, 4014])(
    'ends with a line when Discord closes its gateway for good (%i)',
    async (code) => {
      const program = await programs.start(settings())
      const connected = server.gateway.identifies.length
      server.gateway.close(code)
      expect(await until(() => program.code)).toBe(1)
      const said = program.err.split('\n').filter((line) => line.startsWith('cohort: '))
      expect(said).toEqual([expect.stringContaining(`(gateway code ${code}). No other platform is on`)])
      expect(server.gateway.identifies).toHaveLength(connected)
    },
  )

  it('ends with the same line when Discord refuses it at the start', async () => {
    server.gateway.state.closesWith = 4014
    const { code, err } = await programs.start(settings())
    expect(code).toBe(1)
    expect(err).toMatch(/^cohort: Discord does not allow .* \(gateway code 4014\)$/m)
  })

  it('goes on after a code that says to connect again', async () => {
    const program = await programs.start(settings())
    const { closesWith: _none, ...was } = server.gateway.state
    server.gateway.close(4000)
    server.gateway.state.closesWith = undefined
    await until(() => server.gateway.state.resumed > was.resumed || undefined)
    expect(program.code).toBeUndefined()
  })

  it('tries again with the beat to register its commands, and says so in its health', async () => {
    server.faults.push(
      { call: /^PUT \/applications/, status: 400 },
      { call: /^PUT \/applications/, status: 400 },
    )
    const program = await programs.start(settings())
    const health = async () => (await (await fetch(`${program.address}/healthz`)).json()) as Health
    expect(await health()).toMatchObject({
      status: 'ok',
      discord_commands: expect.stringContaining('not registered after 1 tries'),
    })
    await until(() => server.state.commands.length > 0 || undefined)
    await until(async () => (await health()).discord_commands === undefined || undefined)
  })

  it('goes on after an event that discord.js cannot read', async () => {
    const program = await processes.start(settings())
    const ann = person(ANN)
    server.interact(5, ANN, { guild: HOME, channel: STUDY }, { custom_id: 'filled~1', components: 5 })
    await until(() => program.err.includes('an error that nobody caught') || undefined)
    expect(readable(await answerTo(ann, () => ann.types('/explain', { query: 'apple' })))).toContain('Apple')
    expect(program.code).toBeUndefined()
  })

  it('serves two servers, and does nothing more for the one that removes it', async () => {
    await programs.start(settings())
    const zed = createPerson(server, ZED, AWAY, '200000000000000009')
    for (const who of [zed, person(ANN)])
      expect(readable(await answerTo(who, () => who.types('/explain', { query: 'apple' })))).toContain(
        'Apple',
      )
    zed.types('/team setup')
    const form = await until(() => zed.modals()[0])
    const between = await answerTo(zed, () => zed.submits(form, {}))
    zed.presses(between, 'Save')
    await until(() => readable(between).includes('is set up') || undefined)
    const away = server.place(AWAY)
    server.removed(AWAY)
    if (away) server.guilds.push(away)
    await until(async () => {
      const status = await answerTo(zed, () => zed.types('/team status'))
      return readable(status).includes('was removed from here') || undefined
    })
  })
})
