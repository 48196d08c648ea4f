/** Signed deliveries whose body is none that Slack sends. */
import { expect, it } from 'vitest'
import { signed } from '../../loopback/slack/people.js'
import { fixture, HOME } from '../../loopback/slack/server.js'
import { startSlackBot } from './slack-bot.js'

it.each([
  ['an event whose channel is a number', { event: { type: 'app_home_opened', channel: 1.5 } }],
  ['an event that is a text', { event: 'app_home_opened' }],
  ['options of nobody', { event: undefined, name: '' }],
])('%s is refused, and the log says so', async (_, odd) => {
  const here = await startSlackBot()
  const body = JSON.stringify({ ...fixture('event_callback'), team_id: HOME, ...odd })
  const headers = { ...signed(body), 'Content-Type': 'application/json' }
  const answer = await fetch(`${here.address()}/slack/events`, { method: 'POST', body, headers })
  expect(answer.status).toBe(400)
  expect(here.bot.log.map(({ message }) => message)).toContain('slack request not understood')
  expect(here.bot.errors).toEqual([])
})
