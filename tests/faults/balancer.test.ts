/**
 * Two processes behind a balancer that Slack calls over HTTP, as `compose.yaml` has them: either serves every
 * press, and one may stop at any time.
 */
import { afterEach, expect, it } from 'vitest'
import { createPerson, type Deliver, labelsOf, overHttp } from '../../loopback/slack/people.js'
import { SECRET } from '../../loopback/slack/server.js'
import type { Program } from '../helpers/program.js'
import * as slack from '../platforms/slack-bot.js'
import { comes, createWorld, pause, QUESTION, type World } from './world.js'

const TEAMS = 6
const PATIENCE_MS = 60_000
/** As long as Slack waits: a process that takes a shard over may say for a moment that it is not well. */
const BALANCER_MS = 3000

let world: World
afterEach(() => world.stop())

/**
 * As a balancer with health checks: in turn to those that are healthy, to another when one cannot be reached;
 * it looks again for a while.
 */
function balanced(programs: readonly Program[]): Deliver & { readonly served: Map<string, number> } {
  const served = new Map<string, number>()
  let turn = 0
  const isHealthy = ({ address }: Program) =>
    fetch(`${address}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  const deliver: Deliver = async (kind, payload) => {
    const giveUpAt = performance.now() + BALANCER_MS
    for (let looked = 1; performance.now() < giveUpAt; looked++) {
      const program = programs[turn++ % programs.length]
      if (!program || !(await isHealthy(program))) {
        if (looked % programs.length === 0) await pause(50)
        continue
      }
      served.set(program.address, (served.get(program.address) ?? 0) + 1)
      return overHttp(() => `${program.address}/slack/events`)(kind, payload)
    }
    throw new Error('no process is healthy')
  }
  return Object.assign(deliver, { served })
}

it('every press is acknowledged and answered once, whichever process it reaches, also while one stops', async () => {
  world = await createWorld(TEAMS)
  const { pool } = await world.setUp(Date.now() + 3000)
  const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: SECRET }
  const [first, second] = await Promise.all([world.start(0, http), world.start(0, http)])
  expect([first.out, second.out].every((out) => out.includes('Slack: on, HTTP at /slack/events'))).toBe(true)
  expect(await comes(() => world.messages().every((n) => n === 1), PATIENCE_MS)).toBe(true)
  expect(world.counts(QUESTION)).toEqual(Array(TEAMS).fill(1))

  const door = balanced([first, second])
  const ann = createPerson(world.slackServer, door, slack.ANN)
  const press = async (): Promise<void> => {
    for (const id of world.inSlack) {
      const question = world.slackServer.posts.find((p) => p.channel === id && !p.to)
      if (!question) throw new Error('no question')
      const before = ann.told().length
      const isChoice = labelsOf(question.blocks).includes('A')
      const { status, ms } = await (isChoice ? ann.presses(question, 'A') : ann.picks(question, ['A', 'B']))
      expect([status, ms < 3000]).toEqual([200, true])
      expect(await comes(() => ann.told().length > before, 5000, 20)).toBe(true)
    }
  }
  await press()
  await press()
  expect([...door.served.values()].every((n) => n > 0) && door.served.size).toBe(2)

  let isOver = false
  const ended = first.kill('SIGTERM').finally(() => {
    isOver = true
  })
  while (!isOver) await press()
  expect(await ended).toBe(0)
  await press()
  const { rows } = await pool.query('select count(*)::int as n from attempt')
  expect(rows).toEqual([{ n: world.inSlack.length }])
}, 120_000)
