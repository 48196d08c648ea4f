/** The loopback Slack under load. */
import { Agent, request } from 'node:http'
import { createPerson, type Deliver, overHttp, type Send } from '../../loopback/slack/people.js'
import { channel, type Person, SECRET, startSlack, workspace } from '../../loopback/slack/server.js'
import type { Card } from '../../src/bot/ui/card.js'
import { renderMessage } from '../../src/platforms/slack/render.js'
import { type Act, type Acts, came, createActs } from './acts.js'
import { HOST, type Side } from './side.js'

const WORKSPACE = 'T0LOAD0001'
const MESSAGE = '1763967600.000100'
/** A longer time than Slack waits is no acknowledgement. */
const TIMEOUT_MS = 10_000

/** `card`: the card in the channels. */
export async function startSlackSide(card: Card, teams: number): Promise<Side> {
  const [presses, lookUps] = [createActs(), createActs()]
  const people: Person[] = []
  const known = new Map<number, Person>()
  const channelOf = (team: number) => `C0LOAD${team}`
  const channels = Array.from({ length: teams }, (_, team) => channel(channelOf(team)))
  const server = await startSlack([workspace(WORKSPACE, 'load', people, channels)], { judges: false })
  const { text, blocks } = renderMessage(card, new Map())
  for (const { id } of channels)
    server.posts.push({ workspace: WORKSPACE, channel: id, ts: MESSAGE, text, blocks: [...blocks] as never })
  const agent = new Agent({ keepAlive: true, timeout: TIMEOUT_MS })
  const state = { port: 0 }
  const deliver = overHttp(() => `http://${HOST}:${state.port}/slack/events`, sendBy(agent))
  /** The acts by their response addresses. */
  const awaited = new Map<string, Act>()
  server.state.responded = (url) => {
    came(awaited.get(url), 'shown')
    awaited.delete(url)
  }

  function someone(person: number, acts: Acts, due: number) {
    const id = `U0LOAD${person}`
    const one = known.get(person) ?? { id, name: `Person ${person}`, tz: 'Europe/Berlin' }
    if (!known.has(person)) people.push(one)
    known.set(person, one)
    const act = acts.begin(due)
    const timed: Deliver = async (kind, payload) => {
      awaited.set(String(payload.response_url), act)
      const answer = await deliver(kind, payload)
      if (answer.status === 200) came(act, 'acknowledged')
      return answer
    }
    return createPerson(server, timed, one, WORKSPACE)
  }

  /** A failure shows as a missing number. */
  const ignored = () => {}
  return {
    platform: 'slack',
    workspace: WORKSPACE,
    message: MESSAGE,
    env: {
      SLACK_BOT_TOKEN: server.token(WORKSPACE),
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: server.api(),
    },
    ...{ presses, lookUps, channel: channelOf },
    press(team, person, action, due) {
      const post = server.posts.findLast((one) => one.channel === channelOf(team))
      if (post) someone(person, presses, due).pressesId(post, action).catch(ignored)
    },
    type(team, person, command, words, due) {
      someone(person, lookUps, due).types(`/${command} ${words}`.trimEnd(), channelOf(team)).catch(ignored)
    },
    drawn: (team) => JSON.stringify(server.posts.find((one) => one.channel === channelOf(team))?.blocks),
    reach: (at) => {
      state.port = at
    },
    stop() {
      agent.destroy()
      server.stop()
    },
  }
}

/** This is cheaper than `fetch`, which matters since the load shares the machine with the bot. */
function sendBy(agent: Agent): Send {
  return (to, body, headers) =>
    new Promise((resolve, reject) => {
      const more = { 'Content-Length': Buffer.byteLength(body) }
      const sent = request(to, { method: 'POST', agent, headers: { ...headers, ...more } }, (response) => {
        resolve({ status: response.statusCode ?? 0, text: '' })
        response.resume()
      })
      sent.on('error', reject).on('timeout', () => sent.destroy(new Error('timeout')))
      sent.end(body)
    })
}
