/** Slack for the load: the Web API that answers at once, signed deliveries, response addresses. */
import { createHmac } from 'node:crypto'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Card } from '../../bot/ui/card.js'
import { renderMessage } from '../../platforms/slack/render.js'
import { type Acts, createActs } from './acts.js'
import { answer, bodyOf, HOST, listening, type Side, send } from './side.js'

export const SIGNING_SECRET = 'load-signing-secret'
const WORKSPACE = 'T0LOAD0001'
const MESSAGE = '1763967600.000100'
/** What hangs for longer than Slack waits is no acknowledgement. */
const TIMEOUT_MS = 10_000
const SECOND_MS = 1000

/** `card`: what stands in the messages that are pressed, which Slack sends along. */
export async function startSlackSide(card: Card): Promise<Side> {
  const [presses, lookUps] = [createActs(), createActs()]
  const redrawn = new Map<string, string>()
  const agent = new Agent({ keepAlive: true, timeout: TIMEOUT_MS })
  const server = createServer((incoming, response) => {
    const [, area = '', what = '', n = ''] = (incoming.url ?? '').split('/')
    if (area === 'respond') {
      ;(what === 'press' ? presses : lookUps).shown(Number(n))
      answer(incoming, response, 200)
    } else if (area === 'upload') answer(incoming, response, 200)
    else void callMethod(what, incoming, response)
  })
  const port = await listening(server)
  const address = `http://${HOST}:${port}`
  const state = { port: 0 }
  const message = renderMessage(card, new Map())
  const base = {
    team: { id: WORKSPACE, domain: 'load' },
    api_app_id: 'A0COHORT01',
    token: 'load',
    enterprise: null,
    is_enterprise_install: false,
  }

  async function callMethod(method: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming)
    const args = () => new URLSearchParams(body)
    if (method === 'chat.update') redrawn.set(args().get('channel') ?? '', args().get('blocks') ?? '')
    send(response, 200, { ok: true, ...resultOf(method, args, address) })
  }

  function deliver(acts: Acts, n: number, form: Readonly<Record<string, string>>): void {
    const body = new URLSearchParams(form).toString()
    const time = Math.floor(Date.now() / SECOND_MS)
    const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${time}:${body}`).digest('hex')
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': Buffer.byteLength(body),
      'X-Slack-Request-Timestamp': String(time),
      'X-Slack-Signature': `v0=${signature}`,
    }
    const sent = request({ host: HOST, port: state.port, path: '/slack/events', method: 'POST', agent, headers }, (response) => {
      if (response.statusCode === 200) acts.acknowledged(n)
      response.resume()
    })
    // What fails is told by its number missing.
    sent.on('error', () => {}).on('timeout', () => sent.destroy())
    sent.end(body)
  }

  const channel = (team: number) => `C0LOAD${team}`
  const user = (person: number) => `U0LOAD${person}`
  return {
    platform: 'slack',
    workspace: WORKSPACE,
    message: MESSAGE,
    env: { SLACK_BOT_TOKEN: 'xoxb-load', SLACK_SIGNING_SECRET: SIGNING_SECRET, SLACK_API_URL: `${address}/api/` },
    ...{ presses, lookUps, channel, user },
    press(team, person, action, due) {
      const n = presses.begin(due)
      const who = { id: user(person), username: `person.${person}`, name: `person.${person}`, team_id: WORKSPACE }
      const payload = {
        ...{ ...base, type: 'block_actions', user: who, channel: { id: channel(team), name: 'study' }, state: { values: {} } },
        container: { type: 'message', message_ts: MESSAGE, channel_id: channel(team), is_ephemeral: false },
        message: { type: 'message', user: 'U0BOT00001', ts: MESSAGE, bot_id: 'B0BOT00001', ...message },
        ...{ trigger_id: `p${n}`, response_url: `${address}/respond/press/${n}` },
        actions: [{ action_id: action, block_id: 'b', type: 'button', text: { type: 'plain_text', text: 'A' }, action_ts: String(n) }],
      }
      deliver(presses, n, { payload: JSON.stringify(payload) })
    },
    type(team, person, command, words, due) {
      const n = lookUps.begin(due)
      const more = { token: 'load', team_domain: 'load', channel_name: 'study', api_app_id: 'A0COHORT01', is_enterprise_install: 'false' }
      deliver(lookUps, n, {
        ...{ ...more, team_id: WORKSPACE, channel_id: channel(team), user_id: user(person), user_name: `person.${person}` },
        ...{ command: `/${command}`, text: words, trigger_id: `l${n}`, response_url: `${address}/respond/look-up/${n}` },
      })
    },
    redrawn: (team) => redrawn.get(channel(team)) ?? '',
    reach: (at) => {
      state.port = at
    },
    stop() {
      agent.destroy()
      server.close()
      server.closeAllConnections()
    },
  }
}

function resultOf(method: string, args: () => URLSearchParams, address: string): object {
  switch (method) {
    case 'auth.test':
      return { team: 'load', team_id: WORKSPACE, user: 'cohort', user_id: 'U0BOT00001', bot_id: 'B0BOT00001', app_id: 'A0LOAD0001' }
    case 'users.info': {
      const id = args().get('user') ?? ''
      return {
        user: { id, name: id.toLowerCase(), tz: 'Europe/Berlin', profile: { display_name: `Person ${id}`, real_name: `Person ${id}` } },
      }
    }
    case 'files.getUploadURLExternal':
      return { upload_url: `${address}/upload/F`, file_id: 'F0LOAD0001' }
    default:
      return { ts: MESSAGE, channel: args().get('channel') }
  }
}
